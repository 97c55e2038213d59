//! Every answer that names a child was written down first; and when it cannot be written down,
//! nothing is answered. Shown for every GET of the description, so that a new one is not missed.

use crate::county::{ADVISER, Answer, County, OURS, SERVICE, hearing};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A family name that stands nowhere else.
const CANARY: &str = "Zanziquorn";
const KEYS: [&str; 5] = ["demo-dpo", ADVISER, "demo-coordinator", OURS, SERVICE];

/// What the paths of the description are filled in with.
type Places = BTreeMap<&'static str, Vec<String>>;

async fn canary() -> (County, Places) {
    let county = County::founded().await;
    let mut body = hearing();
    body["child"]["family_name"] = json!(CANARY);
    body["summary"] = json!(format!("{CANARY} cannot hear the bell."));
    let id = county.submitted(&body).await;
    let twin = county.submitted(&body).await;
    let draft = county.post(OURS, "/drafts", &json!({"summary": CANARY})).await;
    county.act(ADVISER, &id, "note", &json!({"text": format!("About {CANARY}.")})).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut ids = vec![id, twin, text(&draft.body["id"])];
    for at in 0..2 {
        let request = &ids[at];
        let read = county.get(ADVISER, &format!("/requests/{request}")).await.body;
        ids.push(text(&read["child"]["id"]));
    }
    let places = Places::from([
        ("{id}", ids),
        ("{document}", vec![uuid::Uuid::nil().to_string()]),
        ("{request}", vec![uuid::Uuid::nil().to_string()]),
        ("{version}", vec!["1".to_owned()]),
        ("{urn}", vec!["900001".to_owned()]),
        ("{slug}", vec!["sensory-support".to_owned()]),
        ("{team}", vec!["front-door".to_owned()]),
    ]);
    (county, places)
}

/// Every path that can be read, filled in in every way.
fn paths(places: &Places) -> BTreeSet<String> {
    let description = serde_json::to_value(web::openapi()).unwrap();
    let mut found = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        if methods.get("get").is_none() {
            continue;
        }
        let mut filled = vec![path.trim_start_matches("/api/v1").to_owned()];
        for (place, values) in places {
            let each = |path: String| values.iter().map(move |value| path.replace(place, value));
            filled = filled.into_iter().flat_map(each).collect();
        }
        found.extend(filled);
    }
    found.insert(format!("/requests?q={CANARY}"));
    found
}

fn names(answer: &Answer) -> bool {
    answer.body.to_string().contains(CANARY)
}

/// The children of the entries that were added.
fn added(before: &str, after: &str) -> String {
    after[before.len()..].to_owned()
}

#[tokio::test]
async fn every_answer_that_names_a_child_was_written_down_before() {
    let (county, places) = canary().await;
    let mut named = BTreeSet::new();
    for path in paths(&places) {
        for key in KEYS {
            let before = county.accesses();
            let answer = county.get(key, &path).await;
            assert!(!answer.status.is_server_error(), "{key} {path}: {}", answer.body);
            if names(&answer) {
                let entry = added(&before, &county.accesses());
                let who = key.trim_start_matches("demo-");
                assert!(entry.contains(who), "{key} {path} is not on record: {entry}");
                let covered = places["{id}"].iter().any(|child| entry.contains(child));
                assert!(covered, "{key} {path} is on record about somebody else: {entry}");
                named.insert(path.clone());
            }
        }
    }
    // The question is worth asking only while there are answers that name somebody.
    assert!(named.len() >= 8, "{named:?}");
}

#[tokio::test]
async fn an_answer_that_cannot_be_written_down_is_withheld() {
    let (county, places) = canary().await;
    let mut naming = Vec::new();
    for path in paths(&places) {
        for key in KEYS {
            if names(&county.get(key, &path).await) {
                naming.push((key, path.clone()));
            }
        }
    }
    county.breaker.take_the_disk_away();
    assert!(!naming.is_empty());
    for (key, path) in naming {
        let answer = county.get(key, &path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{key} {path}");
        assert!(!names(&answer), "{key} {path}: {}", answer.body);
    }
    // What names nobody can still be read.
    assert_eq!(county.get("demo-auditor", "/requests").await.status, StatusCode::OK);
}
