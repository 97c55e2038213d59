//! The published order of the decision, implemented a second time and as plainly as it is
//! written: straight from the rule set's JSON, over codes as text.

use super::*;
use crate::codes::{About, Concern, Phase, SchoolKind, SenProvision, Specialist, Support};
use crate::intake::{ChildCodes, Cycle, Provision};
use crate::money::{Money, TenThousandths};
use crate::need::Need;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::sync::LazyLock;

static WRITTEN: LazyLock<Json> = LazyLock::new(|| serde_json::to_value(county::rules()).unwrap());
static CHECKED: LazyLock<RuleSet> = LazyLock::new(rules);

fn child() -> impl Strategy<Value = ChildCodes> {
    let authority = prop::sample::select(vec!["865", "865", "865", "835"]);
    let flag = || prop::option::of(any::<bool>());
    (
        prop::option::of(0..20_i16),
        prop::option::of(-2..=13_i8),
        prop::option::of(authority),
        prop::option::of(prop::sample::select(SenProvision::ALL)),
        flag(),
        flag(),
        flag(),
    )
        .prop_map(
            |(age_years, year_group, home, sen_provision, looked_after, need, protection)| {
                ChildCodes {
                    age_years,
                    year_group,
                    home_authority: home.map(|it| it.parse().unwrap()),
                    sen_provision,
                    looked_after,
                    child_in_need: need,
                    child_protection: protection,
                }
            },
        )
}

fn some<T: Clone + std::fmt::Debug + 'static>(
    list: &'static [T],
    most: usize,
) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(prop::sample::select(list), 0..=most)
}

fn provision() -> impl Strategy<Value = Provision> {
    (0..=40_i32, 0..=53_i32, 0..=4_000_i64).prop_map(|(hours, weeks, pence)| Provision {
        hours_per_week: Some(TenThousandths::whole(hours)),
        weeks_per_year: Some(TenThousandths::whole(weeks)),
        cost_per_hour: Some(Money { pence }),
    })
}

fn intakes() -> impl Strategy<Value = Intake> {
    let need = || prop::sample::select(Need::ever().collect::<Vec<_>>());
    let needs = (prop::option::weighted(0.9, need()), prop::collection::vec(need(), 0..2));
    let tried = prop::collection::vec(any::<bool>(), 0..4);
    let asked = (
        prop::sample::select(About::ALL),
        some(Support::ALL, 2),
        some(Concern::ALL, 2),
        some(Specialist::ALL, 2),
    );
    let school = (tried, prop::collection::vec(provision(), 0..3));
    (needs, asked, school, child(), prop::bool::weighted(0.9)).prop_map(
        |((primary_need, other_needs), asked, (tried, provision), child, consented)| {
            let (about, support_sought, concerns, specialists) = asked;
            let reviewed = |yes: bool| yes.then(|| jiff::civil::date(2026, 3, 10));
            let cycle = |yes| Cycle { reviewed: reviewed(yes), ..Cycle::default() };
            Intake {
                about,
                primary_need,
                other_needs,
                support_sought,
                concerns,
                tried: tried.into_iter().map(cycle).collect(),
                provision,
                specialists,
                consent: consented.then(county::consent),
                child: (about == About::Child).then_some(child),
                ..county::child_with("ASD")
            }
        },
    )
}

fn schools() -> impl Strategy<Value = School> {
    let kinds = (prop::sample::select(Phase::ALL), prop::sample::select(SchoolKind::ALL));
    let school = primary_school();
    kinds.prop_map(move |(phase, kind)| School { phase, kind, ..school.clone() })
}

