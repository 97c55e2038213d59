//! Holds: what is held is not erased, under whichever pseudonym.

use crate::county::{ADVISER, County, OTHERS, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

const DPO: &str = "demo-dpo";

async fn child_of(county: &County, id: &str) -> String {
    let shown = county.get(ADVISER, &format!("/requests/{id}")).await.body;
    shown["child"]["id"].as_str().unwrap().to_owned()
}

/// A county with a child, and the child.
async fn with_a_child() -> (County, String) {
    let county = County::founded().await;
    let request = county.submitted(&hearing()).await;
    let child = child_of(&county, &request).await;
    (county, child)
}

fn tribunal() -> Value {
    json!({"reason": {"code": "tribunal", "text": "Ivy’s parents appealed."}})
}

#[tokio::test]
async fn a_held_child_is_not_erased_until_the_hold_is_released() {
    let (county, child) = with_a_child().await;
    let holds = format!("/children/{child}/holds");
    let placed = county.post(DPO, &format!("/children/{child}/hold"), &tribunal()).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.body);
    let hold = placed.body["id"].as_str().unwrap();

    let erase = format!("/children/{child}/erase");
    let refused = county.post(DPO, &erase, &json!({})).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body["detail"].as_str().unwrap().contains(hold), "{}", refused.body);
    let shown = county.get(DPO, &holds).await.body;
    assert_eq!(shown["items"][0]["holds"], true);
    assert_eq!(shown["items"][0]["reason"]["text"], "Ivy’s parents appealed.");

    let release = json!({"reason": {"code": "ended", "text": "They lost."}});
    let released = county.post(DPO, &format!("{holds}/{hold}/release"), &release).await;
    assert_eq!(released.status, StatusCode::OK, "{}", released.body);
    let shown = county.get(DPO, &holds).await.body;
    assert_eq!(shown["items"][0]["holds"], false);
    assert_eq!(shown["items"][0]["released"]["reason"]["text"], "They lost.");

    assert_eq!(county.post(DPO, &erase, &json!({})).await.status, StatusCode::OK);
    let shown = county.get(DPO, &holds).await.body;
    assert_eq!(shown["items"][0]["reason"]["code"], "tribunal");
    assert_eq!(shown["items"][0]["reason"]["text"], json!(null));
}

#[tokio::test]
async fn a_hold_on_one_pseudonym_holds_what_was_linked_to_it() {
    let (county, child) = with_a_child().await;
    let theirs = county.post(OTHERS, "/requests", &hearing()).await.body;
    let theirs = theirs["id"].as_str().unwrap();
    let other = child_of(&county, theirs).await;
    let linked = county.act(ADVISER, theirs, "link-child", &json!({"child": child})).await;
    assert_eq!(linked.status, StatusCode::OK, "{}", linked.body);

    let placed = county.post(DPO, &format!("/children/{child}/hold"), &tribunal()).await;
    let refused = county.post(DPO, &format!("/children/{other}/erase"), &json!({})).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);

    let hold = placed.body["id"].as_str().unwrap();
    let release = format!("/children/{other}/holds/{hold}/release");
    let released = county.post(DPO, &release, &json!({"reason": {"code": "error"}})).await;
    assert_eq!(released.status, StatusCode::OK, "{}", released.body);
    let again = county.post(DPO, &release, &json!({"reason": {"code": "error"}})).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_auditor_sees_the_holds_without_the_words() {
    let (county, child) = with_a_child().await;
    county.post(DPO, &format!("/children/{child}/hold"), &tribunal()).await;
    let shown = county.get("demo-auditor", &format!("/children/{child}/holds")).await.body;
    assert_eq!(shown["items"][0]["reason"]["code"], "tribunal");
    assert!(!shown.to_string().contains("Ivy"), "{shown}");
}

#[tokio::test]
async fn every_fault_of_a_hold_is_named_at_once() {
    let (county, child) = with_a_child().await;
    let hold = format!("/children/{child}/hold");
    let body = json!({"reason": {"code": "boredom"}, "until": "tomorrow", "by": "me"});
    let refused = county.post(DPO, &hold, &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let faults = refused.body["errors"].as_array().unwrap();
    let pointers: Vec<_> = faults.iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/reason/code", "/until", "/by"]);

    let wordless = county.post(DPO, &hold, &json!({"reason": {"code": "other"}})).await;
    assert_eq!(wordless.body["errors"][0]["pointer"], "/reason/text");
    let over = json!({"reason": {"code": "police"}, "until": "2001-01-01"});
    assert_eq!(county.post(DPO, &hold, &over).await.body["errors"][0]["pointer"], "/until");
}

#[tokio::test]
async fn a_retried_hold_is_one_hold() {
    let (county, child) = with_a_child().await;
    let hold = format!("/children/{child}/hold");
    let ask = || {
        let request = asking("POST", DPO, &hold).header("Idempotency-Key", "k-1");
        county.send(request.body(Body::from(tribunal().to_string())).unwrap())
    };
    let (first, again) = (ask().await, ask().await);
    assert_eq!(first.body, again.body);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let shown = county.get(DPO, &format!("/children/{child}/holds")).await.body;
    assert_eq!(shown["items"].as_array().unwrap().len(), 1);
}
