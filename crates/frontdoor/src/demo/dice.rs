//! Luck that falls the same way again for the same seed.

use fastrand::Rng;
use std::ops::RangeInclusive;

/// Where everything made up about the county comes from.
#[derive(Clone, Debug)]
pub(super) struct Dice(Rng);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// Dice of its own for one of many, so that what befalls it disturbs nobody else.
    pub(super) fn fork(&mut self) -> Self {
        Self(self.0.fork())
    }

    /// True so many times in a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.0.u32(0..100) < percent
    }

    pub(super) fn between(&mut self, range: RangeInclusive<i64>) -> i64 {
        self.0.i64(range)
    }

    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.0.u32(0..end.max(1))
    }

    /// One of them; none of none.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        self.0.choice(from)
    }

    /// One of some sentences; no words where there are none.
    pub(super) fn line(&mut self, from: &[String]) -> String {
        self.pick(from).cloned().unwrap_or_default()
    }

    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        self.0.shuffle(all);
    }
}
