//! Subject access: everything that is held, others apart, and the month in which it is given.

use crate::county::{ADVISER, Answer, County, OURS, asking, hearing};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};

const DPO: &str = "demo-dpo";

/// A county with a child about whom much was said; with its request and pseudonym.
async fn spoken_of() -> (County, String, String) {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    county.act(ADVISER, &id, "note", &json!({"text": "Her mother Jane rang."})).await;
    county.act(ADVISER, &id, "advise", &json!({"text": "Seat her at the front."})).await;
    let read = county.get(ADVISER, &format!("/requests/{id}")).await;
    let child = read.body["child"]["id"].as_str().unwrap().to_owned();
    (county, id, child)
}

async fn held(county: &County, child: &str) -> Value {
    let answer = county.get(DPO, &format!("/children/{child}/subject-access")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

async fn paper(county: &County, child: &str, accept: &str) -> Answer {
    let path = format!("/children/{child}/subject-access");
    let asked = asking("GET", DPO, &path).header(header::ACCEPT, accept);
    county.send(asked.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn everything_is_there_in_time_order_with_who_did_it() {
    let (county, id, child) = spoken_of().await;
    let held = held(&county, &child).await;
    assert_eq!(held["children"][0]["family_name"], "Firle");
    assert_eq!(held["requests"][0]["id"], json!(id));
    let events = held["requests"][0]["events"].as_array().unwrap();
    let noted = events.iter().find(|it| it["type"] == "request.noted").unwrap();
    assert_eq!(noted["said"]["text"], "Her mother Jane rang.");
    assert_eq!(noted["by"], json!({"account": "demo-adviser", "role": "adviser"}));
    let happened: Vec<_> = events.iter().map(|it| it["recorded_at"].as_str().unwrap()).collect();
    assert!(happened.is_sorted(), "{happened:?}");
    assert!(events.iter().any(|it| it["said"]["text"] == "Seat her at the front."));
    assert_eq!(held["record"][0]["type"], "child.registered");
    assert_eq!(held["retention"]["due_on"], Value::Null);
    // The access that made this is itself among those who looked.
    assert_eq!(held["accesses"][0]["who"], "demo-dpo");
    assert_eq!(held["accesses"][0]["operation"], "read_subject_access");
}

#[tokio::test]
async fn other_people_stand_apart_and_texts_that_may_name_them_are_marked() {
    let (county, _, child) = spoken_of().await;
    let mut held = held(&county, &child).await;
    let apart = held["third_parties"][0].take();
    assert_eq!(apart["content"]["name"], "Rosalind Hughes");
    assert_eq!((&apart["mark"], &apart["number"]), (&json!("redact"), &json!(1)));
    let place = held.pointer(apart["where"].as_str().unwrap()).unwrap();
    assert_eq!(place, &json!({"apart": 1}));
    assert!(!held.to_string().contains("Rosalind"), "{held}");
    for check in held["check"].as_array().unwrap() {
        let text = held.pointer(check.as_str().unwrap()).unwrap();
        assert!(text.is_string(), "{check}: {text}");
    }
    assert!(held["check"].as_array().unwrap().len() >= 3);
}

#[tokio::test]
async fn the_paper_for_the_family_says_the_same_and_names_nobody_else() {
    let (county, _, child) = spoken_of().await;
    for accept in ["text/plain", "text/html"] {
        let paper = paper(&county, &child, accept).await;
        assert_eq!(paper.status, StatusCode::OK);
        let text = paper.body.as_str().unwrap();
        for said in ["Ivy Firle", "Seat her at the front.", "Her mother Jane rang.", "demo-adviser"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("Rosalind"), "{text}");
    }
}

#[tokio::test]
async fn what_is_held_under_another_pseudonym_is_held_about_the_same_child() {
    let (county, id, child) = spoken_of().await;
    let other = county.submitted(&hearing()).await;
    let linked = county.act(ADVISER, &id, "link-child", &json!({"request": other})).await;
    assert_eq!(linked.status, StatusCode::OK, "{}", linked.body);
    let held = held(&county, &child).await;
    let requests: Vec<_> =
        held["requests"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(requests, [&json!(id), &json!(other)]);
    assert_eq!(held["children"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_child_that_nobody_knows_is_not_there_and_only_the_officer_may_ask() {
    let (county, _, child) = spoken_of().await;
    let nobody = format!("/children/{}/subject-access", uuid::Uuid::from_u128(9));
    assert_eq!(county.get(DPO, &nobody).await.status, StatusCode::NOT_FOUND);
    for key in [OURS, ADVISER, "demo-auditor", "demo-admin"] {
        let answer = county.get(key, &format!("/children/{child}/subject-access")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{key}");
    }
}

#[tokio::test]
async fn nothing_readable_is_held_about_an_erased_child_and_the_answer_says_so() {
    let (county, _, child) = spoken_of().await;
    county.post(DPO, &format!("/children/{child}/erase"), &json!({})).await;
    let held = held(&county, &child).await;
    assert_eq!(held["children"][0]["erased"], true);
    let events = held["requests"][0]["events"].as_array().unwrap();
    assert!(events.iter().all(|it| it["said"].is_null()), "{held}");
    assert_eq!(held["third_parties"], json!([]));
}

async fn asked(county: &County, child: &str, body: &Value) -> Answer {
    county.post(DPO, &format!("/children/{child}/subject-access"), body).await
}

async fn then(county: &County, request: &Answer, what: &str, body: &Value) -> Answer {
    let id = request.body["id"].as_str().unwrap();
    county.post(DPO, &format!("/subject-access-requests/{id}/{what}"), body).await
}

#[tokio::test]
async fn the_clock_runs_a_month_stops_while_we_wait_and_is_extended_once() {
    let (county, _, child) = spoken_of().await;
    let body = json!({"received_on": "2026-11-18", "by": "parent", "identity_checked": false,
        "scope": "Everything about hearing."});
    let request = asked(&county, &child, &body).await;
    assert_eq!(request.status, StatusCode::CREATED, "{}", request.body);
    assert_eq!(
        (&request.body["state"], &request.body["due_on"]),
        (&json!("waiting"), &Value::Null)
    );

    let shown = then(&county, &request, "clarify", &json!({"on": "2026-11-19"})).await;
    // 19 December is a Saturday.
    assert_eq!(shown.body["due_on"], "2026-12-21", "{}", shown.body);
    let asked_back = json!({"awaits": "clarification", "on": "2026-11-20", "text": "Which year?"});
    let waiting = then(&county, &request, "clarify", &asked_back).await;
    assert_eq!(waiting.body["awaits"], "clarification");
    let extend = json!({"because": "complex"});
    let stopped = then(&county, &request, "extend", &extend).await;
    assert_eq!(stopped.status, StatusCode::CONFLICT);

    county.clock.set("2026-11-24T10:00:00Z".parse().unwrap());
    let told = then(&county, &request, "clarify", &json!({"on": "2026-11-24"})).await;
    assert_eq!(
        (&told.body["due_on"], &told.body["paused_days"]),
        (&json!("2026-12-23"), &json!(4))
    );
    let longer = then(&county, &request, "extend", &extend).await;
    assert_eq!(longer.body["due_on"], "2027-02-23", "{}", longer.body);
    assert_eq!(then(&county, &request, "extend", &extend).await.status, StatusCode::CONFLICT);

    let listed = county.get(DPO, "/subject-access-requests?state=open").await.body;
    assert_eq!(listed["items"][0]["due_on"], "2027-02-23");
    let answer = json!({"how": "provided", "on": "2026-11-24"});
    let over = then(&county, &request, "answer", &answer).await;
    assert_eq!(over.body["state"], "answered", "{}", over.body);
    let open = county.get("demo-auditor", "/subject-access-requests?state=open").await.body;
    assert_eq!(open["items"], json!([]));
    let held = held(&county, &child).await;
    assert_eq!(held["requests_for_access"][0]["answered"], "provided");
    assert!(held["record"].to_string().contains("Everything about hearing."));
    assert!(!county.accesses().contains("hearing."));
}

#[tokio::test]
async fn what_is_late_is_found_and_what_cannot_be_is_refused_with_its_place() {
    let (county, _, child) = spoken_of().await;
    let late = json!({"received_on": "2026-10-01", "by": "solicitor", "identity_checked": true});
    let request = asked(&county, &child, &late).await;
    assert_eq!(request.body["due_on"], "2026-11-02");
    let overdue = county.get(DPO, "/subject-access-requests?overdue=true").await.body;
    assert_eq!(overdue["items"][0]["id"], request.body["id"]);
    let extended = then(&county, &request, "extend", &json!({"because": "complex"})).await;
    assert_eq!(extended.status, StatusCode::CONFLICT);

    for (body, pointers) in [
        (json!({}), vec!["/received_on", "/by", "/identity_checked"]),
        (
            json!({"received_on": "2026-11-21", "by": "parent", "identity_checked": true}),
            vec!["/received_on"],
        ),
        (
            json!({"received_on": "2026-11-20", "by": "dog", "identity_checked": true, "why": 1}),
            vec!["/by", "/why"],
        ),
    ] {
        let refused = asked(&county, &child, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        let errors = refused.body["errors"].as_array().unwrap();
        let found: Vec<_> = errors.iter().map(|it| it["pointer"].as_str().unwrap()).collect();
        assert_eq!(found, pointers);
    }
}
