//! Criteria as a head teacher reads them.

use super::*;
use crate::triage::{Criterion, Value};
use std::fmt::Write as _;

#[test]
fn the_criteria_of_the_county_read_as_plain_english() {
    let mut page = String::new();
    for service in rules().services() {
        for way in &service.ways_in {
            writeln!(page, "{} / {}", service.service, way.id).unwrap();
            for criterion in &way.criteria {
                writeln!(page, "  {}.", criterion.says()).unwrap();
            }
        }
    }
    insta::assert_snapshot!(page);
}

#[track_caller]
fn says(fact: &str, test: &str, values: &[Value], expected: &str) {
    let (fact, test) = (fact.parse().unwrap(), test.parse().unwrap());
    assert_eq!(Criterion { fact, test, values: values.to_vec() }.says(), expected);
}

fn codes(codes: &[&str]) -> Vec<Value> {
    codes.iter().map(|code| Value::Code((*code).to_owned())).collect()
}

#[test]
fn every_other_turn_of_phrase_reads_well_too() {
    use Value::{Flag, Number};
    says("about", "is", &codes(&["group"]), "The request is about a group of children");
    says("about", "none_of", &codes(&["child"]), "The request is not about a child");
    says(
        "needs.all",
        "all_of",
        &codes(&["HI", "VI", "PD"]),
        "The needs include hearing impairment, vision impairment and physical disability",
    );
    says(
        "support_sought",
        "none_of",
        &codes(&["advice", "training"]),
        "The support sought does not include advice or training",
    );
    says(
        "concerns",
        "none_of",
        &codes(&["medical"]),
        "The concerns do not include a medical condition",
    );
    says("looked_after", "is", &[Flag(false)], "The child is not looked after");
    says("child_in_need", "is", &[Flag(true)], "The child is a child in need");
    says("child_protection", "is", &[Flag(true)], "The child is on a child protection plan");
    says("year_group", "at_least", &[Number(0)], "The year group is reception or above");
    says("year_group", "at_most", &[Number(11)], "The year group is year 11 or below");
    says(
        "year_group",
        "any_of",
        &[Number(-1), Number(0)],
        "The year group is nursery (-1) or reception",
    );
    says("age_years", "is", &[Number(5)], "The child's age in years is 5");
    says("age_years", "none_of", &[Number(5), Number(6)], "The child's age in years is not 5 or 6");
    says("school.kind", "is", &codes(&["academy"]), "The kind of school is an academy");
    says("phase", "none_of", &codes(&["special"]), "The school's phase is not special");
}

#[test]
fn money_reads_as_pounds() {
    for (pence, expected) in [
        (0, "£0"),
        (99_950, "£999.50"),
        (300_000, "£3,000"),
        (1_234_567_801, "£12,345,678.01"),
        (-5, "-£0.05"),
        (-120_000, "-£1,200"),
        (i64::MIN, "-£92,233,720,368,547,758.08"),
    ] {
        let expected = format!("The yearly cost of provision is at most {expected}");
        says("provision_cost_per_year", "at_most", &[Value::Number(pence)], &expected);
    }
}
