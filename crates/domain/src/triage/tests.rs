//! What the rules say, against the published order of the decision and the county's own rules.

mod criteria;
mod difference;
mod english;
mod faults;
mod order;
mod replay;
mod sample;
mod second_opinion;

use super::{Facts, RuleSet, Triage};
use crate::county;
use crate::intake::Intake;
use crate::school::School;

/// The county's rules, checked.
fn rules() -> RuleSet {
    RuleSet::check(&county::rules(), 7).unwrap()
}

fn primary_school() -> School {
    county::desk().schools[&county::PRIMARY_SCHOOL].clone()
}

/// What these rules say of a request from the primary school.
fn decide(intake: &Intake, rules: &RuleSet) -> Triage {
    let ours = "865".parse().unwrap();
    Triage::decide(intake, Facts::of(intake, &primary_school()), rules, Some(&ours))
}
