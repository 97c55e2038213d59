//! Erasing a child: why, of whom it is meant to be, and the certificate that is left.

use crate::county::{ADVISER, County, OURS, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

const DPO: &str = "demo-dpo";

/// A county with a request, and the child whom it is about.
async fn with_a_child() -> (County, Value) {
    let county = County::founded().await;
    let request = county.submitted(&hearing()).await;
    let shown = county.get(ADVISER, &format!("/requests/{request}")).await.body;
    (county, shown)
}

fn child_of(request: &Value) -> &str {
    request["child"]["id"].as_str().unwrap()
}

/// How many boxes in the log are sealed with this child's key.
async fn boxes_of(county: &County, child: &str) -> usize {
    let events = county.get("demo-auditor", "/audit/events?limit=200").await.body;
    assert_eq!(events["next"], Value::Null, "one page holds them all");
    let events = events["items"].as_array().unwrap();
    events.iter().filter(|it| it["sealed"]["subject"] == child).count()
}

#[tokio::test]
async fn a_certificate_says_what_was_destroyed_and_proves_that_the_log_only_grew() {
    let (county, request) = with_a_child().await;
    let child = child_of(&request);
    let path = format!("/children/{child}/erasure");
    assert_eq!(county.get(DPO, &path).await.status, StatusCode::NOT_FOUND);

    let body = json!({"reason": {"code": "request"}, "confirm": request["reference"]});
    let erased = county.post(DPO, &format!("/children/{child}/erase"), &body).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);

    let certificate = county.get(DPO, &path).await.body;
    assert_eq!(certificate["children"], json!([child]));
    assert_eq!(certificate["requests"], json!([request["id"]]));
    assert_eq!(certificate["reason"], "request");
    assert_eq!(certificate["erased_by"]["id"], DPO);
    assert_eq!(certificate["keys"].as_array().unwrap().len(), 1);
    assert_eq!(certificate["sealed_boxes"], boxes_of(&county, child).await);
    assert_eq!(certificate["recorded"]["position"], erased.body["position"]);
    let before = erased.body["position"].as_u64().unwrap() - 1;
    assert_eq!(certificate["before"]["size"], before);
    let proof =
        format!("/audit/proofs/consistency?from={before}&to={}", certificate["recorded"]["size"]);
    let proof = county.get("demo-auditor", &proof).await.body;
    assert_eq!(proof["from_root"], certificate["before"]["root"], "{proof}");
    assert_eq!(county.get("demo-auditor", &path).await.body, certificate);
}

#[tokio::test]
async fn an_erasure_that_is_meant_to_be_of_another_child_erases_nobody() {
    let (county, request) = with_a_child().await;
    let erase = format!("/children/{}/erase", child_of(&request));
    let refused = county.post(DPO, &erase, &json!({"confirm": "FD-00000-00000"})).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!(refused.body["errors"][0]["pointer"], "/confirm");
    let refused = county.post(DPO, &erase, &json!({"reason": {"code": "whim"}, "x": 1})).await;
    let faults = refused.body["errors"].as_array().unwrap();
    let pointers: Vec<_> = faults.iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/reason/code", "/x"]);
    let id = request["id"].as_str().unwrap();
    let shown = county.get(ADVISER, &format!("/requests/{id}")).await.body;
    assert_eq!(shown["child"]["erased"], false);
}

/// The draft that a school has begun, and whether its key was destroyed.
async fn begun(county: &County, body: &Value) -> String {
    let saved = county.post(OURS, "/drafts", body).await;
    assert_eq!(saved.status, StatusCode::CREATED, "{}", saved.body);
    saved.body["id"].as_str().unwrap().to_owned()
}

fn is_gone(county: &County, draft: &str) -> bool {
    county.engine.vault().is_shredded(vault::Subject::new(draft.parse().unwrap()))
}

#[tokio::test]
async fn drafts_that_name_the_child_go_with_it_and_others_stay() {
    let (county, request) = with_a_child().await;
    let child = child_of(&request);
    let named = begun(&county, &json!({"child": hearing()["child"]})).await;
    let other = json!({"child": {"given_name": "Ned", "family_name": "Cuckmere",
        "date_of_birth": "2016-01-01"}});
    let once_named = begun(&county, &hearing()).await;
    let again = asking("PUT", OURS, &format!("/drafts/{once_named}"));
    county.send(again.body(Body::from(other.to_string())).unwrap()).await;
    let stays = begun(&county, &other).await;

    let before = county.accesses();
    let erased = county.post(DPO, &format!("/children/{child}/erase"), &json!({})).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);
    let on_record = county.accesses()[before.len()..].to_owned();
    assert!(on_record.contains(&named) && on_record.contains("erase_child"), "{on_record}");

    assert!(is_gone(&county, &named) && is_gone(&county, &once_named));
    assert!(!is_gone(&county, &stays));
    let left = county.get(OURS, "/drafts").await.body;
    let left: Vec<_> = left["items"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(left, [&json!(stays)]);
    let certificate = county.get(DPO, &format!("/children/{child}/erasure")).await.body;
    assert_eq!(certificate["drafts"], 2, "{certificate}");
    assert_eq!(certificate["keys"].as_array().unwrap().len(), 3);
    let boxes = boxes_of(&county, child).await
        + boxes_of(&county, &named).await
        + boxes_of(&county, &once_named).await;
    assert_eq!(certificate["sealed_boxes"], boxes);
    let gone = county.get(OURS, &format!("/drafts/{named}")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
