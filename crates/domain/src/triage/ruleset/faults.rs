//! The check of a draft: every fault at once, each with a pointer to where it is.

use super::{CriterionDraft, RuleSetFault, ServiceDraft, ServiceRule, WayIn, WayInDraft};
use crate::ids::{PanelId, ServiceSlug};
use crate::need::Area;
use crate::triage::criterion::{Criterion, Fact, Kind, Test, Value};
use std::collections::BTreeMap;

/// What is wrong so far.
#[derive(Default)]
pub(super) struct Faults(pub(super) Vec<RuleSetFault>);

impl Faults {
    pub(super) fn say(&mut self, pointer: &str, detail: impl std::fmt::Display) {
        self.0.push(RuleSetFault { pointer: pointer.to_owned(), detail: detail.to_string() });
    }

    pub(super) fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(
        &mut self,
        at: &str,
        text: &str,
    ) -> Option<T> {
        text.parse().map_err(|error| self.say(at, error)).ok()
    }

    pub(super) fn each<T, U>(
        &mut self,
        at: &str,
        items: &[T],
        mut check: impl FnMut(&mut Self, &str, &T) -> Option<U>,
    ) -> Vec<U> {
        let numbered = items.iter().enumerate();
        numbered.filter_map(|(place, item)| check(self, &format!("{at}/{place}"), item)).collect()
    }

    pub(super) fn panels(&mut self, draft: &BTreeMap<String, String>) -> BTreeMap<Area, PanelId> {
        let mut panels = BTreeMap::new();
        for (area, panel) in draft {
            let at = format!("/panel_for_area/{}", area.replace('~', "~0").replace('/', "~1"));
            let (area, panel) = (self.parse::<Area>(&at, area), self.parse::<PanelId>(&at, panel));
            panels.extend(area.zip(panel));
        }
        for area in Area::ALL.iter().filter(|area| !draft.contains_key(area.code())) {
            self.say("/panel_for_area", format!("the area “{area}” has no panel"));
        }
        panels
    }

    /// Twice in the list, a service that fits would be two that fit.
    pub(super) fn listed_once(
        &mut self,
        services: &[ServiceDraft],
        statutory: Option<&ServiceSlug>,
    ) {
        for (place, draft) in services.iter().enumerate() {
            let at = format!("/services/{place}/service");
            if statutory.is_some_and(|statutory| statutory.as_str() == draft.service) {
                self.say(&at, "the law says who gets into the statutory service; leave it out");
            } else if services.iter().take(place).any(|it| it.service == draft.service) {
                self.say(&at, "this service is listed before; put its ways in together");
            }
        }
    }

    pub(super) fn service(&mut self, at: &str, draft: &ServiceDraft) -> Option<ServiceRule> {
        let service = self.parse::<ServiceSlug>(&format!("{at}/service"), &draft.service);
        let check = |faults: &mut Self, at: &str, way: &WayInDraft| Some(faults.way_in(at, way));
        let ways_in = self.each(&format!("{at}/ways_in"), &draft.ways_in, check);
        for (place, way) in draft.ways_in.iter().enumerate() {
            if draft.ways_in.iter().take(place).any(|earlier| earlier.id == way.id) {
                self.say(&format!("{at}/ways_in/{place}/id"), "another way in has this id");
            }
        }
        Some(ServiceRule { service: service?, ways_in })
    }

    fn way_in(&mut self, at: &str, draft: &WayInDraft) -> WayIn {
        if draft.criteria.is_empty() {
            self.say(&format!("{at}/criteria"), "without a criterion everybody would get in");
        }
        let criteria = self.each(&format!("{at}/criteria"), &draft.criteria, Self::criterion);
        WayIn { id: draft.id.clone(), criteria }
    }

    fn criterion(&mut self, at: &str, draft: &CriterionDraft) -> Option<Criterion> {
        let fact = self.parse::<Fact>(&format!("{at}/fact"), &draft.fact);
        let test = self.parse::<Test>(&format!("{at}/test"), &draft.test);
        let (fact, test) = (fact?, test?);
        let kind = fact.kind();
        if !kind.allows(test) {
            self.say(&format!("{at}/test"), format!("“{fact}” cannot be tested with “{test}”"));
        }
        let single = matches!(test, Test::Is | Test::AtLeast | Test::AtMost);
        if draft.values.is_empty() || (single && draft.values.len() != 1) {
            let wanted = if single { "exactly one value" } else { "at least one value" };
            self.say(&format!("{at}/values"), format!("“{test}” takes {wanted}"));
        }
        for (place, value) in draft.values.iter().enumerate() {
            if let Err(detail) = kind.takes(value) {
                self.say(&format!("{at}/values/{place}"), detail);
            }
        }
        Some(Criterion { fact, test, values: draft.values.clone() })
    }
}

impl CriterionDraft {
    /// The criterion, if nothing is wrong with it.
    #[must_use]
    pub fn checked(&self) -> Option<Criterion> {
        let mut faults = Faults::default();
        faults.criterion("", self).filter(|_| faults.0.is_empty())
    }
}

impl Kind {
    /// Whether a value of this kind can be put to this test.
    #[must_use]
    pub fn allows(&self, test: Test) -> bool {
        match self {
            Kind::Flag => test == Test::Is,
            Kind::Number => test != Test::AllOf,
            Kind::Code(_) => matches!(test, Test::Is | Test::AnyOf | Test::NoneOf),
            Kind::Codes(_) => matches!(test, Test::AnyOf | Test::AllOf | Test::NoneOf),
        }
    }

    fn takes(&self, value: &Value) -> Result<(), String> {
        match (self, value) {
            (Kind::Flag, Value::Flag(_)) | (Kind::Number, Value::Number(_)) => Ok(()),
            (Kind::Code(known) | Kind::Codes(known), Value::Code(code)) => {
                if known.contains(&code.as_str()) {
                    Ok(())
                } else {
                    Err(format!("“{code}” is not one of: {}", known.join(", ")))
                }
            }
            (Kind::Flag, Value::Number(_) | Value::Code(_)) => Err("true or false".to_owned()),
            (Kind::Number, Value::Flag(_) | Value::Code(_)) => Err("a whole number".to_owned()),
            (Kind::Code(_) | Kind::Codes(_), Value::Flag(_) | Value::Number(_)) => {
                Err("a code in quotation marks".to_owned())
            }
        }
    }
}
