//! Rules are drafted, told in words, tried on past requests and activated; then they decide.

use crate::county::{ADVISER, Answer, County, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

const ADMIN: &str = "demo-admin";
const COMMISSIONER: &str = "demo-commissioner";
const DRAFTS: &str = "/rulesets/triage/drafts";
const FIRST: &str = "/rulesets/triage/drafts/1";

async fn put(county: &County, key: &str, tag: Option<&str>, rules: &Value) -> Answer {
    let mut request = asking("PUT", key, FIRST);
    if let Some(tag) = tag {
        request = request.header("if-match", tag);
    }
    county.send(request.body(Body::from(rules.to_string())).unwrap()).await
}

/// A draft by which two reviewed cycles are asked for wherever the need is a sensory one.
async fn two_cycles(county: &County) -> Answer {
    let begun = county.post(COMMISSIONER, DRAFTS, &json!({})).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.body);
    let mut rules = begun.body["content"].clone();
    let ways = rules["services"][0]["ways_in"].as_array_mut().unwrap();
    let cycles = json!({"fact": "cycles_completed", "test": "at_least", "values": [2]});
    ways[0]["criteria"].as_array_mut().unwrap().push(cycles);
    put(county, COMMISSIONER, None, &rules).await
}

async fn route(county: &County) -> Value {
    let id = county.submitted(&hearing()).await;
    county.get(ADVISER, &format!("/requests/{id}")).await.body["route"].clone()
}

fn reason() -> Value {
    json!({"reason": "Two reviewed cycles are asked for everywhere."})
}

#[tokio::test]
async fn a_draft_says_in_words_what_it_changes_and_decides_only_once_it_is_activated() {
    let county = County::founded().await;
    assert_eq!(route(&county).await["service"], "sensory-support");
    let saved = two_cycles(&county).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    assert_eq!(saved.body["faults"], json!([]));
    let change = json!([{"service": "sensory-support", "way_in": "sensory-need", "before": null,
        "after": "The number of cycles tried and reviewed is at least 2"}]);
    assert_eq!(saved.body["changes"], change);
    assert_eq!(route(&county).await["service"], "sensory-support");

    let activated = county.post(ADMIN, &format!("{FIRST}/activate"), &reason()).await;
    assert_eq!(activated.status, StatusCode::OK, "{}", activated.body);
    assert_eq!(activated.body["activated_as"], 2);
    assert_eq!(activated.body["changes"], change);
    assert_ne!(route(&county).await["service"], "sensory-support");

    let versions = county.get(ADMIN, "/rulesets/triage/versions").await.body;
    let latest = &versions["items"][0];
    assert_eq!((&latest["version"], &latest["active"]), (&json!(2), &json!(true)));
    assert_eq!((&latest["activated_by"], &latest["of_draft"]), (&json!("demo-admin"), &json!(1)));
    assert_eq!(latest["reason"], reason()["reason"]);
    let seen = county.get("demo-school-900001", "/rulesets/triage/versions").await.body;
    assert_eq!(seen["items"][0]["activated_by"], Value::Null, "schools are told when and why");
    let version = county.get(ADMIN, "/rulesets/triage/versions/2").await.body;
    assert_eq!(version["changes"], change);
    let back = county.get(ADMIN, "/rulesets/triage/versions/1?since=2").await.body;
    assert_eq!(back["changes"][0]["before"], change[0]["after"]);
}

#[tokio::test]
async fn what_a_draft_would_have_done_is_told_in_numbers() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    two_cycles(&county).await;
    let effect = county.get(COMMISSIONER, &format!("{FIRST}/effect")).await;
    assert_eq!(effect.status, StatusCode::OK, "{}", effect.body);
    assert_eq!((&effect.body["decided"], &effect.body["moved"]), (&json!(1), &json!(1)));
    let moved = &effect.body["moves"][0];
    assert_eq!(moved["from"], json!({"kind": "service", "name": "sensory-support"}));
    assert_eq!((&moved["to"]["kind"], &moved["requests"]), (&json!("panel"), &json!(1)));
    assert!(!effect.body.to_string().contains("FD-"), "{}", effect.body);
}

#[tokio::test]
async fn a_draft_with_faults_is_kept_and_not_activated() {
    let county = County::founded().await;
    county.post(ADMIN, DRAFTS, &json!({})).await;
    let rules = json!({"services": [{"service": "sensory-support", "ways_in": [
        {"id": "young", "criteria": [{"fact": "age_years"}]}]}]});
    let saved = put(&county, ADMIN, None, &rules).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let pointers: Vec<_> =
        saved.body["faults"].as_array().unwrap().iter().map(|it| it["pointer"].clone()).collect();
    assert!(pointers.contains(&json!("/services/0/ways_in/0/criteria/0/test")), "{pointers:?}");
    let refused = county.post(ADMIN, &format!("{FIRST}/activate"), &reason()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!(refused.body["errors"], saved.body["faults"]);
    let effect = county.get(ADMIN, &format!("{FIRST}/effect")).await;
    assert_eq!(effect.status, StatusCode::CONFLICT, "{}", effect.body);
    let unreadable = put(&county, ADMIN, None, &json!({"rules": []})).await;
    assert_eq!(unreadable.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unreadable.body);
}

#[tokio::test]
async fn what_is_activated_is_what_was_read_by_an_administrator_and_with_a_reason() {
    let county = County::founded().await;
    let seen = two_cycles(&county).await.headers["etag"].to_str().unwrap().to_owned();
    let activate = format!("{FIRST}/activate");
    let by_another = county.post(COMMISSIONER, &activate, &reason()).await;
    assert_eq!(by_another.status, StatusCode::FORBIDDEN);
    let silent = county.post(ADMIN, &activate, &json!({})).await;
    assert_eq!(silent.body["errors"][0]["pointer"], "/reason", "{}", silent.body);

    let rules = county.get(ADMIN, FIRST).await.body["content"].clone();
    let fewer = json!({"services": [], "panel_for_area": rules["panel_for_area"]});
    put(&county, COMMISSIONER, Some(&seen), &fewer).await;
    let request = asking("POST", ADMIN, &activate).header("if-match", &seen);
    let stale = county.send(request.body(Body::from(reason().to_string())).unwrap()).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);

    assert_eq!(county.post(ADMIN, &activate, &reason()).await.status, StatusCode::OK);
    let again = county.post(ADMIN, &activate, &reason()).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    let late = put(&county, ADMIN, None, &rules).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
}

#[tokio::test]
async fn what_criteria_can_ask_about_is_published() {
    let county = County::founded().await;
    let facts = county.get("demo-school-900001", "/rulesets/triage/facts").await.body;
    let need = facts["items"].as_array().unwrap().iter().find(|it| it["fact"] == "needs.primary");
    let need = need.unwrap();
    assert_eq!(need["kind"], "code");
    assert!(need["values"].as_array().unwrap().iter().any(|it| it["code"] == "HI"), "{need}");
    assert!(need["tests"].as_array().unwrap().iter().all(|it| it["code"] != "at_least"), "{need}");
}
