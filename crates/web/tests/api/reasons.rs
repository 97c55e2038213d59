//! Why something was done: who may know, and what may stand in the log in the clear.

use crate::county::{ADVISER, County, OURS, SERVICE, hearing};
use axum::http::StatusCode;
use serde_json::{Value, json};

const WORDS: &str = "Ivy Firle is too young";

fn because(criteria: &[&str]) -> Value {
    json!({"reason": {"code": "other", "criteria": criteria, "text": "We spoke."}})
}

async fn events(county: &County, key: &str, id: &str, name: &str) -> Vec<Value> {
    let timeline = county.get(key, &format!("/requests/{id}/timeline")).await.body;
    let items = timeline["items"].as_array().unwrap().clone();
    items.into_iter().filter(|event| event["type"] == name).collect()
}

#[tokio::test]
async fn criteria_in_words_of_ones_own_are_sealed_and_those_of_the_rule_set_are_counted() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let said = because(&["sensory-support/sensory-need", WORDS]);
    let declined = county.act(SERVICE, &id, "decline", &said).await;
    assert_eq!(declined.status, StatusCode::OK, "{}", declined.body);
    for key in [OURS, ADVISER] {
        let event = &events(&county, key, &id, "request.declined").await[0];
        let reason = json!({"code": "other", "criteria": ["sensory-support/sensory-need"]});
        assert_eq!(event["data"]["reason"], reason);
        assert_eq!(event["words"], json!({"text": "We spoke.", "criteria": [WORDS]}));
    }
    let event = &events(&county, "demo-auditor", &id, "request.declined").await[0];
    assert!(!event.to_string().contains("Ivy"), "{event}");
    let log = county.get("demo-auditor", "/audit/events?limit=200").await.body;
    assert!(log.to_string().contains("request.declined") && !log.to_string().contains("Ivy"));
}

#[tokio::test]
async fn criteria_in_words_of_ones_own_are_criteria() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let declined = county.act(SERVICE, &id, "decline", &because(&[WORDS])).await;
    assert_eq!(declined.status, StatusCode::OK, "{}", declined.body);
}

#[tokio::test]
async fn a_school_is_not_told_why_people_assign_and_overrule() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let panel = county.act(ADVISER, &id, "refer-to-panel", &because(&["too_complex", WORDS])).await;
    assert_eq!(panel.status, StatusCode::OK, "{}", panel.body);
    for (name, member) in [("request.routed", "reason"), ("request.assigned", "because")] {
        let inside = events(&county, ADVISER, &id, name).await;
        assert!(inside.iter().any(|event| !event["data"][member].is_null()), "{inside:?}");
        for event in events(&county, OURS, &id, name).await {
            assert!(event["data"].get(member).is_none(), "{event}");
            assert_eq!(event["words"], Value::Null);
        }
    }
}
