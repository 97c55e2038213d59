//! One criterion against the facts: met, not met, or not known.

use super::*;
use crate::codes::{Concern, Specialist};
use crate::intake::{ChildCodes, Cycle, Provision};
use crate::money::{Money, TenThousandths};
use crate::triage::ruleset::{CriterionDraft, ServiceDraft, WayInDraft};
use crate::triage::{Actual, Criterion, Fact, RuleSetDraft, Test, Value};

fn criterion(fact: &str, test: &str, values: &[Value]) -> Criterion {
    Criterion { fact: fact.parse().unwrap(), test: test.parse().unwrap(), values: values.to_vec() }
}

fn codes(codes: &[&str]) -> Vec<Value> {
    codes.iter().map(|code| Value::Code((*code).to_owned())).collect()
}

/// A child with two needs, two completed cycles of three, a concern, a specialist, and
/// provision for 6,270 pounds a year.
fn facts() -> Facts {
    let unreviewed = Cycle { reviewed: None, ..county::child_with("SLCN").tried.remove(0) };
    let cycle = county::child_with("SLCN").tried.remove(0);
    let intake = Intake {
        other_needs: vec![county::need("HI")],
        tried: vec![cycle.clone(), unreviewed, cycle],
        concerns: vec![Concern::Medical],
        specialists: vec![Specialist::Camhs],
        provision: vec![Provision {
            hours_per_week: TenThousandths::parse("10"),
            weeks_per_year: TenThousandths::parse("38"),
            cost_per_hour: Some(Money { pence: 1650 }),
        }],
        ..county::child_with("SLCN")
    };
    Facts::of(&intake, &primary_school())
}

/// About a child of whom the school told nothing.
fn unknown() -> Facts {
    let intake = Intake {
        primary_need: None,
        other_needs: vec![],
        child: Some(ChildCodes::default()),
        ..county::child_with("SLCN")
    };
    Facts::of(&intake, &primary_school())
}

#[test]
fn every_test_of_every_kind_of_fact_has_its_answer() {
    let number = |number| vec![Value::Number(number)];
    for (fact, test, values, expected) in [
        ("about", "is", codes(&["child"]), true),
        ("about", "none_of", codes(&["group", "school"]), true),
        ("needs.primary", "any_of", codes(&["HI", "SLCN"]), true),
        ("needs.primary", "any_of", codes(&["HI"]), false),
        ("needs.primary", "none_of", codes(&["SLCN"]), false),
        ("needs.all", "all_of", codes(&["HI", "SLCN"]), true),
        ("needs.all", "all_of", codes(&["HI", "VI"]), false),
        ("needs.all", "any_of", codes(&["HI", "VI"]), true),
        ("needs.all", "none_of", codes(&["VI"]), true),
        ("needs.all", "none_of", codes(&["VI", "HI"]), false),
        ("needs.area", "is", codes(&["communication_interaction"]), true),
        ("sen_provision", "any_of", codes(&["K", "E"]), true),
        ("year_group", "at_least", number(4), true),
        ("year_group", "at_least", number(5), false),
        ("year_group", "at_most", number(4), true),
        ("year_group", "at_most", number(3), false),
        ("year_group", "is", number(4), true),
        ("age_years", "none_of", number(9), false),
        ("age_years", "any_of", vec![Value::Number(8), Value::Number(9)], true),
        ("phase", "is", codes(&["primary"]), true),
        ("support_sought", "any_of", codes(&["assessment"]), true),
        ("concerns", "any_of", codes(&["medical"]), true),
        ("concerns", "none_of", codes(&["medical"]), false),
        ("cycles_completed", "is", number(2), true),
        ("cycles_completed", "at_least", number(3), false),
        ("provision_cost_per_year", "is", number(627_000), true),
        ("specialists", "none_of", codes(&["camhs"]), false),
        ("looked_after", "is", vec![Value::Flag(false)], true),
        ("child_in_need", "is", vec![Value::Flag(true)], false),
        ("child_protection", "is", vec![Value::Flag(true)], false),
        ("school.kind", "is", codes(&["maintained"]), true),
    ] {
        let asked = criterion(fact, test, &values);
        assert_eq!(asked.met(&facts()), Some(expected), "{fact} {test} {values:?}");
    }
}

#[test]
fn what_is_not_known_meets_none_of_and_no_other_test() {
    let unknown = unknown();
    for fact in Fact::ALL.iter().filter(|fact| unknown.actual(**fact) == Actual::Unknown) {
        for test in Test::ALL {
            let expected = (*test == Test::NoneOf).then_some(true);
            let asked = Criterion { fact: *fact, test: *test, values: codes(&["HI"]) };
            assert_eq!(asked.met(&unknown), expected, "{fact} {test}");
        }
    }
}

#[test]
fn these_facts_can_be_unknown() {
    let unknown = unknown();
    let not_known: Vec<_> = Fact::ALL
        .iter()
        .filter(|fact| unknown.actual(**fact) == Actual::Unknown)
        .map(|fact| fact.code())
        .collect();
    let about_the_child = ["looked_after", "child_in_need", "child_protection"];
    let expected = ["needs.primary", "needs.area", "sen_provision", "year_group", "age_years"];
    assert_eq!(not_known, [&expected[..], &about_the_child].concat());
}

#[test]
fn a_list_without_items_is_known_to_be_empty() {
    let empty = criterion("concerns", "any_of", &codes(&["medical"]));
    assert_eq!(empty.met(&unknown()), Some(false));
}

/// A value that a fact of this kind can have.
fn value_of(fact: Fact) -> Value {
    match facts().actual(fact) {
        Actual::Flag(flag) => Value::Flag(flag),
        Actual::Number(number) => Value::Number(number),
        Actual::Code(code) => Value::Code(code.to_owned()),
        Actual::Codes(codes) => Value::Code(codes[0].to_owned()),
        Actual::Unknown => panic!("{fact} has no value here"),
    }
}

fn is_allowed(fact: Fact, test: Test) -> bool {
    let criteria = vec![CriterionDraft {
        fact: fact.code().to_owned(),
        test: test.code().to_owned(),
        values: vec![value_of(fact)],
    }];
    let ways_in = vec![WayInDraft { id: "way".to_owned(), criteria }];
    let services = vec![ServiceDraft { service: "service".to_owned(), ways_in }];
    RuleSet::check(&RuleSetDraft { services, ..county::rules() }, 1).is_ok()
}

#[test]
fn a_fact_is_put_only_to_tests_that_make_sense_of_it() {
    let tests_of = |fact: Fact| -> String {
        let allowed = Test::ALL.iter().filter(|test| is_allowed(fact, **test));
        allowed.map(|test| test.code()).collect::<Vec<_>>().join(" ")
    };
    for fact in Fact::ALL {
        let expected = match facts().actual(*fact) {
            Actual::Flag(_) => "is",
            Actual::Number(_) => "is any_of none_of at_least at_most",
            Actual::Code(_) => "is any_of none_of",
            Actual::Codes(_) => "any_of all_of none_of",
            Actual::Unknown => panic!("{fact} has no value here"),
        };
        assert_eq!(tests_of(*fact), expected, "{fact}");
    }
}

#[test]
fn any_one_way_in_suffices_and_all_its_criteria_are_needed() {
    let fits = |intake: &Intake| decide(intake, &rules()).fitting();
    let specialist = county::service("specialist-sen");
    assert_eq!(fits(&county::child_with("PD")), std::slice::from_ref(&specialist));
    let untried = Intake { tried: vec![], ..county::child_with("ASD") };
    assert_eq!(fits(&untried), []);
}
