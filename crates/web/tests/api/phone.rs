//! What reached the council by telephone or e-mail and was logged later: it counts from when it
//! happened, and says when it was written down.

use crate::county::{ADVISER, County, hearing};
use axum::http::StatusCode;
use serde_json::{Value, json};

const COORDINATOR: &str = "demo-coordinator";

/// Logs on Friday the 20th at ten what a school said at that instant.
async fn logged(county: &County, called_at: &str) -> Value {
    let mut call = hearing();
    call["school_urn"] = json!("900001");
    call["channel"] = json!("phone");
    call["effective_at"] = json!(called_at);
    // Nine years old on the Friday, and not yet the day before.
    call["child"]["date_of_birth"] = json!("2017-11-20");
    let answer = county.post(COORDINATOR, "/requests", &call).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn a_call_is_received_and_promised_from_when_it_was_made() {
    let county = County::founded().await;
    let called = logged(&county, "2026-11-19T16:50:00Z").await;
    assert_eq!(called["received_at"], "2026-11-19T16:50:00Z");
    // Five working days after Thursday; a request of Friday has until Friday.
    assert_eq!(called["respond_by"], "2026-11-26T17:00:00Z");
    assert_eq!(
        (&called["status"], &called["duty"]["adviser"]),
        (&json!("with_service"), &json!("amara"))
    );
}

#[tokio::test]
async fn a_call_says_when_it_was_written_down_and_the_child_is_as_old_as_it_was() {
    let county = County::founded().await;
    let called = logged(&county, "2026-11-19T16:50:00Z").await;
    let id = called["id"].as_str().unwrap();
    let shown = county.get(ADVISER, &format!("/requests/{id}")).await.body;
    assert_eq!(
        (&shown["channel"], &shown["child_codes"]["age_years"]),
        (&json!("phone"), &json!(8))
    );
    let triage = county.get(ADVISER, &format!("/requests/{id}/triage")).await.body;
    assert_eq!(triage["facts"]["age_years"], json!(8));
    let timeline = county.get(ADVISER, &format!("/requests/{id}/timeline")).await.body;
    for event in timeline["items"].as_array().unwrap() {
        assert_eq!(event["effective_at"], "2026-11-19T16:50:00Z", "{event}");
        assert_eq!(event["recorded_at"], "2026-11-20T10:00:00Z", "{event}");
        assert_eq!(event["actor"]["role"], "coordinator");
    }
}

#[tokio::test]
async fn who_is_accountable_for_a_call_is_who_was_on_duty_then() {
    let county = County::founded().await;
    let called = logged(&county, "2026-11-18T20:00:00Z").await;
    let id = called["id"].as_str().unwrap();
    let timeline = county.get(ADVISER, &format!("/requests/{id}/timeline")).await.body;
    let events = timeline["items"].as_array().unwrap();
    let assigned = events.iter().find(|event| event["type"] == "request.assigned").unwrap();
    // Nobody is on in the evening: whoever begins on Thursday, not whoever is on on Friday.
    assert_eq!(assigned["data"]["from_next_shift_at"], "2026-11-19T09:00:00Z");
    assert_eq!(called["respond_by"], "2026-11-26T17:00:00Z");
}

#[tokio::test]
async fn a_request_that_says_nothing_of_its_channel_came_through_the_api() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let shown = county.get(ADVISER, &format!("/requests/{id}")).await.body;
    assert_eq!(shown["channel"], "api");
}
