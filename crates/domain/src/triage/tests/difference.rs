//! What a draft changes is said in sentences, each beside the one that it takes the place of.

use super::*;
use crate::triage::{Difference, RuleSetDraft};
use serde_json::{Value as Json, json};

fn changed(change: impl FnOnce(&mut Json)) -> Vec<Difference> {
    let before = county::rules();
    let mut after = serde_json::to_value(&before).unwrap();
    change(&mut after);
    let after: RuleSetDraft = serde_json::from_value(after).unwrap();
    after.since(&before)
}

#[test]
fn the_same_rules_have_no_difference() {
    assert_eq!(changed(|_| {}), []);
}

#[test]
fn a_criterion_stands_beside_the_one_about_the_same_fact() {
    let first = json!({"fact": "needs.primary", "test": "any_of", "values": ["HI"]});
    let different = changed(|rules| {
        rules["services"][0]["ways_in"][0]["criteria"][0] = first;
    });
    let [it] = different.as_slice() else { panic!("{different:?}") };
    assert_eq!(it.after.as_deref(), Some("The primary need is hearing impairment"));
    assert!(it.before.as_ref().unwrap().starts_with("The primary need is"));
    assert!(it.service.is_some() && it.way_in.is_some());
}

#[test]
fn a_way_in_that_is_new_and_a_service_that_is_gone_are_told_whole() {
    let different = changed(|rules| {
        let way = json!({"id": "young", "criteria": [
            {"fact": "age_years", "test": "at_most", "values": [4]},
            {"fact": "looked_after", "test": "is", "values": [true]},
        ]});
        rules["services"][0]["ways_in"].as_array_mut().unwrap().push(way);
    });
    let [it] = different.as_slice() else { panic!("{different:?}") };
    assert_eq!(it.before, None);
    assert_eq!(
        it.after.as_deref(),
        Some("The child's age in years is at most 4, and the child is looked after")
    );
    let gone = changed(|rules| rules["services"] = json!([]));
    assert!(gone.len() >= county::rules().services.len());
    assert!(gone.iter().all(|it| it.after.is_none() && it.before.is_some()));
}

#[test]
fn what_holds_for_all_services_is_told_without_one() {
    let different = changed(|rules| {
        rules["mode"] = json!("assisted");
        rules["panel_for_area"]["semh"] = json!("behaviour");
    });
    let after: Vec<_> = different.iter().filter_map(|it| it.after.clone()).collect();
    assert_eq!(after.len(), 2);
    assert!(after[0].starts_with("The rules recommend"), "{after:?}");
    assert!(after[1].ends_with("is “behaviour”"), "{after:?}");
}

#[test]
fn a_criterion_that_is_not_whole_yet_is_told_as_that() {
    let way = json!({"id": "later", "criteria": [{"fact": "age_years"}]});
    let different = changed(|rules| {
        rules["services"][0]["ways_in"].as_array_mut().unwrap().push(way);
    });
    let said = different[0].after.clone().unwrap();
    assert_eq!(said, "The child's age in years: not said yet");
}
