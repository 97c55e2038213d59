//! Token buckets, kept as one instant each: when a caller will have earned back everything they
//! used (the generic cell rate algorithm of ATM Forum TM 4.0, 4.4.2).
//!
//! Whoever has earned back everything is as good as a stranger, so they are forgotten: what is
//! remembered is bounded, however many strangers come.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::str::FromStr;
use std::time::Duration;

/// How often somebody may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How long it takes to earn one more request.
    per_request: Duration,
    /// How many may come at once after a long silence.
    burst: u32,
}

/// What is no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a rate is requests per second or minute, and a burst, such as 50/s:500 or 10/min:30")]
pub struct NotARate;

impl Rate {
    /// `requests` in each second, `burst` of them at once; both at least 1.
    #[must_use]
    pub fn per_second(requests: u32, burst: u32) -> Self {
        Self::within(Duration::from_secs(1), requests, burst)
    }

    /// `requests` in each minute, `burst` of them at once; both at least 1.
    #[must_use]
    pub fn per_minute(requests: u32, burst: u32) -> Self {
        Self::within(Duration::from_mins(1), requests, burst)
    }

    /// One request in `span`.
    pub(super) const fn one_in(span: Duration) -> Self {
        Self { per_request: span, burst: 1 }
    }

    fn within(span: Duration, requests: u32, burst: u32) -> Self {
        Self { per_request: span / requests.max(1), burst: burst.max(1) }
    }

    /// How far ahead of the clock a caller may be.
    fn tolerance(self) -> Duration {
        self.per_request.saturating_mul(self.burst - 1)
    }
}

impl FromStr for Rate {
    type Err = NotARate;

    fn from_str(text: &str) -> Result<Self, NotARate> {
        let (rate, burst) = text.split_once(':').ok_or(NotARate)?;
        let (requests, span) = rate.split_once('/').ok_or(NotARate)?;
        let number = |text: &str| text.parse().ok().filter(|number| *number > 0).ok_or(NotARate);
        match span {
            "s" => Ok(Self::per_second(number(requests)?, number(burst)?)),
            "min" => Ok(Self::per_minute(number(requests)?, number(burst)?)),
            _ => Err(NotARate),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one request in {:?}, {} at once", self.per_request, self.burst)
    }
}

/// One bucket for each caller.
#[derive(Debug)]
pub(super) struct Buckets<K> {
    rate: Rate,
    /// When each has earned back everything, counted from the start.
    whole_at: HashMap<K, Duration>,
    at_most: usize,
}

impl<K: Hash + Eq> Buckets<K> {
    /// Remembers `at_most` callers who have used something lately.
    pub(super) fn new(rate: Rate, at_most: usize) -> Self {
        Self { rate, whole_at: HashMap::new(), at_most }
    }

    /// How long this caller has to wait; nothing, if a request may come now.
    pub(super) fn wait(&self, caller: &K, now: Duration) -> Duration {
        let whole_at = self.whole_at.get(caller).copied().unwrap_or_default();
        whole_at.saturating_sub(now).saturating_sub(self.rate.tolerance())
    }

    /// Takes one request from the bucket, if there is one; else says how long to wait.
    pub(super) fn take(&mut self, caller: K, now: Duration) -> Result<(), Duration> {
        let wait = self.wait(&caller, now);
        if !wait.is_zero() {
            return Err(wait);
        }
        if self.whole_at.len() >= self.at_most && !self.whole_at.contains_key(&caller) {
            self.forget(now);
        }
        let whole_at = self.whole_at.entry(caller).or_default();
        *whole_at = (*whole_at).max(now).saturating_add(self.rate.per_request);
        Ok(())
    }

    /// Forgets who has earned back everything; if that is not enough, the half that used least.
    fn forget(&mut self, now: Duration) {
        self.whole_at.retain(|_, whole_at| *whole_at > now);
        if self.whole_at.len() >= self.at_most {
            let half = self.at_most / 2;
            let mut all: Vec<_> = self.whole_at.drain().collect();
            all.select_nth_unstable_by(half, |(_, one), (_, other)| other.cmp(one));
            all.truncate(half);
            self.whole_at.extend(all);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_burst_is_taken_at_once_and_the_rest_at_the_rate() {
        let mut buckets = Buckets::new(Rate::per_second(2, 3), 10);
        let now = SECOND * 100;
        for _ in 0..3 {
            assert_eq!(buckets.take("a", now), Ok(()));
        }
        assert_eq!(buckets.take("a", now), Err(SECOND / 2));
        assert_eq!(buckets.take("b", now), Ok(()), "somebody else has a bucket of their own");
        assert_eq!(buckets.take("a", now + SECOND / 2), Ok(()));
        assert_eq!(buckets.take("a", now + SECOND / 2), Err(SECOND / 2));
    }

    #[test]
    fn a_rate_is_read_as_it_is_written() {
        assert_eq!("50/s:500".parse(), Ok(Rate::per_second(50, 500)));
        assert_eq!("10/min:30".parse(), Ok(Rate::per_minute(10, 30)));
        for odd in ["", "50", "50/s", "50/h:5", "0/s:5", "5/s:0", "-1/s:5", "5/s:5:5", "5/s: 5"] {
            assert_eq!(odd.parse::<Rate>(), Err(NotARate), "{odd}");
        }
    }

    #[test]
    fn however_many_come_only_so_many_are_remembered() {
        let mut buckets = Buckets::new(Rate::per_second(1, 5), 8);
        for stranger in 0..1_000 {
            assert_eq!(buckets.take(stranger, Duration::ZERO), Ok(()));
            assert!(buckets.whole_at.len() <= 8);
        }
    }

    #[test]
    fn who_used_most_is_remembered_longest() {
        let mut buckets = Buckets::new(Rate::per_second(1, 5), 8);
        while buckets.take(-1, Duration::ZERO).is_ok() {}
        for stranger in 0..7 {
            assert_eq!(buckets.take(stranger, Duration::ZERO), Ok(()));
        }
        assert_eq!(buckets.take(99, Duration::ZERO), Ok(()));
        assert!(buckets.take(-1, Duration::ZERO).is_err(), "a crowd does not wash a debt away");
    }

    proptest! {
        #[test]
        fn nobody_gets_more_than_the_burst_and_the_rate(
            pauses in prop::collection::vec(0_u64..3_000, 1..200),
            requests in 1_u32..20,
            burst in 1_u32..20,
        ) {
            let mut buckets = Buckets::new(Rate::per_second(requests, burst), 4);
            let (mut now, mut taken) = (SECOND, 0_u32);
            for pause in &pauses {
                now += Duration::from_millis(*pause);
                taken += u32::from(buckets.take("a", now).is_ok());
            }
            let earned = now.saturating_sub(SECOND).as_secs_f64() * f64::from(requests);
            prop_assert!(f64::from(taken) <= f64::from(burst) + earned + 0.001);
        }
    }
}
