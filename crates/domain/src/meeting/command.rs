//! What somebody wants to do to a meeting. Imperative, always.

use super::Sitting;
use super::event::{CancelReason, DeferReason, MeetingKind, Planned, Votes};
use super::interest::InterestKind;
use crate::ids::{AccountId, MeetingId, PanelId, RequestId};
use crate::personal::RulingWords;
use crate::personal::{Dissent, Words};
use crate::request::event::{Evidence, Reason};
use crate::request::{Decision, Stated};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// A meeting is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The name it will have.
    pub meeting: MeetingId,
    /// Of which panel.
    pub panel: PanelId,
    /// Why.
    pub kind: MeetingKind,
    /// When it starts.
    pub starts_at: Timestamp,
    /// How long it may take; `None`: as the terms say.
    pub minutes: Option<u16>,
}

/// An item is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deciding {
    /// Which.
    pub request: RequestId,
    /// What.
    pub decision: Decision,
    /// Why.
    pub reason: Option<Reason>,
    /// What it relies on.
    pub evidence: Vec<Evidence>,
    /// What is said; dissent in `dissent`.
    pub words: RulingWords,
    /// The votes, where the panel votes.
    pub votes: Option<Votes>,
    /// Who does not share it, and why.
    pub dissent: Vec<Dissent>,
}

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingCommand {
    /// Call it.
    Schedule(Schedule),
    /// Call it off, and put its items before another meeting or back into the queue.
    Cancel(CancelReason, Option<MeetingId>),
    /// Take up these items, in this order, and no others.
    SetAgenda(Vec<Planned>),
    /// Let members read what they will decide on.
    Publish,
    /// Let members read what has come in since.
    RenewPack(RequestId),
    /// Open a pack, as this member.
    OpenPack(AccountId, RequestId),
    /// Say that this member will not come.
    Apologise(AccountId),
    /// Say that this member came in.
    Arrive(AccountId),
    /// Say that this member left the room.
    Depart(AccountId),
    /// Say that this member stands aside from an item.
    Recuse(AccountId, RequestId, InterestKind, Words),
    /// Say that this member has no interest in an item after all.
    DismissInterest(AccountId, RequestId, Words),
    /// Decide an item.
    Decide(Box<Deciding>),
    /// Put an item off, back into the queue.
    PutOff(RequestId, DeferReason, Words),
    /// Say whether the panel stands by what its chair decided for it.
    ReviewDelegation(RequestId, bool, Stated),
    /// End it.
    Close,
    /// Sign the minutes, as this person.
    Sign(AccountId),
    /// Say, as this officer, whether a decision is in force.
    Ratify(RequestId, AccountId, bool, Stated),
}

impl MeetingCommand {
    /// The requests that it looks at or changes.
    #[must_use]
    pub fn touches(&self, sitting: Option<&Sitting>) -> BTreeSet<RequestId> {
        let items = || sitting.into_iter().flat_map(|it| &it.items).map(|item| item.request);
        match self {
            Self::SetAgenda(planned) => {
                items().chain(planned.iter().map(|item| item.request)).collect()
            }
            Self::Cancel(..) | Self::Publish | Self::Close => items().collect(),
            Self::RenewPack(request)
            | Self::Recuse(_, request, ..)
            | Self::DismissInterest(_, request, _)
            | Self::PutOff(request, ..)
            | Self::ReviewDelegation(request, ..)
            | Self::Ratify(request, ..) => [*request].into(),
            Self::Decide(deciding) => [deciding.request].into(),
            Self::Schedule(_)
            | Self::OpenPack(..)
            | Self::Apologise(_)
            | Self::Arrive(_)
            | Self::Depart(_)
            | Self::Sign(_) => BTreeSet::new(),
        }
    }

    /// The other meeting that it looks at or changes.
    #[must_use]
    pub const fn other(&self) -> Option<&MeetingId> {
        if let Self::Cancel(_, other) = self { other.as_ref() } else { None }
    }

    /// What would be done: to stand in “the meeting is closed, so … is not possible now”.
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::Schedule(_) => "calling it",
            Self::Cancel(..) => "calling it off",
            Self::SetAgenda(_) => "changing its agenda",
            Self::Publish => "publishing its packs",
            Self::RenewPack(_) => "publishing a new pack",
            Self::OpenPack(..) => "reading a pack",
            Self::Apologise(_) => "giving apologies",
            Self::Arrive(_) => "arriving",
            Self::Depart(_) => "departing",
            Self::Recuse(..) => "standing aside",
            Self::DismissInterest(..) => "settling an interest",
            Self::Decide(_) => "deciding an item",
            Self::PutOff(..) => "deferring an item",
            Self::ReviewDelegation(..) => "ratifying what the chair decided",
            Self::Close => "closing it",
            Self::Sign(_) => "signing its minutes",
            Self::Ratify(..) => "ratifying a decision",
        }
    }
}
