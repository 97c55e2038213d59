//! A panel's word on a request, as it is given: what, on what grounds, in which words.

use super::event::{Evidence, Reason, RuledBy};
use crate::ids::{Authority, PanelId, ServiceSlug};
use crate::meeting::event::DecisionKind;
use crate::package::PackageDraft;
use crate::personal::RulingWords;

/// A panel's word on a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Which panel.
    pub panel: PanelId,
    /// In which way it decides.
    pub by: RuledBy,
    /// What it decides.
    pub decision: Decision,
    /// Why: a code, and criteria that the rules know.
    pub reason: Option<Reason>,
    /// What it relies on.
    pub evidence: Vec<Evidence>,
    /// What it says. Criteria may stand here in its own words.
    pub words: RulingWords,
}

/// What a panel can decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A package of support.
    Package(PackageDraft),
    /// One service is enough.
    Service(ServiceSlug),
    /// Advice.
    Advice,
    /// Nothing before the school has said more.
    Defer,
    /// Nothing that it can grant.
    Decline,
    /// An EHC needs assessment.
    EhcAssessment,
    /// It is for another authority.
    Redirect(Authority),
}

impl Decision {
    /// In one word.
    #[must_use]
    pub const fn kind(&self) -> DecisionKind {
        match self {
            Self::Package(_) => DecisionKind::Package,
            Self::Service(_) => DecisionKind::Service,
            Self::Advice => DecisionKind::Advice,
            Self::Defer => DecisionKind::Defer,
            Self::Decline => DecisionKind::Decline,
            Self::EhcAssessment => DecisionKind::EhcAssessment,
            Self::Redirect(_) => DecisionKind::Redirect,
        }
    }
}
