//! What happens at a panel's meeting, before it and after it: stream `meeting-{id}`.
//!
//! Nothing here is personal: what is said about a child stands in the child's request, in the
//! same append. So a meeting can be read by whoever may not read a child's file.

use super::interest::InterestKind;
use crate::codes::codes;
use crate::ids::{AccountId, DocumentId, MeetingId, PanelId, RequestId};
use crate::panel::Depth;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

codes! {
    /// Why a panel meets.
    MeetingKind {
        Cycle = "cycle", "by its cycle";
        Special = "special", "for something special";
    }
}

codes! {
    /// Why a meeting does not take place.
    CancelReason {
        NoQuorum = "no_quorum", "there would be no quorum";
        NoItems = "no_items", "there is nothing to decide";
        Unavailable = "unavailable", "those who are needed cannot come";
        Weather = "weather", "the weather, or the building";
        Rescheduled = "rescheduled", "it takes place at another time";
        Other = "other", "another reason";
    }
}

codes! {
    /// Why an item is put off.
    DeferReason {
        Information = "information", "the panel needs to know something first";
        NoQuorum = "no_quorum", "there is no quorum for it";
        NoTime = "no_time", "there is no time for it";
        Gone = "gone", "the request has left the panel's queue";
        Attendance = "attendance", "somebody who is needed for it is not there";
    }
}

codes! {
    /// What was decided on an item, in one word.
    DecisionKind {
        Package = "package", "a package of support";
        Service = "service", "one service";
        Advice = "advice", "advice";
        Defer = "defer", "deferred";
        Decline = "decline", "declined";
        EhcAssessment = "ehc_assessment", "an EHC needs assessment is advised";
        Redirect = "redirect", "for another authority";
    }
}

/// The meeting is to take place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduled {
    /// The meeting.
    pub meeting: MeetingId,
    /// Of which panel.
    pub panel: PanelId,
    /// Why.
    pub kind: MeetingKind,
    /// When it starts.
    pub starts_at: Timestamp,
    /// How long it may take, in minutes.
    pub minutes: u16,
    /// Until when papers are in time.
    pub papers_due_at: Timestamp,
    /// The version of the terms of reference by which it goes.
    pub terms_version: u32,
}

/// It does not take place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// Why.
    pub why: CancelReason,
    /// The meeting to which its items went; otherwise they wait in the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<MeetingId>,
}

/// One item of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The request.
    pub request: RequestId,
    /// How deep it is discussed.
    pub depth: Depth,
    /// How long it may take.
    pub minutes: u16,
}

/// What the meeting will take up, in this order, instead of any agenda before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaSet {
    /// The items.
    pub items: Vec<Planned>,
}

/// What members see of one request: it as of a version of its stream, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// The request.
    pub request: RequestId,
    /// Counts up with each pack of the item.
    pub version: u32,
    /// The version of the request's stream that it shows.
    pub request_version: u32,
    /// The documents in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentId>,
    /// Whether it came after papers were due.
    pub late: bool,
}

/// Members can read what they will decide on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacksPublished {
    /// A pack for each item that has a new one.
    pub packs: Vec<Pack>,
}

/// A member opened a pack for the first time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackOpened {
    /// Of which item.
    pub request: RequestId,
    /// Which version of it.
    pub version: u32,
    /// Who.
    pub member: AccountId,
}

/// A member will not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApologiesGiven {
    /// Who.
    pub member: AccountId,
}

/// A member came in; the first one opens the meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// Who.
    pub member: AccountId,
}

/// A member left the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departed {
    /// Who.
    pub member: AccountId,
}

/// A member takes no part in an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recused {
    /// Who.
    pub member: AccountId,
    /// In which item.
    pub request: RequestId,
    /// What interest they have in it.
    pub kind: InterestKind,
}

/// A member was thought to have an interest, or said so, and takes part after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestDismissed {
    /// Who.
    pub member: AccountId,
    /// In which item.
    pub request: RequestId,
}

/// How a member voted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// In favour.
    pub for_it: Vec<AccountId>,
    /// Against.
    pub against: Vec<AccountId>,
    /// Neither.
    pub abstained: Vec<AccountId>,
}

/// An item was decided. Who was there, who stood aside and who had read what is on record
/// here as it was at that moment, whatever is said later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Which item.
    pub request: RequestId,
    /// What was decided.
    pub decision: DecisionKind,
    /// Who decided: in the room, and with no interest in it.
    pub deciding: Vec<AccountId>,
    /// Who was in the room and stood aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<AccountId>,
    /// Who was in the chair for it.
    pub chaired_by: Option<AccountId>,
    /// The votes, where the panel votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes: Option<Votes>,
    /// Who does not share it. What they said stands in the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissenting: Vec<AccountId>,
    /// The version of the pack that was the latest.
    pub pack_version: u32,
    /// Who decided without having opened that version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unopened: Vec<AccountId>,
    /// The officer without whose word it is not in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaits: Option<AccountId>,
}

/// An item was put off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferred {
    /// Which item.
    pub request: RequestId,
    /// Why.
    pub why: DeferReason,
}

/// The meeting looked at what was decided for it outside a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationReviewed {
    /// Of which request.
    pub request: RequestId,
    /// Whether it stands by it; otherwise the request is back in the queue.
    pub ratified: bool,
    /// Who said so: in the room, and with no interest in it.
    pub deciding: Vec<AccountId>,
}

/// The meeting is over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {}

/// The chair signed the minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesSigned {
    /// Who: the chair, or the vice-chair.
    pub by: AccountId,
}

/// The officer gave the word that a decision awaited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRatified {
    /// On which item.
    pub request: RequestId,
    /// Who.
    pub by: AccountId,
    /// Whether it is in force; otherwise the request is back in the queue.
    pub agreed: bool,
}
