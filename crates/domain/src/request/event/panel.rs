//! What a panel does to a request, on its agenda and in its decision.

use super::Reason;
use crate::codes::Specialist;
use crate::ids::{AccountId, Authority, DocumentId, MeetingId, PanelId, ServiceSlug};
use crate::meeting::event::{DecisionKind, DeferReason};
use crate::meeting::interest::InterestKind;
use crate::package::Package;
use crate::panel::Depth;
use serde::{Deserialize, Serialize};

/// A person says how deep it is discussed. Why is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepthSet {
    /// How deep.
    pub depth: Depth,
    /// What was suggested.
    pub suggested: Depth,
    /// Why it is another.
    pub reason: Reason,
}

/// A panel will discuss it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutOnAgenda {
    /// At which meeting.
    pub meeting: MeetingId,
}

/// The panel will not discuss it at that meeting after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOffAgenda {
    /// Which.
    pub meeting: MeetingId,
}

/// A member of the panel has an interest in it, or was thought to have one. What was said
/// about it is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestDeclared {
    /// At which meeting.
    pub meeting: MeetingId,
    /// Who.
    pub member: AccountId,
    /// Which interest; `None`: none, although it was suggested.
    pub kind: Option<InterestKind>,
}

/// The panel put it off, and it goes back to its queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferred {
    /// At which meeting.
    pub meeting: MeetingId,
    /// Why.
    pub why: DeferReason,
}

/// Who decided for a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuledBy {
    /// The panel, at this meeting.
    Meeting(MeetingId),
    /// Its chair, under delegation: the next meeting is asked to ratify it.
    Chair(AccountId),
}

/// What a panel decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum PanelDecision {
    /// A package of support.
    Package {
        /// Which.
        package: Package,
    },
    /// One service is enough.
    Service {
        /// Which.
        service: ServiceSlug,
    },
    /// Advice, which the duty adviser gives.
    Advice,
    /// Nothing yet: the school is asked first, and the clocks wait for it.
    Defer,
    /// Nothing that the panel can grant.
    Decline,
    /// That the authority assesses for an EHC plan.
    EhcAssessment {
        /// The statutory service, to which it goes.
        service: ServiceSlug,
    },
    /// It is for the authority where the child lives.
    Redirect {
        /// Which.
        authority: Authority,
    },
}

impl PanelDecision {
    /// In one word.
    #[must_use]
    pub const fn kind(&self) -> DecisionKind {
        match self {
            Self::Package { .. } => DecisionKind::Package,
            Self::Service { .. } => DecisionKind::Service,
            Self::Advice => DecisionKind::Advice,
            Self::Defer => DecisionKind::Defer,
            Self::Decline => DecisionKind::Decline,
            Self::EhcAssessment { .. } => DecisionKind::EhcAssessment,
            Self::Redirect { .. } => DecisionKind::Redirect,
        }
    }
}

/// Something a decision relies on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// What the school wrote in the request.
    Request,
    /// A cycle of what was tried, from 1.
    Cycle(u16),
    /// What the school provides, with its cost.
    Provision,
    /// What a specialist who is involved says.
    Specialist(Specialist),
    /// A document of the pack.
    Document(DocumentId),
    /// What was said at the meeting.
    Heard,
}

/// A panel decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelDecided {
    /// Which.
    pub panel: PanelId,
    /// In which way.
    pub by: RuledBy,
    /// By which version of its terms of reference.
    pub terms_version: u32,
    /// What.
    #[serde(flatten)]
    pub decision: PanelDecision,
    /// Why; the text is sealed beside it.
    pub reason: Reason,
    /// What it relies on.
    pub evidence: Vec<Evidence>,
    /// The officer without whose word it is not in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaits: Option<AccountId>,
}

/// The officer gave their word: the decision is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRatified {
    /// Who.
    pub by: AccountId,
}

/// The officer, or the panel after its chair had decided for it, did not agree: the request
/// is back in the panel's queue. Why is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionSetAside {
    /// The officer; `None`: the panel's meeting.
    pub by: Option<AccountId>,
    /// Why.
    pub reason: Reason,
}
