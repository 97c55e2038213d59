//! A school's eye: what it could see at a moment, and never more.

use super::{AUDITOR, DPO, Life, done};
use crate::county::{ADVISER, County, OURS, hearing};
use axum::http::StatusCode;
use serde_json::{Value, json};

async fn seen(county: &County, key: &str, id: &str, query: &str) -> Value {
    let answer = county.get(key, &format!("/audit/requests/{id}/seen-by?{query}")).await;
    done(&answer);
    answer.body
}

fn types(lines: &Value) -> Vec<String> {
    lines.as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_a_school_sees_now_is_what_it_is_answered() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    let advice = json!({"kind": "advice", "text": "Sit her in front."});
    county.act(ADVISER, &life.id, "advise", &advice).await;
    let seen = seen(&county, DPO, &life.id, "school_urn=900001").await;
    assert_eq!((&seen["visible"], &seen["school_name"]), (&json!(true), &json!("School 900001")));

    let own = |path: &str| format!("/requests/{}{path}", life.id);
    let read = county.get(OURS, &own("")).await.body;
    for (member, value) in read.as_object().unwrap() {
        if member != "actions" {
            assert_eq!(&seen["request"][member], value, "{member}");
        }
    }
    let timeline = county.get(OURS, &own("/timeline")).await.body["items"].take();
    let mut lines = seen["timeline"].clone();
    for line in lines.as_array_mut().unwrap() {
        let why = line.as_object_mut().unwrap().remove("why").unwrap();
        assert!(!why.as_str().unwrap().is_empty());
    }
    assert_eq!(lines, timeline);
    assert_eq!(seen["triage"], county.get(OURS, &own("/triage")).await.body);
    assert_eq!(seen["clocks"], county.get(OURS, &own("/clocks")).await.body["clocks"]);
}

#[tokio::test]
async fn what_a_school_saw_then_is_less_than_it_sees_now() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    let then = seen(&county, AUDITOR, &life.id, "school_urn=900001&at=2026-11-20T10:00:00Z").await;
    assert_eq!(then["request"]["status"], "awaiting_information");
    assert!(!types(&then["timeline"]).contains(&"request.accepted".to_owned()));
    let before = format!("school_urn=900001&position={}", life.received - 10);
    let before = seen(&county, AUDITOR, &life.id, &before).await;
    assert_eq!((&before["visible"], &before["request"]), (&json!(false), &Value::Null));
    assert!(before["why"].as_str().unwrap().contains("not been received"));
}

#[tokio::test]
async fn an_internal_note_is_withheld_at_every_moment_and_it_is_said_why() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    for position in life.received..=county.engine.head() {
        let query = format!("school_urn=900001&position={position}");
        let seen = seen(&county, DPO, &life.id, &query).await;
        assert!(!seen.to_string().contains("Between us"), "{position}");
        assert!(!types(&seen["timeline"]).contains(&"request.noted".to_owned()), "{position}");
    }
    let now = seen(&county, AUDITOR, &life.id, "school_urn=900001").await;
    let note = now["withheld"].as_array().unwrap().last().unwrap();
    assert_eq!(note["position"], life.noted);
    assert!(note["why"].as_str().unwrap().contains("internal note"));
}

#[tokio::test]
async fn another_school_could_see_nothing_and_the_auditor_is_told_so() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let seen = seen(&county, DPO, &id, "school_urn=900002").await;
    assert_eq!(seen["visible"], false);
    assert!(seen["why"].as_str().unwrap().contains("another school"));
    assert_eq!((&seen["timeline"], &seen["withheld"]), (&json!([]), &json!([])));
    assert!(!seen.to_string().contains("Firle"));
}

#[tokio::test]
async fn a_school_is_named_and_is_one() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    for query in ["", "school_urn=123456", "school_urn=x", "school_urn=900001&at=2031-01-01"] {
        let answer = county.get(AUDITOR, &format!("/audit/requests/{id}/seen-by?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}: {}", answer.body);
    }
    let path = format!("/audit/requests/{id}/seen-by?school_urn=900001");
    assert_eq!(county.get(OURS, &path).await.status, StatusCode::FORBIDDEN);
}
