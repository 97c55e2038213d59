//! Panels' meetings as a calendar has them, and what members did at them.

mod attendance;
mod list;

pub(crate) use attendance::attended;
pub use attendance::{Attended, MemberAttendance};
pub(crate) use list::list;

use crate::words::words;
use domain::ids::{MeetingId, PanelId};
use domain::meeting::event::{CancelReason, MeetingKind};
use jiff::Timestamp;
use std::collections::BTreeSet;

words! {
    /// Where a meeting stands.
    MeetingState {
        /// It is being prepared.
        Scheduled = "scheduled";
        /// Members can read their packs.
        Published = "published";
        /// It is under way.
        Open = "open";
        /// It is over, and its minutes await the chair.
        Closed = "closed";
        /// The chair signed its minutes.
        Signed = "signed";
        /// It does not take place.
        Cancelled = "cancelled";
    }
}

/// Which meetings: those for which everything said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingFilter {
    /// Of this panel.
    pub panel: Option<PanelId>,
    /// Of these panels only.
    pub panels: Option<BTreeSet<PanelId>>,
    /// Starting then or later,
    pub from: Option<Timestamp>,
    /// and before then.
    pub before: Option<Timestamp>,
    /// Standing here.
    pub state: Option<MeetingState>,
}

/// A meeting as one line of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingItem {
    /// Which.
    pub id: MeetingId,
    /// Of which panel.
    pub panel: PanelId,
    /// Why.
    pub kind: MeetingKind,
    /// Where it stands.
    pub state: MeetingState,
    /// When it starts,
    pub starts_at: Timestamp,
    /// and when it should be over.
    pub ends_at: Timestamp,
    /// How long it may take.
    pub minutes: u16,
    /// Until when papers are in time.
    pub papers_due_at: Timestamp,
    /// The version of the terms of reference under which it was called.
    pub terms_version: u32,
    /// Why it does not take place.
    pub cancelled_because: Option<CancelReason>,
    /// The meeting to which its items went.
    pub moved_to: Option<MeetingId>,
    /// When it was called,
    pub called_at: Timestamp,
    /// and called off.
    pub cancelled_at: Option<Timestamp>,
    /// How many items it takes up.
    pub items: u64,
    /// How long they may take.
    pub minutes_planned: u64,
    /// How many of them are decided,
    pub decided: u64,
    /// and put off.
    pub deferred: u64,
    /// The version of its stream.
    pub version: u32,
}
