//! The statutory path of a request for an EHC needs assessment: what is decided in which
//! order, which promise of the law each decision meets, and what excuses lateness.
//!
//! Source: Special Educational Needs and Disability Regulations 2014, regulations 5 (whether
//! to assess, six weeks), 10 (not to issue a plan, sixteen weeks) and 13 (the final plan,
//! twenty weeks).

use crate::clock::Promise;
use crate::codes::codes;
use crate::ids::EventId;
use jiff::Timestamp;

codes! {
    /// What the authority decides about an EHC plan.
    StatutoryDecision {
        Assess = "assess", "to assess";
        NotAssess = "not_assess", "not to assess";
        Issue = "issue", "to issue a plan";
        NotIssue = "not_issue", "not to issue a plan";
        PlanFinalised = "plan_finalised", "the plan is final";
    }
}

impl StatutoryDecision {
    /// Whether this is for deciding after `last`.
    #[must_use]
    pub const fn follows(self, last: Option<Self>) -> bool {
        matches!(
            (last, self),
            (None, Self::Assess | Self::NotAssess)
                | (Some(Self::Assess), Self::Issue | Self::NotIssue)
                | (Some(Self::Issue), Self::PlanFinalised)
        )
    }

    /// Whether it denies what was asked for, so that reasons are owed.
    #[must_use]
    pub const fn denies(self) -> bool {
        matches!(self, Self::NotAssess | Self::NotIssue)
    }

    /// The promise that it answers.
    #[must_use]
    pub const fn meets(self) -> Promise {
        match self {
            Self::Assess | Self::NotAssess => Promise::EhcDecideToAssess,
            Self::Issue | Self::NotIssue => Promise::EhcDecideNotToIssue,
            Self::PlanFinalised => Promise::EhcFinalPlan,
        }
    }

    /// The promises that no longer apply after it.
    #[must_use]
    pub const fn ends(self) -> &'static [Promise] {
        match self {
            Self::NotAssess => &[Promise::EhcDecideNotToIssue, Promise::EhcFinalPlan],
            Self::NotIssue => &[Promise::EhcFinalPlan],
            Self::Assess | Self::Issue | Self::PlanFinalised => &[],
        }
    }
}

codes! {
    /// Why the authority need not keep to a time limit. It is excused then; time is not
    /// stopped, and the due day stays what it was.
    ExcusalGround {
        /// Regulations 5(4)(a) and 10(4)(a).
        SchoolClosed = "school_closed", "advice was asked of a school that was closed for four weeks or more";
        /// Regulations 5(4)(b) and 10(4)(b).
        ProviderClosed = "provider_closed", "advice was asked of an early years provider that was closed for four weeks or more";
        /// Regulations 5(4)(c) and 10(4)(c).
        ExceptionalCircumstances = "exceptional_circumstances", "exceptional personal circumstances affect the child, the parent or the young person";
        /// Regulations 5(4)(d) and 10(4)(d).
        AbsentFromArea = "absent_from_area", "the child, the parent or the young person was away for four weeks or more";
        /// Regulation 8(2): of advice within an assessment.
        MissedAppointment = "missed_appointment", "the child or young person missed an appointment for an examination or a test";
    }
}

impl ExcusalGround {
    /// Whether it excuses this promise. An appointment is missed within an assessment, so
    /// after the decision to assess. Regulation 13(3) takes its grounds from regulation 10(4).
    #[must_use]
    pub const fn excuses(self, promise: Promise) -> bool {
        match promise {
            Promise::EhcDecideToAssess => !matches!(self, Self::MissedAppointment),
            Promise::EhcDecideNotToIssue | Promise::EhcFinalPlan => true,
            Promise::Acknowledge
            | Promise::Respond
            | Promise::PanelDecision
            | Promise::FirstContact => false,
        }
    }
}

/// A ground on which lateness is excused, as it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excusal {
    /// Of which promise.
    pub promise: Promise,
    /// Why.
    pub ground: ExcusalGround,
    /// Since when.
    pub at: Timestamp,
    /// The event that says so; what was written about it is sealed beside it.
    pub event: EventId,
}
