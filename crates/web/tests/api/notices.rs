//! How somebody chooses to be told of news, who sees which messages, and what is done about
//! one that nobody could deliver.

use crate::county::{
    ADVISER, Answer, County, OTHERS, OURS, SERVICE, asking, by_set_up_as, hearing,
};
use crate::services::pointers;
use axum::body::Body;
use axum::http::StatusCode;
use domain::account::{Account, Role};
use domain::desk::DeskCommand;
use domain::notice::{BackOff, FailureCode};
use engine::{Courier, Letter, Post, Postmaster};
use serde_json::{Value, json};
use std::sync::Arc;

const ADMIN: &str = "demo-admin";
const COORDINATOR: &str = "demo-coordinator";
const SETTINGS: &str = "/schools/900001/updates";

async fn put(county: &County, key: &str, path: &str, body: &Value) -> Answer {
    county.send(asking("PUT", key, path).body(Body::from(body.to_string())).unwrap()).await
}

async fn chosen(county: &County, key: &str, path: &str, body: &Value) -> Answer {
    let answer = put(county, key, path, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer
}

fn hook() -> Value {
    json!({"channel": "webhook", "url": "https://school.example/news"})
}

/// Gets nowhere, ever.
struct NoCourier;

impl Courier for NoCourier {
    async fn deliver(&self, _: &Letter) -> Result<(), FailureCode> {
        Err(FailureCode::Unreachable)
    }
}

/// What there is to tell is intended.
async fn intend(county: &County) {
    county.engine.reacting(Postmaster).await.unwrap().catch_up().await.unwrap();
}

/// Everything is tried once, in vain, and given up.
async fn give_up(county: &County) {
    let once = BackOff { base_seconds: 1, most_attempts: 1 };
    Post::new(county.engine.clone(), Arc::new(NoCourier), once).round().await.unwrap();
}

/// The list as of now.
async fn listed(county: &County, key: &str, query: &str) -> Vec<Value> {
    let path = format!("/notices?at_least={}{query}", county.engine.head());
    let answer = county.get(key, &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_secret_is_shown_when_it_is_made_and_never_again() {
    let county = County::founded().await;
    let before = county.get(OURS, SETTINGS).await;
    assert_eq!(before.body["channel"], Value::Null);
    let made = chosen(&county, OURS, SETTINGS, &hook()).await;
    assert!(made.headers.contains_key("frontdoor-position"));
    assert!(made.body["secret"].as_str().unwrap().starts_with("whsec_"));
    let read = county.get(OURS, SETTINGS).await.body;
    let expected = json!({"channel": "webhook", "email": null, "url": hook()["url"],
        "secret": null});
    assert_eq!(read, expected);

    let anew = chosen(&county, OURS, SETTINGS, &hook()).await;
    assert_ne!(anew.body["secret"], made.body["secret"]);
    let mail = json!({"channel": "email", "email": "office@school.example"});
    let mailed = chosen(&county, COORDINATOR, SETTINGS, &mail).await.body;
    assert_eq!((&mailed["email"], &mailed["secret"]), (&mail["email"], &Value::Null));
    let none = chosen(&county, ADMIN, SETTINGS, &json!({"channel": "none"})).await.body;
    assert_eq!((&none["channel"], &none["email"]), (&json!("none"), &Value::Null));
}

#[tokio::test]
async fn every_fault_of_a_choice_is_told_and_nothing_is_changed() {
    let county = County::founded().await;
    chosen(&county, OURS, SETTINGS, &hook()).await;
    for (body, at) in [
        (json!({"channel": "email"}), &["/email"][..]),
        (
            json!({"channel": "email", "email": "x", "url": "https://a.example"}),
            &["/email", "/url"],
        ),
        (
            json!({"channel": "webhook", "url": "https://10.0.0.1/", "secret": "whsec_short"}),
            &["/url", "/secret"],
        ),
        (json!({"channel": "pigeon", "colour": "grey"}), &["/channel"]),
        (json!({}), &["/channel"]),
    ] {
        let refused = put(&county, OURS, SETTINGS, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(pointers(&refused.body), at, "{body}");
    }
    assert_eq!(county.get(OURS, SETTINGS).await.body["url"], hook()["url"]);
}

#[tokio::test]
async fn settings_are_for_who_they_are_of_and_who_looks_after_them() {
    let county = County::founded().await;
    let account = |id: &str, role| Account {
        id: id.parse().unwrap(),
        name: id.to_owned(),
        role,
        school: None,
        service: None,
    };
    let accounts = [account(ADVISER, Role::Adviser), account(COORDINATOR, Role::Coordinator)];
    let open = accounts.into_iter().map(DeskCommand::OpenAccount).collect();
    county.engine.configure(&by_set_up_as(2), open).await.unwrap();
    let mail = json!({"channel": "email", "email": "rowan@council.example"});
    let own = format!("/accounts/{ADVISER}/updates");
    chosen(&county, ADVISER, &own, &mail).await;
    assert_eq!(county.get(ADMIN, &own).await.body["email"], mail["email"]);
    for (key, path, status) in [
        (OTHERS, SETTINGS, StatusCode::NOT_FOUND),
        (SERVICE, SETTINGS, StatusCode::FORBIDDEN),
        (COORDINATOR, &*own, StatusCode::NOT_FOUND),
        (COORDINATOR, "/schools/999999/updates", StatusCode::NOT_FOUND),
        (ADMIN, "/accounts/nobody/updates", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(county.get(key, path).await.status, status, "{key} reads {path}");
        assert_eq!(put(&county, key, path, &mail).await.status, status, "{key} writes {path}");
    }
}

#[tokio::test]
async fn a_school_sees_the_messages_to_itself_and_nobody_is_told_who_did_not_choose() {
    let county = County::founded().await;
    county.submitted(&hearing()).await;
    intend(&county).await;
    assert_eq!(listed(&county, ADMIN, "").await, Vec::<Value>::new());

    chosen(&county, OURS, SETTINGS, &hook()).await;
    let id = county.submitted(&hearing()).await;
    county.act(ADVISER, &id, "advise", &json!({"text": "Seat her in front."})).await;
    intend(&county).await;
    let ours = listed(&county, OURS, "").await;
    let kinds: Vec<_> = ours.iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["advised", "received"], "latest first");
    assert!(ours.iter().all(|it| it["request"] == *id && it["state"] == "waiting"));
    assert_eq!(listed(&county, ADVISER, "").await, ours);
    assert_eq!(listed(&county, OTHERS, "").await, Vec::<Value>::new());
    assert_eq!(listed(&county, ADMIN, "&kind=advised").await, ours[..1]);
    assert_eq!(listed(&county, ADMIN, "&state=sent").await, Vec::<Value>::new());
    assert_eq!(listed(&county, ADMIN, "&school_urn=900001&limit=1").await, ours[..1]);
    assert_eq!(county.get(SERVICE, "/notices").await.status, StatusCode::FORBIDDEN);
    let unknown = county.get(ADMIN, "/notices?state=lost").await;
    assert!(unknown.status.is_client_error(), "{}", unknown.body);
}

#[tokio::test]
async fn what_was_given_up_is_tried_again_when_a_person_says_so() {
    let county = County::founded().await;
    chosen(&county, OURS, SETTINGS, &hook()).await;
    county.submitted(&hearing()).await;
    intend(&county).await;
    let waiting = listed(&county, ADMIN, "").await;
    let path = format!("/notices/{}/retry", waiting[0]["id"].as_str().unwrap());
    let early = county.post(COORDINATOR, &path, &json!({})).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);

    give_up(&county).await;
    let dead = listed(&county, ADMIN, "&state=given_up").await;
    assert_eq!((&dead[0]["why"], &dead[0]["failures"]), (&json!("unreachable"), &json!(1)));
    assert_eq!(county.post(OURS, &path, &json!({})).await.status, StatusCode::FORBIDDEN);
    let faulty = county.post(COORDINATOR, &path, &json!({"now": true})).await;
    assert_eq!(pointers(&faulty.body), ["/now"]);
    let again = county.post(COORDINATOR, &path, &json!({})).await;
    assert_eq!((again.status, &again.body["state"]), (StatusCode::OK, &json!("waiting")));
    let back = listed(&county, ADMIN, "&state=waiting").await;
    assert_eq!((&back[0]["id"], &back[0]["failures"]), (&dead[0]["id"], &json!(0)));
    let unknown = county.post(ADMIN, "/notices/none/retry", &json!({})).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
