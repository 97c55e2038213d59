//! What a submission may say, and what it is told when it says something wrong.

use super::{Read, read};
use crate::problem::Problem;
use domain::desk::Desk;
use serde_json::{Value, json};

fn reading(body: &Value) -> Result<Read, Problem> {
    let now = "2026-11-23T09:30:00Z".parse().unwrap();
    read(body, now, true, &Desk::default())
}

fn least() -> Value {
    json!({
        "about": "child",
        "requested_by": {"name": "R. Hughes", "role": "SENCO"},
        "child": {"given_name": "Ivy", "family_name": "Firle", "date_of_birth": "2017-04-09"},
        "needs": {"primary": "HI"},
        "support_sought": ["advice"],
    })
}

/// The least body with one member put in its place.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = least();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[name] = value;
    body
}

#[track_caller]
fn refused_at(body: &Value, pointers: &[&str]) {
    let problem = reading(body).map(|_| ()).unwrap_err();
    let found: Vec<_> = problem.errors.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(found, pointers, "{:?}", problem.errors);
}

#[test]
fn the_least_that_can_be_said_is_enough() {
    let read = reading(&least()).unwrap();
    assert_eq!(read.submission.intake.child.unwrap().age_years, Some(9));
    assert!(read.submission.intake.consent.is_none());
}

#[test]
fn every_fault_is_found_at_once() {
    let body = json!({
        "about": "pupil",
        "requested_by": {"name": " "},
        "child": {"given_name": "Ivy\u{7}", "date_of_birth": "09/04/2017", "year_group": 14,
            "upn": "B801200005002", "shoe_size": 3},
        "needs": {"primary": "ADHD"},
        "support_sought": [],
        "tried": [{"started": "2026-02-30", "outcome": "none"}],
        "provision": [{"hours_per_week": 169, "weeks_per_year": "38",
            "cost_per_hour": {"pence": 100_001}}],
        "consent": {"given": "yes"},
        "urgent": true,
    });
    refused_at(
        &body,
        &[
            "/requested_by/name",
            "/requested_by/role",
            "/about",
            "/child/given_name",
            "/child/family_name",
            "/child/date_of_birth",
            "/child/upn",
            "/child/year_group",
            "/child/shoe_size",
            "/needs/primary",
            "/tried/0/started",
            "/tried/0/outcome",
            "/provision/0/hours_per_week",
            "/provision/0/weeks_per_year",
            "/provision/0/cost_per_hour/pence",
            "/consent/given",
            "/support_sought",
            "/urgent",
        ],
    );
}

#[test]
fn a_request_about_a_child_says_who_and_which_need() {
    let body = json!({
        "about": "child",
        "requested_by": {"name": "R. Hughes", "role": "SENCO"},
        "support_sought": ["advice"],
    });
    refused_at(&body, &["/child", "/needs/primary"]);
}

#[test]
fn a_request_about_a_school_names_no_child() {
    let mut body = least();
    body["about"] = json!("school");
    refused_at(&body, &["/child"]);
    body.as_object_mut().unwrap().remove("child");
    assert!(reading(&body).is_ok());
}

#[test]
fn what_is_null_is_left_out() {
    assert!(reading(&with("/child/upn", Value::Null)).is_ok());
    refused_at(&with("/requested_by/name", Value::Null), &["/requested_by/name"]);
}

#[test]
fn days_that_are_still_to_come_are_refused() {
    refused_at(&with("/child/date_of_birth", json!("2026-11-24")), &["/child/date_of_birth"]);
    refused_at(&with("/consent", json!({"given": true, "on": "2026-11-24"})), &["/consent/on"]);
    let tried = json!([{"started": "2026-09-01", "reviewed": "2026-08-01"}]);
    refused_at(&with("/tried", tried), &["/tried/0/reviewed"]);
}

#[test]
fn consent_can_be_refused_or_dispensed_with() {
    let refused = reading(&with("/consent", json!({"given": false}))).unwrap();
    assert!(!refused.submission.intake.missing().is_empty());
    let reason = json!({"override_reason": "A strategy meeting decided so."});
    let overridden = reading(&with("/consent", reason)).unwrap();
    assert!(overridden.submission.intake.missing().is_empty());
    refused_at(&with("/consent", json!({})), &["/consent/given"]);
}

#[test]
fn something_that_is_no_object_is_told_so() {
    refused_at(&json!([1]), &[""]);
    refused_at(&with("/child", json!("Ivy")), &["/child"]);
}

#[test]
fn the_same_code_twice_is_that_code_once() {
    let read = reading(&with("/support_sought", json!(["advice", "advice"]))).unwrap();
    assert_eq!(read.submission.intake.support_sought.len(), 1);
}

#[test]
fn no_fault_repeats_what_was_sent_in_a_personal_field() {
    let mut body = with("/child/upn", json!("B801200005002"));
    body["child"]["given_name"] = json!("Ivy\u{0}Secret");
    let told = serde_json::to_string(&reading(&body).map(|_| ()).unwrap_err()).unwrap();
    assert!(!told.contains("Secret") && !told.contains("B8012"), "{told}");
}

/// The names a reader asked for, as it tells them to whoever sends an unknown one.
fn asked_for(body: &Value, pointer: &str) -> Vec<String> {
    let problem = reading(body).map(|_| ()).unwrap_err();
    let at = format!("{pointer}/no_such_field");
    let fault = problem.errors.iter().find(|fault| fault.pointer == at).unwrap();
    let (_, names) = fault.detail.split_once("there are: ").unwrap();
    let mut names: Vec<_> = names.split(", ").map(str::to_owned).collect();
    names.sort_unstable();
    names
}

#[test]
fn the_description_names_exactly_the_fields_that_are_read() {
    let description = serde_json::to_value(crate::openapi()).unwrap();
    for (pointer, schema) in [
        ("", "SubmitBody"),
        ("/requested_by", "ContactBody"),
        ("/child", "ChildBody"),
        ("/needs", "NeedsBody"),
        ("/tried/0", "CycleBody"),
        ("/provision/0", "ProvisionBody"),
        ("/consent", "ConsentBody"),
    ] {
        let mut body = least();
        body["tried"] = json!([{}]);
        body["provision"] = json!([{}]);
        body["consent"] = json!({"given": true});
        body.pointer_mut(pointer).unwrap()["no_such_field"] = json!(1);
        let properties = &description["components"]["schemas"][schema]["properties"];
        let mut described: Vec<_> = properties.as_object().unwrap().keys().cloned().collect();
        described.sort_unstable();
        assert_eq!(asked_for(&body, pointer), described, "{schema}");
    }
}

#[test]
fn the_example_of_the_description_can_be_submitted() {
    let description = serde_json::to_value(crate::openapi()).unwrap();
    let mut example = description["components"]["schemas"]["SubmitBody"]["example"].clone();
    example.as_object_mut().unwrap().remove("school_urn");
    assert!(reading(&example).is_ok(), "{:?}", reading(&example).map(|_| ()).unwrap_err());
}
