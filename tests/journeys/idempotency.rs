//! The same question with the same key is answered once, however often and however
//! concurrently it is asked.

use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, with};
use serde_json::json;
use std::collections::BTreeSet;
use tokio::task::JoinSet;

const REPLAYED: &str = "idempotency-replayed";

#[tokio::test]
async fn the_same_key_and_body_give_the_first_answer_again() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let key = [("idempotency-key", "monday-1")];
    let first = school.post_with("/requests", &plain(), &key).await;
    let id = first.expect(201)["id"].clone();
    assert_eq!(first.header(REPLAYED), "");
    // What happened since does not change what was answered then.
    server.demo("adviser").act(&first.json(), "advise", &json!({"text": "Try this."})).await;

    let again = school.post_with("/requests", &plain(), &key).await;
    assert_eq!((again.expect(201), again.header(REPLAYED)), (first.json(), "true"));
    assert_eq!(again.header("etag"), first.header("etag"));
    assert_eq!(again.position(), first.position());

    let advice = json!({"text": "And this."});
    let path = format!("/requests/{}/actions/advise", id.as_str().expect("an id"));
    let adviser = server.demo("adviser");
    let first = adviser.post_with(&path, &advice, &key).await;
    let again = adviser.post_with(&path, &advice, &key).await;
    assert_eq!((again.expect(200), again.header(REPLAYED)), (first.expect(200), "true"));
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let key = [("idempotency-key", "monday-1")];
    school.post_with("/requests", &plain(), &key).await.expect_status(201);
    let other = with(plain(), "/needs/primary", json!("VI"));
    let refused = school.post_with("/requests", &other, &key).await;
    assert_eq!(refused.faults(422), ["Idempotency-Key"]);
    assert_eq!(school.every("/requests").await.len(), 1);
}

#[tokio::test]
async fn two_schools_may_use_the_same_key() {
    let server = Server::empty().await;
    let key = [("idempotency-key", "monday-1")];
    let mut ids = BTreeSet::new();
    for school in ["school-900001", "school-900002"] {
        let stored = server.demo(school).post_with("/requests", &plain(), &key).await;
        ids.insert(stored.expect(201)["id"].to_string());
        assert_eq!(stored.header(REPLAYED), "");
    }
    assert_eq!(ids.len(), 2);
}

#[tokio::test]
async fn twenty_concurrent_posts_with_one_key_make_one_request() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let mut posts = JoinSet::new();
    for _ in 0..20 {
        let school = school.clone();
        posts.spawn(async move {
            let key = [("idempotency-key", "all-at-once")];
            school.post_with("/requests", &plain(), &key).await.expect(201)["id"].to_string()
        });
    }
    let ids: BTreeSet<String> = posts.join_all().await.into_iter().collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(school.every("/requests").await.len(), 1);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let server = Server::empty().await;
    let long = "k".repeat(201);
    for key in ["", &long] {
        let key = [("idempotency-key", key)];
        let refused = server.demo("school-900001").post_with("/requests", &plain(), &key).await;
        assert_eq!(refused.faults(422), ["Idempotency-Key"]);
    }
}
