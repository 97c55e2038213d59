//! API keys: what is known of one, which is everything but the key.

use crate::ids::{AccountId, KeyId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The longest life of a key, in days: a year, a leap day included.
pub const LONGEST_KEY_DAYS: i64 = 366;
/// The longest that a key stays good beside the one that takes its place, in hours: a week.
pub const LONGEST_OVERLAP_HOURS: i64 = 7 * 24;

/// How much of what its account may do a key may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyScope {
    /// All of it.
    Everything,
    /// Whatever changes nothing.
    Reading,
    /// These operations, by their names in the API's description.
    Operations(BTreeSet<String>),
}

impl KeyScope {
    /// Whether a key may do this, as far as its scope goes.
    #[must_use]
    pub fn allows(&self, operation: &str, changes_nothing: bool) -> bool {
        match self {
            Self::Everything => true,
            Self::Reading => changes_nothing,
            Self::Operations(names) => names.contains(operation),
        }
    }
}

/// A key, as far as anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// By which it is spoken of.
    pub id: KeyId,
    /// Whose it is.
    pub account: AccountId,
    /// What it is for, in the words of whoever issued it.
    pub label: String,
    /// How much it may do.
    pub scope: KeyScope,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when on it is good no longer.
    pub expires_at: Timestamp,
}

impl Key {
    /// Whether it opens the door at this instant.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Whether its life is one that a key may have.
    pub(super) fn lives_well(&self) -> bool {
        let longest = SignedDuration::from_hours(24 * LONGEST_KEY_DAYS);
        let life = self.expires_at.duration_since(self.issued_at);
        life.is_positive() && life <= longest
    }
}
