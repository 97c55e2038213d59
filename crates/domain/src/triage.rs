//! Triage: which services' criteria a request meets, where it therefore goes, and why.
//!
//! Evaluated once, when a request arrives or its missing information does. The event keeps
//! the rule set's version, the facts and every criterion's result, so that the decision
//! can be explained, and re-run, for as long as the log exists.

mod criterion;
mod difference;
mod english;
mod facts;
mod replay;
mod ruleset;

pub use criterion::{Criterion, Fact, Kind, Test, Value};
pub use difference::Difference;
pub use english::value_says;
pub use facts::{Actual, Facts};
pub use replay::{Cause, Replay};
pub use ruleset::{
    CriterionDraft, Mode, RuleSet, RuleSetDraft, RuleSetFault, ServiceDraft, ServiceRule, WayIn,
    WayInDraft,
};

use crate::codes::{Concern, Missing, Support};
use crate::ids::{Authority, PanelId, ServiceSlug};
use crate::intake::Intake;
use serde::{Deserialize, Serialize};

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Route {
    /// To the one service that takes it.
    Service {
        /// The service.
        service: ServiceSlug,
    },
    /// To a multi-agency panel.
    Panel {
        /// The panel.
        panel: PanelId,
        /// Services whose criteria are met, for the panel to consider.
        candidates: Vec<ServiceSlug>,
    },
    /// To the duty adviser: a person must look.
    Duty {
        /// Why.
        #[serde(flatten)]
        why: Why,
    },
    /// Back to the school: something is missing.
    Information {
        /// What.
        missing: Vec<Missing>,
    },
}

/// Why a person must look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// The child lives elsewhere: hand the request to this authority.
    Redirect {
        /// The home authority.
        authority: Authority,
    },
    /// A critical incident: urgent.
    CriticalIncident,
    /// Nothing but advice is sought, and no service's criteria are met.
    Advice,
    /// The rules only recommend (`assisted` mode); the adviser confirms.
    Confirm {
        /// What they recommend.
        recommended: Box<Route>,
    },
    /// A service declined.
    Declined,
    /// The panel asks the adviser to advise the school.
    PanelAdvice,
    /// It was closed, and is open again.
    Reopened,
    /// The school did not answer what it was asked.
    Unanswered,
    /// The school does not agree that the support came to what the service says.
    OutcomeDisputed,
}

/// A triage as it was decided, in the form in which it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triage {
    /// Where the request goes.
    pub outcome: Route,
    /// The version of the rule set that said so.
    pub ruleset_version: u32,
    /// The facts that it looked at.
    pub facts: Facts,
    /// What was missing.
    pub missing: Vec<Missing>,
    /// The other authority in which the child lives.
    pub elsewhere: Option<Authority>,
    /// Every service's criteria, in the order of the rule set.
    pub services: Vec<ServiceResult>,
}

/// How a request stands to one service's criteria.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceResult {
    /// The service.
    pub service: ServiceSlug,
    /// Whether it fits; `None` when the route was decided before services were considered.
    pub fits: Option<bool>,
    /// Its ways in, in order: each criterion met, not met, or not known.
    pub ways_in: Vec<Vec<Option<bool>>>,
}

impl Triage {
    /// Decides where a request goes.
    ///
    /// `ours` is this council's own authority; while it has none, every child is its own. The
    /// order of the steps is published to schools; a step that decides ends the matter.
    #[must_use]
    pub fn decide(
        intake: &Intake,
        facts: Facts,
        rules: &RuleSet,
        ours: Option<&Authority>,
    ) -> Self {
        let missing = intake.missing();
        let elsewhere = intake
            .child
            .as_ref()
            .and_then(|child| child.home_authority.clone())
            .filter(|home| ours.is_some_and(|ours| home != ours));
        let sought = |support| intake.support_sought.contains(&support);
        let panel = |candidates| Route::Panel { panel: rules.panel_for(facts.area), candidates };

        let (outcome, services) = if !missing.is_empty() {
            let outcome = Route::Information { missing: missing.clone() };
            (outcome, rules.look_up(&facts, |_| None))
        } else if let Some(authority) = elsewhere.clone() {
            let outcome = Route::Duty { why: Why::Redirect { authority } };
            (outcome, rules.look_up(&facts, |_| None))
        } else if intake.concerns.contains(&Concern::CriticalIncident) {
            let outcome = Route::Duty { why: Why::CriticalIncident };
            (outcome, rules.look_up(&facts, |_| None))
        } else if sought(Support::EhcAssessment) {
            let statutory = &rules.statutory_service;
            let outcome = Route::Service { service: statutory.clone() };
            (outcome, rules.look_up(&facts, |service| (service == statutory).then_some(true)))
        } else {
            let services = rules.consider(&facts);
            let fitting = fitting(&services);
            let only_advice = intake.support_sought.iter().all(|each| *each == Support::Advice);
            let outcome = match fitting.as_slice() {
                _ if intake.support_sought.iter().any(|each| rules.is_panel_only(*each)) => {
                    panel(fitting)
                }
                [service] => Route::Service { service: service.clone() },
                [] if only_advice => Route::Duty { why: Why::Advice },
                _ => panel(fitting),
            };
            (outcome, services)
        };
        let outcome = rules.mode.applied_to(outcome);
        let ruleset_version = rules.version;
        Self { outcome, ruleset_version, facts, missing, elsewhere, services }
    }

    /// The services whose criteria are met, in the order of the rule set.
    #[must_use]
    pub fn fitting(&self) -> Vec<ServiceSlug> {
        fitting(&self.services)
    }
}

fn fitting(services: &[ServiceResult]) -> Vec<ServiceSlug> {
    services
        .iter()
        .filter(|each| each.fits == Some(true))
        .map(|each| each.service.clone())
        .collect()
}

#[cfg(test)]
mod tests;
