//! The past, as an auditor asks about it: how a request stood, what proves it, what changed.

mod entries;
mod figures;
mod replay;
mod seen_by;

use crate::county::{ADVISER, Answer, County, OURS, SERVICE, without_consent};
use axum::http::StatusCode;
use log::{CheckpointSigner, CheckpointVerifier};
use serde_json::{Value, json};

pub(crate) const AUDITOR: &str = "demo-auditor";
pub(crate) const DPO: &str = "demo-dpo";

/// A request that waited a day for consent, was then accepted and is noted on; with the positions
/// after each step.
pub(crate) struct Life {
    pub(crate) id: String,
    pub(crate) received: u64,
    pub(crate) supplied: u64,
    pub(crate) noted: u64,
}

impl Life {
    pub(crate) async fn lived(county: &County) -> Self {
        let id = county.submitted(&without_consent()).await;
        let received = county.engine.head();
        county.clock.set("2026-11-23T10:00:00Z".parse().unwrap());
        let consent = json!({"consent": {"given": true, "by": "parent", "on": "2026-11-22"}});
        done(&county.act(OURS, &id, "supply-information", &consent).await);
        let supplied = county.engine.head();
        county.clock.set("2026-11-24T10:00:00Z".parse().unwrap());
        done(&county.act(SERVICE, &id, "accept", &json!({})).await);
        done(&county.act(ADVISER, &id, "note", &json!({"text": "Between us alone."})).await);
        let noted = county.engine.head();
        Self { id, received, supplied, noted }
    }
}

pub(crate) fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

async fn as_at(county: &County, key: &str, id: &str, moment: &str) -> Value {
    let answer = county.get(key, &format!("/audit/requests/{id}?{moment}")).await;
    done(&answer);
    answer.body
}

fn types(body: &Value) -> Vec<&str> {
    body["events"].as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_request_is_shown_as_it_stood_at_a_position_or_at_an_instant() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    let then = as_at(&county, AUDITOR, &life.id, &format!("position={}", life.received)).await;
    assert_eq!(then["status"], "awaiting_information");
    assert_eq!(then["missing"], json!(["consent"]));
    assert_eq!(then["position"], life.received);
    assert_eq!(then["clocks"][1]["state"], "paused");
    assert_eq!(types(&then).last(), Some(&"request.assigned"));

    let later = as_at(&county, AUDITOR, &life.id, "as_at=2026-11-23T10:00:00Z").await;
    assert_eq!(later["position"], life.supplied);
    assert_eq!(later["status"], "with_service");
    assert_eq!(later["triage"]["outcome"]["service"], "sensory-support");

    let now = as_at(&county, AUDITOR, &life.id, "").await;
    assert_eq!(now["position"], life.noted);
    let read = county.get(AUDITOR, &format!("/requests/{}", life.id)).await.body;
    for (member, value) in read.as_object().unwrap() {
        if member != "actions" {
            assert_eq!(&now[member], value, "{member}");
        }
    }
}

#[tokio::test]
async fn the_checkpoint_of_a_moment_is_of_the_log_up_to_there_and_verifies() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    let then = as_at(&county, AUDITOR, &life.id, &format!("position={}", life.supplied)).await;
    let key = CheckpointSigner::new("test.example/log", &[7; 32]).unwrap().public_key();
    let verifier = CheckpointVerifier::new("test.example/log", &[key]).unwrap();
    let note = then["checkpoint"]["note"].as_str().unwrap();
    let head = verifier.verify_note(note.as_bytes()).unwrap();
    assert_eq!(head.size, life.supplied);
    assert_eq!(head.root, county.engine.log().root(life.supplied).await.unwrap());
}

#[tokio::test]
async fn names_are_for_who_may_see_them_and_the_reading_is_on_record() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    let moment = format!("position={}", life.noted);
    let blind = as_at(&county, AUDITOR, &life.id, &moment).await;
    assert!(!blind.to_string().contains("Firle"), "{blind}");
    assert!(!blind.to_string().contains("Between us"), "{blind}");
    assert!(!county.accesses().contains("read_request_as_at"));
    let named = as_at(&county, DPO, &life.id, &moment).await;
    assert_eq!(named["child"]["family_name"], "Firle");
    assert!(county.accesses().contains("read_request_as_at"));
}

#[tokio::test]
async fn a_moment_that_is_none_is_a_fault_of_the_question() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    let before = life.received - 10;
    for (moment, pointer) in [
        ("as_at=2026-11-23&position=3".to_owned(), "position"),
        ("position=0".to_owned(), "position"),
        ("position=100000".to_owned(), "position"),
        (format!("position={before}"), "position"),
        ("as_at=2019-01-01T00:00:00Z".to_owned(), "as_at"),
        ("as_at=2027-01-01T00:00:00Z".to_owned(), "as_at"),
        ("as_at=yesterday".to_owned(), "as_at"),
        ("when=now".to_owned(), "when"),
    ] {
        let answer = county.get(AUDITOR, &format!("/audit/requests/{}?{moment}", life.id)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{moment}: {}", answer.body);
        assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{moment}");
    }
    let unknown = format!("/audit/requests/{}", uuid::Uuid::nil());
    assert_eq!(county.get(AUDITOR, &unknown).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_difference_names_what_changed_and_the_events_that_changed_it() {
    let county = County::founded().await;
    let life = Life::lived(&county).await;
    let (from, to) = (life.received, life.supplied);
    let path = format!("/audit/requests/{}/difference?from={from}&to={to}", life.id);
    let answer = county.get(AUDITOR, &path).await;
    done(&answer);
    let changes = answer.body["changes"].as_array().unwrap();
    let of = |pointer: &str| changes.iter().find(|it| it["pointer"] == pointer).unwrap();
    assert_eq!(of("/status")["before"], "awaiting_information");
    assert_eq!(of("/status")["after"], "with_service");
    assert!(types(&answer.body).contains(&"request.information_supplied"));
    assert!(!types(&answer.body).contains(&"request.received"));

    let back = format!("/audit/requests/{}/difference?from={to}&to={from}", life.id);
    let refused = county.get(AUDITOR, &back).await;
    assert_eq!(refused.body["errors"][0]["pointer"], "to");
}