/// The facts as the interface names them, read off the request as it is stored.
fn facts(intake: &Intake, school: &School) -> Json {
    let sent = serde_json::to_value(intake).unwrap();
    let child = &sent["child"];
    let mut all: Vec<Json> = sent["other_needs"].as_array().unwrap().clone();
    all.extend(intake.primary_need.map(|need| json!(need.code())));
    let cost: i64 = intake
        .provision
        .iter()
        .map(|item| {
            let (hours, weeks) = (item.hours_per_week.unwrap().0, item.weeks_per_year.unwrap().0);
            hours / 10_000 * (weeks / 10_000) * item.cost_per_hour.unwrap().pence
        })
        .sum();
    let reviewed = sent["tried"].as_array().unwrap().iter().filter(|it| !it["reviewed"].is_null());
    json!({
        "about": sent["about"],
        "needs.primary": sent["primary_need"],
        "needs.all": all,
        "needs.area": intake.primary_need.map(|need| need.area().code()),
        "sen_provision": child["sen_provision"],
        "year_group": child["year_group"],
        "age_years": child["age_years"],
        "phase": school.phase.code(),
        "support_sought": sent["support_sought"],
        "concerns": sent["concerns"],
        "cycles_completed": reviewed.count(),
        "provision_cost_per_year": cost,
        "specialists": sent["specialists"],
        "looked_after": child["looked_after"],
        "child_in_need": child["child_in_need"],
        "child_protection": child["child_protection"],
        "school.kind": school.kind.code(),
    })
}

fn is_met(criterion: &Json, facts: &Json) -> bool {
    let actual = &facts[criterion["fact"].as_str().unwrap()];
    let values = criterion["values"].as_array().unwrap();
    let test = criterion["test"].as_str().unwrap();
    if actual.is_null() {
        return test == "none_of";
    }
    let has = |value: &Json| match actual.as_array() {
        Some(list) => list.contains(value),
        None => actual == value,
    };
    match test {
        "is" | "all_of" => values.iter().all(has),
        "any_of" => values.iter().any(has),
        "none_of" => !values.iter().any(has),
        "at_least" => actual.as_i64().unwrap() >= values[0].as_i64().unwrap(),
        "at_most" => actual.as_i64().unwrap() <= values[0].as_i64().unwrap(),
        test => panic!("no test {test}"),
    }
}

fn fitting(rules: &Json, facts: &Json) -> Vec<Json> {
    let services = rules["services"].as_array().unwrap().iter();
    let all_met = |way: &Json| {
        way["criteria"].as_array().unwrap().iter().all(|criterion| is_met(criterion, facts))
    };
    services
        .filter(|service| service["ways_in"].as_array().unwrap().iter().any(all_met))
        .map(|service| service["service"].clone())
        .collect()
}

/// Steps 1 to 8.
fn route(intake: &Intake, school: &School) -> Json {
    let rules = &*WRITTEN;
    let facts = facts(intake, school);
    let sent = serde_json::to_value(intake).unwrap();
    let sought = sent["support_sought"].as_array().unwrap();
    let only_panels = rules["panel_only"]["support_sought"].as_array().unwrap();
    let fitting = fitting(rules, &facts);
    let area = facts["needs.area"].as_str().unwrap_or("other");
    let panel = json!({
        "kind": "panel", "panel": rules["panel_for_area"][area], "candidates": fitting,
    });
    let home = &sent["child"]["home_authority"];
    if sent["about"] == "child" && sent["consent"].is_null() {
        json!({"kind": "information", "missing": ["consent"]})
    } else if !home.is_null() && home != "865" {
        json!({"kind": "duty", "why": "redirect", "authority": home})
    } else if sent["concerns"].as_array().unwrap().contains(&json!("critical_incident")) {
        json!({"kind": "duty", "why": "critical_incident"})
    } else if sought.contains(&json!("ehc_assessment")) {
        json!({"kind": "service", "service": "statutory-sen"})
    } else if sought.iter().any(|support| only_panels.contains(support)) {
        panel
    } else if fitting.len() == 1 {
        json!({"kind": "service", "service": fitting[0]})
    } else if fitting.is_empty() && sought.iter().all(|support| support == "advice") {
        json!({"kind": "duty", "why": "advice"})
    } else {
        panel
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_rules_say_what_their_published_text_says(intake in intakes(), school in schools()) {
        let ours = "865".parse().unwrap();
        let triage = Triage::decide(&intake, Facts::of(&intake, &school), &CHECKED, Some(&ours));
        let outcome = serde_json::to_value(&triage.outcome).unwrap();
        prop_assert_eq!(outcome, route(&intake, &school));
    }
}
