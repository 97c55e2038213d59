//! How long to wait before a message is tried again.

use crate::ids::NoticeId;
use jiff::{SignedDuration, Timestamp};

/// Never longer than this between two tries.
const LONGEST: SignedDuration = SignedDuration::from_hours(6);

/// Each wait is twice as long as the one before, give or take a quarter, so that messages
/// that failed together do not come back together. The quarter is read off the message's name:
/// a decision has no dice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackOff {
    /// The first wait, in seconds.
    pub base_seconds: u32,
    /// The most tries.
    pub most_attempts: u32,
}

impl Default for BackOff {
    /// Half a minute at first, sixteen tries: about two days.
    fn default() -> Self {
        Self { base_seconds: 30, most_attempts: 16 }
    }
}

impl BackOff {
    /// When to try again after the `attempt`-th try failed; `None` when that was the last.
    #[must_use]
    pub fn next(self, notice: &NoticeId, attempt: u32, now: Timestamp) -> Option<Timestamp> {
        if attempt >= self.most_attempts {
            return None;
        }
        let doubled = i64::from(self.base_seconds) << attempt.saturating_sub(1).min(20);
        let longest = LONGEST.as_secs();
        // From three to five quarters of it, in milliseconds.
        let quarter = doubled.min(longest) * 250;
        let share = i64::from(scatter(notice, attempt));
        let wait = quarter * 3 + quarter * 2 * share / i64::from(u16::MAX);
        now.checked_add(SignedDuration::from_millis(wait.min(longest * 1_000))).ok()
    }
}

/// A number that looks random and is always the same (FNV-1a, folded).
fn scatter(notice: &NoticeId, attempt: u32) -> u16 {
    let bytes = notice.as_str().bytes().chain(attempt.to_le_bytes());
    let hash = bytes
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let [a, b, c, d] = hash.to_le_bytes();
    u16::from_le_bytes([a ^ c, b ^ d])
}
