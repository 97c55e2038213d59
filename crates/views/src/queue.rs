//! A panel's queue: what it has before it, in the order in which it is promised.

mod list;

pub(crate) use list::{list, standing};

use crate::requests::Item;
use crate::words::words;
use domain::ids::{MeetingId, RequestId};
use domain::panel::{Depth, DepthReason};
use jiff::Timestamp;

words! {
    /// Where a request stands before its panel.
    QueueState {
        /// Nobody has put it on an agenda.
        Queued = "queued";
        /// A meeting will take it up.
        OnAgenda = "on_agenda";
        /// The school is asked first; its promise waits.
        AwaitingInformation = "awaiting_information";
    }
}

/// Which of a queue: those for which everything said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Standing here.
    pub state: Option<QueueState>,
    /// Discussed this deep.
    pub depth: Option<Depth>,
    /// Whether its promise ended before this instant.
    pub overdue: Option<(bool, Timestamp)>,
    /// One of these, by number.
    pub among: Option<Vec<i64>>,
}

/// Where one request stands before a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its number here.
    pub number: i64,
    /// Which.
    pub request: RequestId,
    /// Where it stands.
    pub state: QueueState,
    /// The meeting that will take it up.
    pub meeting: Option<MeetingId>,
    /// Since when the panel has it before it.
    pub since: Timestamp,
    /// When the panel's decision is promised. Not known while the school is waited for, and
    /// never where the promise is over.
    pub due_at: Option<Timestamp>,
    /// How deep it is discussed.
    pub depth: Depth,
}

/// A request as one line of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Queued {
    /// The request.
    pub item: Item,
    /// Where it stands.
    pub standing: Standing,
    /// Whether a person says how deep it is discussed.
    pub depth_set: bool,
    /// How deep it had better be discussed,
    pub suggested: Depth,
    /// and why.
    pub reasons: Vec<DepthReason>,
    /// How often the panel has put it off.
    pub deferrals: u16,
}
