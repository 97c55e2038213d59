//! Chance that can be repeated.

/// Dice with a seed.
#[derive(Clone, Debug)]
pub struct Dice(fastrand::Rng);

impl Dice {
    /// The same seed throws the same.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// A number from nought to one less than this.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end)
    }

    /// A number from this to that, both included.
    pub fn from_to(&mut self, least: i64, most: i64) -> i64 {
        self.0.i64(least..=most)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of them.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Up to so many of them, each once.
    pub fn some<'a>(&mut self, most: usize, of: &[&'a str]) -> Vec<&'a str> {
        let count = self.below(most.min(of.len()) + 1);
        let mut left = of.to_vec();
        (0..count).map(|_| left.swap_remove(self.below(left.len()))).collect()
    }
}
