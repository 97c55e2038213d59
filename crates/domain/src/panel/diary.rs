//! A panel's diary: when it meets, and what was decided for it and awaits its word.
//!
//! In a stream of its own (`diary-{panel}`), so that two meetings cannot be made to overlap by
//! two people at once, and no decision made outside a meeting is forgotten by the next.

use crate::ids::{MeetingId, RequestId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What a panel has before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diary {
    /// Its meetings that were not cancelled, past ones too.
    pub meetings: BTreeMap<MeetingId, Slot>,
    /// The name of every meeting that was ever called.
    pub names: BTreeSet<MeetingId>,
    /// The requests that its chair decided under delegation and that it has yet to ratify.
    pub delegated: BTreeSet<RequestId>,
}

/// The time of one meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it should be over.
    pub ends_at: Timestamp,
    /// Whether it is over.
    pub closed: bool,
}

impl Diary {
    /// A meeting that this stretch of time would overlap.
    #[must_use]
    pub fn overlapping(&self, starts_at: Timestamp, ends_at: Timestamp) -> Option<&MeetingId> {
        let overlaps = |slot: &Slot| starts_at < slot.ends_at && slot.starts_at < ends_at;
        self.meetings.iter().find(|(_, slot)| !slot.closed && overlaps(slot)).map(|(id, _)| id)
    }

    /// The meeting after an instant that is next.
    #[must_use]
    pub fn next_after(&self, at: Timestamp) -> Option<(&MeetingId, &Slot)> {
        let to_come = self.meetings.iter().filter(|(_, slot)| !slot.closed && slot.starts_at > at);
        to_come.min_by_key(|(_, slot)| slot.starts_at)
    }
}
