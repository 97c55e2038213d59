//! A rule set is checked whole: each fault with its pointer, all at once.

use super::*;
use crate::triage::ruleset::ServiceDraft;
use crate::triage::{RuleSetDraft, RuleSetFault};
use serde_json::{Value as Json, json};

/// The faults of the county's rules after one change of their JSON.
fn faults(change: impl FnOnce(&mut Json)) -> Vec<RuleSetFault> {
    let mut draft = serde_json::to_value(county::rules()).unwrap();
    change(&mut draft);
    let draft: RuleSetDraft = serde_json::from_value(draft).unwrap();
    RuleSet::check(&draft, 1).err().unwrap_or_default()
}

#[track_caller]
fn one_fault(pointer: &str, detail: &str, change: impl FnOnce(&mut Json)) {
    let faults = faults(change);
    let [fault] = faults.as_slice() else { panic!("not one fault: {faults:?}") };
    assert_eq!(fault.pointer, pointer);
    assert!(fault.detail.starts_with(detail), "{}", fault.detail);
}

/// A change of the first criterion: `needs.primary`, `any_of`, three needs.
fn criterion(key: &str, value: Json) -> impl FnOnce(&mut Json) {
    move |draft| draft["services"][0]["ways_in"][0]["criteria"][0][key] = value
}

const FIRST: &str = "/services/0/ways_in/0/criteria/0";

#[test]
fn the_rules_of_the_county_have_no_fault() {
    assert_eq!(faults(|_| {}), []);
}

#[test]
fn what_nobody_knows_is_pointed_at() {
    one_fault("/name", "a rule set is named", |draft| draft["name"] = json!("triage-2"));
    one_fault("/mode", "“half” is not one of: automatic", |draft| {
        draft["mode"] = json!("half");
    });
    one_fault("/statutory_service", "a name here is", |draft| {
        draft["statutory_service"] = json!("EHC team");
    });
    one_fault("/panel_only/support_sought/1", "“money” is not one of: advice", |draft| {
        draft["panel_only"]["support_sought"] = json!(["funding", "money"]);
    });
    one_fault("/services/2/service", "a name here is", |draft| {
        draft["services"][2]["service"] = json!("");
    });
    let fact = format!("{FIRST}/fact");
    one_fault(&fact, "“height” is not one of: about", criterion("fact", json!("height")));
    let test = format!("{FIRST}/test");
    one_fault(&test, "“like” is not one of: is", criterion("test", json!("like")));
    let value = format!("{FIRST}/values/1");
    one_fault(&value, "“ADHD” is not one of: SPLD", criterion("values", json!(["HI", "ADHD"])));
}

#[test]
fn a_test_that_does_not_suit_its_fact_is_pointed_at() {
    let test = format!("{FIRST}/test");
    let refused = "“needs.primary” cannot be tested with “all_of”";
    one_fault(&test, refused, criterion("test", json!("all_of")));
}

#[test]
fn a_value_of_the_wrong_type_is_pointed_at() {
    let change = |fact: &'static str, test: &'static str, values: Json| {
        move |draft: &mut Json| {
            draft["services"][0]["ways_in"][0]["criteria"][0] =
                json!({"fact": fact, "test": test, "values": values});
        }
    };
    let value = &format!("{FIRST}/values/0");
    one_fault(value, "a code in quotation marks", change("phase", "is", json!([4])));
    one_fault(value, "a whole number", change("age_years", "is", json!(["nine"])));
    one_fault(value, "true or false", change("looked_after", "is", json!(["yes"])));
}

#[test]
fn the_number_of_values_suits_the_test() {
    let values = &format!("{FIRST}/values");
    one_fault(values, "“any_of” takes at least one value", criterion("values", json!([])));
    one_fault(values, "“is” takes exactly one value", criterion("test", json!("is")));
}

#[test]
fn a_way_in_has_criteria_and_a_name_of_its_own() {
    one_fault("/services/0/ways_in/0/criteria", "without a criterion", |draft| {
        draft["services"][0]["ways_in"][0]["criteria"] = json!([]);
    });
    one_fault("/services/0/ways_in/1/id", "another way in has this id", |draft| {
        draft["services"][0]["ways_in"][1]["id"] = json!("sensory-need");
    });
}

#[test]
fn every_area_has_a_panel_and_no_other_place_has() {
    one_fault("/panel_for_area", "the area “semh” has no panel", |draft| {
        draft["panel_for_area"].as_object_mut().unwrap().remove("semh");
    });
    one_fault("/panel_for_area/semh", "a name here is", |draft| {
        draft["panel_for_area"]["semh"] = json!("S E M H");
    });
    one_fault("/panel_for_area/a~1b~0c", "“a/b~c” is not one of", |draft| {
        draft["panel_for_area"]["a/b~c"] = json!("semh");
    });
}

#[test]
fn a_service_is_listed_once_and_the_statutory_one_by_law() {
    let again = |service: &str| {
        let service = service.to_owned();
        move |draft: &mut Json| {
            let mut listed = draft["services"][0].clone();
            listed["service"] = json!(service);
            draft["services"].as_array_mut().unwrap().push(listed);
        }
    };
    let last = "/services/11/service";
    one_fault(last, "this service is listed before", again("sensory-support"));
    one_fault(last, "the law says who gets into the statutory service", again("statutory-sen"));
}

#[test]
fn all_faults_are_found_at_once() {
    let faults = faults(|draft| {
        draft["mode"] = json!("half");
        draft["panel_for_area"]["semh"] = json!("?");
        criterion("fact", json!("height"))(draft);
        draft["services"][3]["ways_in"][0]["criteria"] = json!([]);
    });
    let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/mode",
            "/panel_for_area/semh",
            "/services/0/ways_in/0/criteria/0/fact",
            "/services/3/ways_in/0/criteria"
        ]
    );
}

#[test]
fn a_fault_says_where_and_what() {
    let fault = RuleSetFault { pointer: "/mode".to_owned(), detail: "no such mode".to_owned() };
    assert_eq!(fault.to_string(), "/mode: no such mode");
}

#[test]
fn an_unknown_field_is_not_passed_over() {
    let misspelt = json!({"service": "sensory-support", "way_in": []});
    assert!(serde_json::from_value::<ServiceDraft>(misspelt).is_err());
}
