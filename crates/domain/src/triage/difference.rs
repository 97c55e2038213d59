//! What another rule set changes, in words that a head teacher can read: what was asked until
//! now, and what is asked from then on.

use super::english::{capital, meant};
use super::ruleset::{Mode, RuleSetDraft, ServiceDraft, WayInDraft};
use crate::codes::Support;
use crate::need::Area;
use std::collections::BTreeSet;

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The service whose ways in it is about.
    pub service: Option<String>,
    /// The way in.
    pub way_in: Option<String>,
    /// Until now; `None`: nothing was said of it.
    pub before: Option<String>,
    /// From then on; `None`: nothing is said of it any more.
    pub after: Option<String>,
}

impl Difference {
    fn of(before: Option<String>, after: Option<String>) -> Self {
        Self { service: None, way_in: None, before, after }
    }
}

impl RuleSetDraft {
    /// What this rule set has different from another, which came before it.
    #[must_use]
    pub fn since(&self, before: &Self) -> Vec<Difference> {
        let mut all = general(before, self);
        let named = |rules: &[ServiceDraft], name: &str| {
            rules.iter().find(|rule| rule.service == name).map(|rule| rule.ways_in.clone())
        };
        let gone = before.services.iter().filter(|it| named(&self.services, &it.service).is_none());
        for service in self.services.iter().chain(gone) {
            let name = &service.service;
            let was = named(&before.services, name).unwrap_or_default();
            let is = named(&self.services, name).unwrap_or_default();
            let of_service = ways_in(&was, &is);
            all.extend(
                of_service.into_iter().map(|it| Difference { service: Some(name.clone()), ..it }),
            );
        }
        all
    }
}

/// What is different about the rule set as a whole.
fn general(before: &RuleSetDraft, after: &RuleSetDraft) -> Vec<Difference> {
    let mode = |rules: &RuleSetDraft| {
        let code = rules.mode.as_deref().unwrap_or(Mode::Automatic.code());
        Some(capital(&meant(code, Mode::says)))
    };
    let statutory = |rules: &RuleSetDraft| {
        let service = rules.statutory_service.as_deref().unwrap_or("statutory-sen");
        Some(format!("Assessments for an EHC plan go to the service “{service}”"))
    };
    let panel_only = |rules: &RuleSetDraft| {
        let granted = rules.panel_only.support_sought.iter();
        let granted: Vec<String> = granted.map(|code| meant(code, Support::says)).collect();
        (!granted.is_empty()).then(|| format!("Only a panel grants {}", granted.join(", ")))
    };
    let whole = [
        (mode(before), mode(after)),
        (statutory(before), statutory(after)),
        (panel_only(before), panel_only(after)),
    ];
    let panels = before.panel_for_area.keys().chain(after.panel_for_area.keys());
    let panels: BTreeSet<&String> = panels.collect();
    let panel = |rules: &RuleSetDraft, area: &String| {
        let panel = rules.panel_for_area.get(area)?;
        let area = meant(area, Area::says);
        Some(format!("The panel for {area} is “{panel}”"))
    };
    let panels = panels.iter().map(|area| (panel(before, area), panel(after, area)));
    let different = whole.into_iter().chain(panels).filter(|(before, after)| before != after);
    different.map(|(before, after)| Difference::of(before, after)).collect()
}

/// What is different about the ways into one service.
fn ways_in(before: &[WayInDraft], after: &[WayInDraft]) -> Vec<Difference> {
    let find = |ways: &[WayInDraft], id: &str| ways.iter().find(|way| way.id == id).cloned();
    let gone = before.iter().filter(|way| find(after, &way.id).is_none());
    let mut different = Vec::new();
    for way in after.iter().chain(gone) {
        let of_way = match (find(before, &way.id), find(after, &way.id)) {
            (Some(was), Some(is)) => criteria(&was, &is),
            (was, is) => vec![Difference::of(was.map(|it| it.says()), is.map(|it| it.says()))],
        };
        let named = of_way.into_iter().map(|it| Difference { way_in: Some(way.id.clone()), ..it });
        different.extend(named);
    }
    different
}

/// What is different about the criteria of one way in: those about the same fact are set against
/// each other.
fn criteria(before: &WayInDraft, after: &WayInDraft) -> Vec<Difference> {
    let mut was: Vec<_> =
        before.criteria.iter().filter(|it| !after.criteria.contains(it)).collect();
    let is = after.criteria.iter().filter(|it| !before.criteria.contains(it));
    let mut different = Vec::new();
    for criterion in is {
        let same = was.iter().position(|it| it.fact == criterion.fact);
        let replaced = same.map(|place| was.remove(place).says());
        different.push(Difference::of(replaced, Some(criterion.says())));
    }
    different.extend(was.into_iter().map(|it| Difference::of(Some(it.says()), None)));
    different
}
