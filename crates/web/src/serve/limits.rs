//! The limits, and the numbers that suit a council.

use std::time::Duration;

/// How long a peer may keep us waiting, and how many peers there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at a time; fewer when the process may not open so many files.
    pub connections: usize,
    /// From connecting, or from the previous answer, until the head of a request is complete.
    /// So this closes silent and idle connections too. Not answered, just closed.
    pub head_within: Duration,
    /// How slowly the body of a request may arrive. Answered with 408.
    pub request: Pace,
    /// How long a handler may take after the last part of the body. Answered with 503.
    pub answer_within: Duration,
    /// How slowly an answer may be taken from us. Closed.
    pub response: Pace,
    /// How long requests in progress have to finish when the server is stopped.
    pub drain_within: Duration,
}

/// How slow is too slow. A peer has its patience of ours, uses it up by making us wait, and
/// earns it back with every byte: one that is silent is cut off after [`silence`], one that
/// sends a byte a second hardly later, and a slow line is served for as long as it takes.
///
/// [`silence`]: Self::silence
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How long a peer may move nothing at all.
    pub silence: Duration,
    /// What a peer must move on average once it has been slow for that long.
    pub bytes_per_second: u32,
}

/// Silent and slow peers are gone after some 20 seconds; an 8 KiB/s line is fast enough.
impl Default for Limits {
    fn default() -> Self {
        let pace = Pace { silence: Duration::from_secs(20), bytes_per_second: 8 * 1024 };
        Self {
            connections: 4096,
            head_within: Duration::from_secs(15),
            request: pace,
            answer_within: Duration::from_mins(1),
            response: pace,
            drain_within: Duration::from_secs(10),
        }
    }
}

impl Pace {
    /// How much waiting `bytes` make up for.
    pub(super) fn worth(self, bytes: usize) -> Duration {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        Duration::from_secs(1).saturating_mul(bytes) / self.bytes_per_second.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_at_the_agreed_speed_make_up_for_the_time_they_took() {
        let pace = Pace { silence: Duration::from_secs(20), bytes_per_second: 1000 };
        assert_eq!(pace.worth(0), Duration::ZERO);
        assert_eq!(pace.worth(1), Duration::from_millis(1));
        assert_eq!(pace.worth(2500), Duration::from_millis(2500));
    }

    #[test]
    fn no_number_of_bytes_overflows() {
        let pace = Pace { silence: Duration::from_secs(20), bytes_per_second: 0 };
        assert_eq!(pace.worth(usize::MAX), Duration::from_secs(u64::from(u32::MAX)));
    }
}
