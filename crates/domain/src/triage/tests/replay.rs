//! A triage decided again: the same by the same rules, and explained where it is not.

use super::*;
use crate::triage::{Cause, Replay, Route};

fn replay(original: &Triage, replayed: Triage) -> Replay {
    Replay { original: original.clone(), replayed }
}

#[test]
fn a_triage_that_is_decided_again_by_the_same_rules_is_the_same() {
    let intake = county::child_with("HI");
    let again = replay(&decide(&intake, &rules()), decide(&intake, &rules()));
    assert!(again.is_same());
    assert_eq!(again.causes(), []);
}

#[test]
fn a_record_that_the_same_rules_and_facts_do_not_lead_to_is_told() {
    let intake = county::child_with("HI");
    let mut altered = decide(&intake, &rules());
    altered.outcome = Route::Service { service: county::service("specialist-sen") };
    assert_eq!(replay(&altered, decide(&intake, &rules())).causes(), [Cause::Record]);
}

#[test]
fn another_fact_and_other_rules_are_each_named() {
    let intake = county::child_with("HI");
    let original = decide(&intake, &rules());
    let other = decide(&county::child_with("ASD"), &rules());
    assert_eq!(replay(&original, other).causes(), [Cause::Facts]);

    let none = RuleSet::unwritten();
    assert_eq!(replay(&original, decide(&intake, &none)).causes(), [Cause::Rules]);
}

#[test]
fn rules_of_another_version_that_lead_to_the_same_place_change_nothing() {
    let intake = county::child_with("HI");
    let mut later = rules();
    later.version = 8;
    assert!(replay(&decide(&intake, &rules()), decide(&intake, &later)).is_same());
}
