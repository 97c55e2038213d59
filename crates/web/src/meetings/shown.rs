//! A meeting as it is shown to whoever did something to it: all of it from the meeting's own
//! record, which names no child.

use domain::ids::{AccountId, RequestId};
use domain::meeting::event::{Decided, DecisionKind, DeferReason, MeetingKind, Votes};
use domain::meeting::interest::InterestKind;
use domain::meeting::{Item, ItemOutcome, Sitting, Stay};
use domain::panel::Depth;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Where a meeting stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct MeetingShown {
    #[schema(example = "semh-2026-12-02")]
    id: String,
    #[schema(example = "semh")]
    panel: String,
    /// `cycle` or `special`.
    #[schema(value_type = String, example = "cycle")]
    kind: MeetingKind,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    /// How long it may take.
    minutes: u16,
    /// Until when papers are in time.
    #[schema(value_type = String, format = DateTime)]
    papers_due_at: Timestamp,
    /// The version of the terms of reference under which it was called.
    terms_version: u32,
    /// `planned`, `published`, `open`, `closed`, `signed` or `cancelled`.
    #[schema(example = "open")]
    phase: &'static str,
    /// What it takes up, in order.
    pub(super) items: Vec<ItemShown>,
    /// Every stay of every member, in the order of arrival.
    attendance: Vec<StayShown>,
    /// Who is in the room.
    #[schema(value_type = Vec<String>)]
    in_the_room: Vec<AccountId>,
    #[schema(value_type = Vec<String>)]
    apologies: Vec<AccountId>,
    /// What it said of decisions that its chair had made for it.
    delegations: Vec<DelegationShown>,
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
    signed: Option<SignedShown>,
    /// The meeting to which its items went when it was cancelled.
    moved_to: Option<String>,
    /// For `If-Match`.
    version: u32,
}

/// One item of a meeting.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemShown {
    pub(super) request: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    /// `consent`, `standard` or `in_depth`.
    #[schema(value_type = String, example = "standard")]
    depth: Depth,
    minutes: u16,
    /// The latest version of its pack; 0: none is published.
    pack_version: u32,
    /// Whether that came after papers were due.
    late: bool,
    /// Which members have opened that version.
    #[schema(value_type = Vec<String>)]
    opened_by: Vec<AccountId>,
    /// Who stands aside, and why.
    aside: Vec<AsideShown>,
    outcome: Option<OutcomeShown>,
    ratification: Option<RatificationShown>,
    /// What holds at this moment, where a meeting is read.
    #[serde(flatten)]
    pub(super) now: Option<super::of_item::ItemNow>,
}

/// Somebody stands aside from an item.
#[derive(Serialize, ToSchema)]
pub(crate) struct AsideShown {
    #[schema(value_type = String)]
    member: AccountId,
    #[schema(value_type = String, example = "own_school")]
    interest: InterestKind,
}

/// What came of an item.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum OutcomeShown {
    /// It was decided.
    Decided(Box<DecidedShown>),
    /// It was put off.
    Deferred(DeferredShown),
}

/// A decision, with who made it and on which papers.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecidedShown {
    #[schema(value_type = String, example = "package")]
    decision: DecisionKind,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who decided: in the room, and not aside.
    #[schema(value_type = Vec<String>)]
    deciding: Vec<AccountId>,
    #[schema(value_type = Vec<String>)]
    aside: Vec<AccountId>,
    #[schema(value_type = Option<String>)]
    chaired_by: Option<AccountId>,
    votes: Option<VotesShown>,
    #[schema(value_type = Vec<String>)]
    dissenting: Vec<AccountId>,
    pack_version: u32,
    /// Who decided without having opened that version.
    #[schema(value_type = Vec<String>)]
    unopened: Vec<AccountId>,
    /// The officer without whose word it is not in force.
    #[schema(value_type = Option<String>)]
    awaits: Option<AccountId>,
}

/// How members voted.
#[derive(Serialize, ToSchema)]
pub(crate) struct VotesShown {
    #[serde(rename = "for")]
    #[schema(value_type = Vec<String>)]
    in_favour: Vec<AccountId>,
    #[schema(value_type = Vec<String>)]
    against: Vec<AccountId>,
    #[schema(value_type = Vec<String>)]
    abstained: Vec<AccountId>,
}

/// An item was put off.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeferredShown {
    /// `information no_quorum no_time gone attendance`.
    #[schema(value_type = String, example = "no_quorum")]
    why: DeferReason,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// An officer's word on a decision.
