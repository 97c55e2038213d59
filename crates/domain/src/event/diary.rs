//! What stands in a panel's diary: stream `diary-{panel}`.

use crate::ids::{MeetingId, PanelId, RequestId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A meeting has its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingEntered {
    /// Whose diary.
    pub panel: PanelId,
    /// Which meeting.
    pub meeting: MeetingId,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it should be over.
    pub ends_at: Timestamp,
}

/// A meeting does not take place: its time is free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingStruck {
    /// Whose diary.
    pub panel: PanelId,
    /// Which meeting.
    pub meeting: MeetingId,
}

/// A meeting is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingHeld {
    /// Whose diary.
    pub panel: PanelId,
    /// Which meeting.
    pub meeting: MeetingId,
}

/// The chair decided for the panel, which is to ratify it when it meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionDelegated {
    /// Whose diary.
    pub panel: PanelId,
    /// On which request.
    pub request: RequestId,
}

/// The panel said whether it stands by what its chair decided, or there is nothing left to
/// stand by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationSettled {
    /// Whose diary.
    pub panel: PanelId,
    /// On which request.
    pub request: RequestId,
}
