//! Decisions replayed: by the rules of their day the same, by others explained.

use super::{AUDITOR, Life, done};
use crate::county::{County, hearing};
use axum::http::StatusCode;
use domain::desk::DeskCommand;
use serde_json::{Value, json};

async fn replay(county: &County, id: &str, query: &str) -> Value {
    let answer = county.get(AUDITOR, &format!("/audit/requests/{id}/triage/replay{query}")).await;
    done(&answer);
    answer.body
}

/// Rules by which nobody takes what the sensory service takes, from now on.
pub(super) async fn other_rules(county: &County) {
    let rules = include_str!("../../../../frontdoor/county/ruleset-triage.json");
    let mut rules: Value = serde_json::from_str(rules).unwrap();
    let services = rules["services"].as_array_mut().unwrap();
    services.retain(|it| it["service"] != "sensory-support");
    let command = DeskCommand::ActivateRules(serde_json::from_value(rules).unwrap());
    county.engine.configure(&crate::county::by_set_up_as(77), vec![command]).await.unwrap();
}

#[tokio::test]
async fn every_triage_of_a_request_comes_out_as_recorded_whatever_the_rules_are_now() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    other_rules(&county).await;
    let replayed = replay(&county, &life.id, "").await;
    assert_eq!(replayed["same"], true, "{replayed}");
    assert_eq!(replayed["original"], replayed["replayed"]);
    assert_eq!(replayed["differences"], json!([]));
    assert_eq!(replayed["ruleset_version"], 1);
    assert_eq!(replayed["facts_from"], "sealed");
    let outcomes = replayed["triages"].as_array().unwrap().iter();
    let outcomes: Vec<_> = outcomes.map(|it| it["original"]["outcome"]["kind"].clone()).collect();
    assert_eq!(outcomes, ["information", "service"]);

    let first = replayed["triages"][0]["position"].as_u64().unwrap();
    let first = replay(&county, &life.id, &format!("?position={first}")).await;
    assert_eq!(first["original"]["outcome"]["kind"], "information");
}

#[tokio::test]
async fn by_rules_of_another_version_it_is_said_what_differs_and_why() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    other_rules(&county).await;
    let replayed = replay(&county, &id, "?ruleset_version=2").await;
    assert_eq!(replayed["same"], false);
    assert_eq!(replayed["causes"], json!(["rules"]));
    let differences = replayed["differences"].as_array().unwrap();
    let kind = differences.iter().find(|it| it["pointer"] == "/outcome/kind").unwrap();
    assert_eq!((&kind["before"], &kind["after"]), (&json!("service"), &json!("panel")));
    let unknown = format!("/audit/requests/{id}/triage/replay?ruleset_version=9");
    let unknown = county.get(AUDITOR, &unknown).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.body["errors"][0]["pointer"], "ruleset_version");
}

#[tokio::test]
async fn an_erased_child_is_replayed_from_codes_and_a_reading_is_on_record_where_one_was_needed() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    replay(&county, &id, "").await;
    assert!(county.accesses().contains("replay_triage"));
    let read = county.get("demo-adviser", &format!("/requests/{id}")).await;
    let child = read.body["child"]["id"].as_str().unwrap().to_owned();
    done(&county.post("demo-dpo", &format!("/children/{child}/erase"), &json!({})).await);
    let replayed = replay(&county, &id, "").await;
    assert_eq!(replayed["same"], true);
    assert_eq!(replayed["facts_from"], "codes");
}

#[tokio::test]
async fn a_period_is_replayed_whole_and_what_differs_is_listed_page_by_page() {
    let county = County::founded().await;
    for _ in 0..3 {
        county.submitted(&hearing()).await;
    }
    let all = county.get(AUDITOR, "/audit/triage/replay?from=2026-11-20&to=2026-11-20").await;
    done(&all);
    assert_eq!((&all.body["replayed"], &all.body["same"]), (&json!(3), &json!(3)));
    assert_eq!(all.body["items"], json!([]));
    let none = county.get(AUDITOR, "/audit/triage/replay?to=2026-11-19").await;
    assert_eq!(none.body["replayed"], 0);

    other_rules(&county).await;
    let path = "/audit/triage/replay?ruleset_version=2&limit=2";
    let page = county.get(AUDITOR, path).await.body;
    assert_eq!((&page["different"], page["items"].as_array().unwrap().len()), (&json!(3), 2));
    let cursor = page["next"].as_str().unwrap();
    let rest = county.get(AUDITOR, &format!("{path}&cursor={cursor}")).await.body;
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
}
