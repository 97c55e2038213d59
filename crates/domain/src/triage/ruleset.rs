//! A rule set: drafted as data, checked whole, and only then able to decide anything.

mod faults;

use super::criterion::{Criterion, Fact, Test, Value};
use super::facts::Facts;
use super::{Route, ServiceResult, Why};
use crate::codes::{Support, codes};
use crate::ids::{PanelId, ServiceSlug};
use crate::need::Area;
use faults::Faults;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// There is one rule set: under a second name its versions would count from one again.
const NAME: &str = "triage";

codes! {
    /// Whether the rules decide, or recommend.
    Mode {
        Automatic = "automatic", "the rules decide, the duty adviser can overrule";
        Assisted = "assisted", "the rules recommend, the duty adviser confirms";
    }
}

impl Mode {
    pub(super) fn applied_to(self, outcome: Route) -> Route {
        match (self, outcome) {
            (Mode::Assisted, outcome @ (Route::Service { .. } | Route::Panel { .. })) => {
                Route::Duty { why: Why::Confirm { recommended: Box::new(outcome) } }
            }
            (Mode::Assisted | Mode::Automatic, outcome) => outcome,
        }
    }
}

/// A rule set as somebody wrote it: every name and code still text.
/// What is not said yet is left out, and is a fault until it is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSetDraft {
    /// `triage`.
    #[serde(default = "name")]
    pub name: String,
    /// Who decides; `automatic` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// The service for EHC needs assessments; `statutory-sen` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory_service: Option<String>,
    /// What only a panel grants.
    #[serde(default)]
    pub panel_only: PanelOnly,
    /// The panel of each area of need.
    #[serde(default)]
    pub panel_for_area: BTreeMap<String, String>,
    /// Services with their ways in.
    #[serde(default)]
    pub services: Vec<ServiceDraft>,
}

fn name() -> String {
    NAME.to_owned()
}

impl Default for RuleSetDraft {
    /// Nothing said yet.
    fn default() -> Self {
        Self {
            name: name(),
            mode: None,
            statutory_service: None,
            panel_only: PanelOnly::default(),
            panel_for_area: BTreeMap::new(),
            services: Vec::new(),
        }
    }
}

/// What only a panel grants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelOnly {
    /// Codes of support.
    #[serde(default)]
    pub support_sought: Vec<String>,
}

/// One service's ways in, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceDraft {
    /// The service.
    pub service: String,
    /// Any of these suffices.
    #[serde(default)]
    pub ways_in: Vec<WayInDraft>,
}

/// One way in, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WayInDraft {
    /// A name for it, unique within the service.
    pub id: String,
    /// All of these must be met.
    #[serde(default)]
    pub criteria: Vec<CriterionDraft>,
}

/// One criterion, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionDraft {
    /// A fact.
    pub fact: String,
    /// A test.
    #[serde(default)]
    pub test: String,
    /// Values.
    #[serde(default)]
    pub values: Vec<Value>,
}

/// A rule set that passed its check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// Which activation this is; recorded with every decision.
    pub version: u32,
    /// Who decides.
    pub mode: Mode,
    /// The service for EHC needs assessments.
    pub statutory_service: ServiceSlug,
    panel_only: Vec<Support>,
    panel_for_area: BTreeMap<Area, PanelId>,
    services: Vec<ServiceRule>,
}

/// One service's ways in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceRule {
    /// The service.
    pub service: ServiceSlug,
    /// Any of these suffices.
    pub ways_in: Vec<WayIn>,
}

/// One way into a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WayIn {
    /// Its name within the service.
    pub id: String,
    /// All of these must be met.
    pub criteria: Vec<Criterion>,
}

/// What is wrong with a draft, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {detail}")]
pub struct RuleSetFault {
    /// A JSON pointer into the draft (RFC 6901).
    pub pointer: String,
    /// What to put right.
    pub detail: String,
}