#[derive(Serialize, ToSchema)]
pub(crate) struct RatificationShown {
    #[schema(value_type = String)]
    by: AccountId,
    agreed: bool,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// Somebody was in the room.
#[derive(Serialize, ToSchema)]
#[schema(as = StayInRoom)]
pub(crate) struct StayShown {
    #[schema(value_type = String)]
    member: AccountId,
    #[schema(value_type = String, format = DateTime)]
    arrived_at: Timestamp,
    /// Null: still there.
    #[schema(value_type = Option<String>, format = DateTime)]
    departed_at: Option<Timestamp>,
}

/// What the meeting said of a decision that its chair had made for it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DelegationShown {
    #[schema(value_type = String, format = Uuid)]
    request: RequestId,
    reference: String,
    ratified: bool,
    #[schema(value_type = Vec<String>)]
    deciding: Vec<AccountId>,
}

/// Who signed the minutes.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedShown {
    #[schema(value_type = String)]
    by: AccountId,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl MeetingShown {
    pub(crate) fn of(sitting: &Sitting, version: u32) -> Self {
        let still = sitting.attendance.stays().filter(|stay| stay.departed_at.is_none());
        let signed = sitting.signed.clone();
        Self {
            id: sitting.id.to_string(),
            panel: sitting.panel.to_string(),
            kind: sitting.kind,
            starts_at: sitting.starts_at,
            ends_at: sitting.ends_at(),
            minutes: sitting.minutes,
            papers_due_at: sitting.papers_due_at,
            terms_version: sitting.terms_version,
            phase: sitting.phase.code(),
            items: sitting.items.iter().map(|item| ItemShown::of(item, sitting)).collect(),
            attendance: sitting.attendance.stays().map(StayShown::of).collect(),
            in_the_room: still.map(|stay| stay.member.clone()).collect(),
            apologies: sitting.apologies.iter().cloned().collect(),
            delegations: sitting
                .delegations
                .iter()
                .map(|reviewed| DelegationShown {
                    request: reviewed.request,
                    reference: reviewed.request.reference(),
                    ratified: reviewed.ratified,
                    deciding: reviewed.deciding.clone(),
                })
                .collect(),
            closed_at: sitting.closed_at,
            signed: signed.map(|(by, at)| SignedShown { by, at }),
            moved_to: sitting.moved_to.as_ref().map(ToString::to_string),
            version,
        }
    }
}

impl ItemShown {
    pub(super) fn of(item: &Item, sitting: &Sitting) -> Self {
        let aside = sitting.recused.get(&item.request).into_iter().flatten();
        Self {
            request: item.request.0,
            reference: item.request.reference(),
            depth: item.depth,
            minutes: item.minutes,
            pack_version: item.pack_version(),
            late: item.pack().is_some_and(|pack| pack.late),
            opened_by: item.opened.keys().filter(|it| item.is_read_by(it)).cloned().collect(),
            aside: aside
                .map(|(member, interest)| AsideShown {
                    member: member.clone(),
                    interest: *interest,
                })
                .collect(),
            outcome: item.outcome.as_ref().map(OutcomeShown::of),
            ratification: item.ratification.as_ref().map(|it| RatificationShown {
                by: it.by.clone(),
                agreed: it.agreed,
                at: it.at,
            }),
            now: None,
        }
    }
}

impl OutcomeShown {
    fn of(outcome: &ItemOutcome) -> Self {
        match outcome {
            ItemOutcome::Decided(decided, at) => {
                Self::Decided(Box::new(DecidedShown::of(decided, *at)))
            }
            ItemOutcome::Deferred(why, at) => Self::Deferred(DeferredShown { why: *why, at: *at }),
        }
    }
}

impl DecidedShown {
    fn of(decided: &Decided, at: Timestamp) -> Self {
        Self {
            decision: decided.decision,
            at,
            deciding: decided.deciding.clone(),
            aside: decided.aside.clone(),
            chaired_by: decided.chaired_by.clone(),
            votes: decided.votes.as_ref().map(VotesShown::of),
            dissenting: decided.dissenting.clone(),
            pack_version: decided.pack_version,
            unopened: decided.unopened.clone(),
            awaits: decided.awaits.clone(),
        }
    }
}

impl VotesShown {
    fn of(votes: &Votes) -> Self {
        Self {
            in_favour: votes.for_it.clone(),
            against: votes.against.clone(),
            abstained: votes.abstained.clone(),
        }
    }
}

impl StayShown {
    pub(super) fn of(stay: &Stay) -> Self {
        Self {
            member: stay.member.clone(),
            arrived_at: stay.arrived_at,
            departed_at: stay.departed_at,
        }
    }
}
