//! Who looked at whom: a child's record, an account's, and what is unusual.

use crate::county::{ADVISER, County, OURS, hearing};
use axum::http::StatusCode;
use serde_json::{Value, json};

const DPO: &str = "demo-dpo";

/// A county in which an adviser read a request; with the request and its child.
async fn read_once() -> (County, String, String) {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let read = county.get(ADVISER, &format!("/requests/{id}")).await;
    let child = read.body["child"]["id"].as_str().unwrap().to_owned();
    (county, id, child)
}

async fn report(county: &County, key: &str, query: &str) -> Value {
    let answer = county.get(key, &format!("/audit/access?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

fn entries(report: &Value) -> Vec<u64> {
    let items = report["items"].as_array().unwrap();
    items.iter().map(|item| item["entry"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn who_looked_at_a_child_is_told_with_role_operation_and_reason() {
    let (county, _, child) = read_once().await;
    let report = report(&county, DPO, &format!("child={child}")).await;
    let look = &report["items"][0];
    assert_eq!((&look["who"], &look["role"]), (&json!("demo-adviser"), &json!("adviser")));
    assert_eq!(look["operation"], "read_request");
    assert_eq!(look["at"], "2026-11-20T10:00:00Z");
    assert_eq!(look["children"], json!([child]));
    assert_ne!(look["why"], "");
    assert_eq!(report["next"], Value::Null);
    assert!(!report.to_string().contains("Firle"), "{report}");
}

#[tokio::test]
async fn the_auditor_reads_the_same_and_reading_the_record_adds_nothing_to_it() {
    let (county, _, child) = read_once().await;
    let before = county.accesses();
    let by_auditor = report(&county, "demo-auditor", &format!("child={child}")).await;
    assert_eq!(by_auditor, report(&county, DPO, &format!("child={child}")).await);
    assert_eq!(county.accesses(), before);
}

#[tokio::test]
async fn what_somebody_looked_at_is_told_in_pages_the_newest_first() {
    let (county, id, child) = read_once().await;
    for _ in 0..3 {
        county.get(ADVISER, &format!("/requests/{id}")).await;
    }
    county.get(OURS, &format!("/requests/{id}")).await;
    let all = entries(&report(&county, DPO, "actor=demo-adviser").await);
    assert_eq!(all.len(), 4);
    assert!(all.is_sorted_by(|newer, older| newer > older), "{all:?}");
    let first = report(&county, DPO, "actor=demo-adviser&limit=3").await;
    let next = first["next"].as_str().unwrap();
    let rest = format!("actor=demo-adviser&limit=3&cursor={next}");
    let rest = report(&county, DPO, &rest).await;
    assert_eq!([entries(&first), entries(&rest)].concat(), all);
    assert_eq!(rest["next"], Value::Null);
    let both = format!("actor=demo-adviser&child={child}&operation=read_timeline");
    assert_eq!(entries(&report(&county, DPO, &both).await), [0; 0]);
}

#[tokio::test]
async fn a_period_is_asked_for_by_instants_or_by_days() {
    let (county, id, child) = read_once().await;
    county.clock.set("2026-11-24T09:00:00Z".parse().unwrap());
    county.get(ADVISER, &format!("/requests/{id}")).await;
    let of = |query: &str| format!("child={child}&actor=demo-adviser&{query}");
    for (query, count) in [
        ("", 2),
        ("from=2026-11-21", 1),
        ("to=2026-11-20", 1),
        ("from=2026-11-20T10:00:01Z&to=2026-11-24T09:00:00Z", 0),
    ] {
        assert_eq!(entries(&report(&county, DPO, &of(query)).await).len(), count, "{query}");
    }
}

#[tokio::test]
async fn looks_at_the_same_child_under_another_pseudonym_are_found_too() {
    let (county, id, child) = read_once().await;
    let other = county.submitted(&hearing()).await;
    let linked = json!({"request": other});
    let done = county.act(ADVISER, &id, "link-child", &linked).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    county.get(ADVISER, &format!("/requests/{other}/timeline")).await;
    let query = format!("child={child}&operation=read_timeline");
    assert_eq!(entries(&report(&county, DPO, &query).await).len(), 1);
}

#[tokio::test]
async fn a_question_about_nobody_or_in_unknown_words_is_refused() {
    let (county, _, _) = read_once().await;
    for (query, pointer) in [
        ("", "child"),
        ("from=2026-11-20", "child"),
        ("child=ivy", "child"),
        ("actor=ada&cursor=x", "cursor"),
        ("actor=ada&since=2026-11-20", "since"),
    ] {
        let answer = county.get(DPO, &format!("/audit/access?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{query}");
        assert_eq!(answer.body["errors"].as_array().unwrap().len(), 1, "{query}");
    }
}

#[tokio::test]
async fn reading_at_night_and_without_a_task_is_shown_with_the_reason() {
    let (county, id, child) = read_once().await;
    let quiet = county.get(DPO, "/audit/access/unusual").await;
    assert_eq!(quiet.body["findings"], json!([]), "{}", quiet.body);
    county.clock.set("2026-11-20T23:30:00Z".parse().unwrap());
    for _ in 0..2 {
        county.get(ADVISER, &format!("/requests/{id}/timeline")).await;
    }
    county.clock.set("2026-11-23T09:00:00Z".parse().unwrap());
    let found = county.get(DPO, "/audit/access/unusual").await.body;
    let rules: Vec<_> =
        found["findings"].as_array().unwrap().iter().map(|it| &it["rule"]).collect();
    assert_eq!(rules, ["outside_hours", "no_task"], "{found}");
    let night = &found["findings"][0];
    assert_eq!((&night["who"], &night["count"]), (&json!("demo-adviser"), &json!(2)));
    assert_eq!(night["children"], json!([child]));
    assert_eq!(found["rules"]["no_task_least_looks"], 3);

    // Whoever does something about the request has a task.
    county.act(ADVISER, &id, "note", &json!({"text": "Rang the school."})).await;
    let found = county.get("demo-auditor", "/audit/access/unusual?from=2026-11-20").await.body;
    let rules: Vec<_> =
        found["findings"].as_array().unwrap().iter().map(|it| &it["rule"]).collect();
    assert_eq!(rules, ["outside_hours"], "{found}");
}

#[tokio::test]
async fn a_search_by_name_is_on_record_with_everybody_it_found() {
    let (county, _, child) = read_once().await;
    county.get(ADVISER, "/requests?q=Firle").await;
    let looks = report(&county, DPO, &format!("child={child}&actor=demo-adviser")).await;
    let whys: Vec<_> = looks["items"].as_array().unwrap().iter().map(|it| &it["why"]).collect();
    assert!(whys.contains(&&json!("search by name")), "{looks}");
}