impl RuleSet {
    /// Checks a draft whole: every fault at once, each with its pointer.
    pub fn check(draft: &RuleSetDraft, version: u32) -> Result<Self, Vec<RuleSetFault>> {
        let mut faults = Faults::default();
        if draft.name != NAME {
            faults.say("/name", format!("a rule set is named “{NAME}”"));
        }
        let mode = draft.mode.as_deref().unwrap_or(Mode::Automatic.code());
        let mode = faults.parse::<Mode>("/mode", mode);
        let statutory = match &draft.statutory_service {
            Some(named) => faults.parse("/statutory_service", named),
            None => Some(ServiceSlug::statutory()),
        };
        let panel_only = faults.each(
            "/panel_only/support_sought",
            &draft.panel_only.support_sought,
            |faults, at, code| faults.parse::<Support>(at, code),
        );
        let panel_for_area = faults.panels(&draft.panel_for_area);
        let services = faults.each("/services", &draft.services, Faults::service);
        faults.listed_once(&draft.services, statutory.as_ref());
        match (mode, statutory) {
            (Some(mode), Some(statutory)) if faults.0.is_empty() => {
                let mut rules = vec![statutory_rule(&statutory)];
                rules.extend(services);
                Ok(Self {
                    version,
                    mode,
                    statutory_service: statutory,
                    panel_only,
                    panel_for_area,
                    services: rules,
                })
            }
            _ => Err(faults.0),
        }
    }

    /// The rules before any are written: no service takes anything, and every request goes
    /// to a panel named after its area. Nothing is lost while a council sets itself up.
    #[must_use]
    pub fn unwritten() -> Self {
        Self {
            version: 0,
            mode: Mode::Automatic,
            statutory_service: ServiceSlug::statutory(),
            panel_only: Vec::new(),
            panel_for_area: BTreeMap::new(),
            services: Vec::new(),
        }
    }

    /// Every service with its ways in, in the order in which they are explained: the
    /// statutory service first.
    #[must_use]
    pub fn services(&self) -> &[ServiceRule] {
        &self.services
    }

    /// The panel that decides for an area of need; for a request without a need, that of
    /// `other`.
    #[must_use]
    pub fn panel_for(&self, area: Option<Area>) -> PanelId {
        let area = area.unwrap_or(Area::Other);
        self.panel_for_area.get(&area).cloned().unwrap_or_else(|| PanelId::of_area(area))
    }

    /// The panels that it names.
    pub fn panels(&self) -> impl Iterator<Item = &PanelId> {
        self.panel_for_area.values()
    }

    /// What only a panel grants.
    #[must_use]
    pub fn panel_only(&self) -> &[Support] {
        &self.panel_only
    }

    pub(super) fn is_panel_only(&self, support: Support) -> bool {
        self.panel_only.contains(&support)
    }

    /// Every criterion's result, where services were considered: a service fits when all
    /// criteria of any one of its ways in are met.
    pub(super) fn consider(&self, facts: &Facts) -> Vec<ServiceResult> {
        let mut results = self.look_up(facts, |_| None);
        for result in &mut results {
            let open = |way: &Vec<Option<bool>>| way.iter().all(|met| *met == Some(true));
            result.fits = Some(result.ways_in.iter().any(open));
        }
        results
    }

    /// Every criterion's result, where the route did not depend on them.
    pub(super) fn look_up(
        &self,
        facts: &Facts,
        fits: impl Fn(&ServiceSlug) -> Option<bool>,
    ) -> Vec<ServiceResult> {
        let way = |way: &WayIn| way.criteria.iter().map(|each| each.met(facts)).collect();
        self.services
            .iter()
            .map(|rule| ServiceResult {
                service: rule.service.clone(),
                fits: fits(&rule.service),
                ways_in: rule.ways_in.iter().map(way).collect(),
            })
            .collect()
    }
}

/// The way into the statutory service is the law's, not a rule set's to change.
///
/// Source: Children and Families Act 2014, section 36.
fn statutory_rule(service: &ServiceSlug) -> ServiceRule {
    let criterion = Criterion {
        fact: Fact::SupportSought,
        test: Test::AnyOf,
        values: vec![Value::Code(Support::EhcAssessment.code().to_owned())],
    };
    let way = WayIn { id: "ehc-assessment".to_owned(), criteria: vec![criterion] };
    ServiceRule { service: service.clone(), ways_in: vec![way] }
}
