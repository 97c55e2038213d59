//! Commands over HTTP: what is answered, and how often it is done.

use crate::county::{ADVISER, County, OURS, SERVICE, asking, hearing, without_consent};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_submission_is_answered_with_everything_a_school_wants_to_know() {
    let county = County::founded().await;
    let answer = county.post(OURS, "/requests", &hearing()).await;

    assert_eq!(answer.status, StatusCode::CREATED);
    let body = answer.body;
    assert_eq!(body["status"], "with_service");
    assert_eq!(body["route"], json!({"kind": "service", "service": "sensory-support"}));
    assert_eq!(body["received_at"], "2026-11-20T10:00:00Z");
    assert_eq!(body["respond_by"], "2026-11-27T17:00:00Z");
    assert_eq!(body["duty"], json!({"team": "front-door", "adviser": "amara", "rota_version": 1}));
    assert_eq!(body["missing"], json!([]));
    assert!(body["reference"].as_str().unwrap().starts_with("FD-"));
    assert!(answer.headers.contains_key("frontdoor-position"));
    let place = format!("/api/v1/requests/{}", body["id"].as_str().unwrap());
    assert_eq!(answer.headers["location"], place);
}

#[tokio::test]
async fn missing_consent_is_asked_for_and_when_it_comes_the_rules_decide() {
    let county = County::founded().await;
    let answer = county.post(OURS, "/requests", &without_consent()).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.body["status"], "awaiting_information");
    assert_eq!(answer.body["missing"], json!(["consent"]));
    assert_eq!(answer.body["route"], json!({"kind": "information", "missing": ["consent"]}));
    assert_eq!(answer.body["respond_by"], json!(null));

    let id = answer.body["id"].as_str().unwrap();
    let consent = json!({"consent": {"given": true, "by": "parent", "on": "2026-11-19"}});
    let answer = county.act(OURS, id, "supply-information", &consent).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.body["status"], "with_service");
    assert_eq!(answer.body["respond_by"], "2026-11-27T17:00:00Z");
}

#[tokio::test]
async fn the_same_key_and_body_give_the_first_answer_again() {
    let county = County::founded().await;
    let send = |body: String| {
        let request = asking("POST", OURS, "/requests").header("Idempotency-Key", "one");
        county.send(request.body(Body::from(body)).unwrap())
    };
    let first = send(hearing().to_string()).await;
    let again = send(serde_json::to_string_pretty(&hearing()).unwrap()).await;

    assert_eq!(again.status, StatusCode::CREATED);
    assert_eq!(again.body, first.body);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert!(!first.headers.contains_key("idempotency-replayed"));

    let other = send(without_consent().to_string()).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = county.get(OURS, "/requests").await;
    assert_eq!(list.body["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn who_decided_on_an_older_version_is_told_so() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let path = format!("/requests/{id}/actions/accept");
    let stale = asking("POST", SERVICE, &path).header("If-Match", "\"1\"");
    let answer = county.send(stale.body(Body::from("{}")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED);

    let read = county.get(OURS, &format!("/requests/{id}")).await;
    let fresh = asking("POST", SERVICE, &path).header("If-Match", &read.headers["etag"]);
    let answer = county.send(fresh.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

#[tokio::test]
async fn a_decline_or_an_overrule_without_a_reason_is_refused() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let declined = county.act(SERVICE, &id, "decline", &json!({})).await;
    assert_eq!(declined.status, StatusCode::UNPROCESSABLE_ENTITY);
    let elsewhere = json!({"service": "specialist-sen"});
    let overruled = county.act(ADVISER, &id, "route", &elsewhere).await;
    assert_eq!(overruled.status, StatusCode::UNPROCESSABLE_ENTITY);

    let reason = json!({"reason": {"code": "criteria_not_met", "criteria": ["sensory-need"],
        "text": "Her hearing is within the normal range."}});
    let declined = county.act(SERVICE, &id, "decline", &reason).await;
    assert_eq!(declined.body["status"], "with_duty_adviser", "{}", declined.body);
}

#[tokio::test]
async fn what_cannot_be_done_now_is_a_conflict() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    county.act(OURS, &id, "withdraw", &json!({})).await;
    let answer = county.act(ADVISER, &id, "advise", &json!({"text": "Sit in front."})).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(answer.body["status"], 409);
}

#[tokio::test]
async fn what_cannot_be_read_is_a_problem_and_stores_nothing() {
    let county = County::founded().await;
    for (body, status) in [
        ("{\"about\":", StatusCode::BAD_REQUEST),
        ("\u{0}", StatusCode::BAD_REQUEST),
        ("[]", StatusCode::UNPROCESSABLE_ENTITY),
        ("{}", StatusCode::UNPROCESSABLE_ENTITY),
        ("null", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let request = asking("POST", OURS, "/requests").body(Body::from(body)).unwrap();
        let answer = county.send(request).await;
        assert_eq!(answer.status, status, "{body:?}");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
    }
    let big = format!("{{\"summary\": \"{}\"}}", "x".repeat(70_000));
    let request = asking("POST", OURS, "/requests").body(Body::from(big)).unwrap();
    let refused = county.send(request).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    let list = county.get(OURS, "/requests").await;
    assert_eq!(list.body["items"], json!([]));
}

#[tokio::test]
async fn a_log_that_takes_no_writes_answers_503_and_goes_on_being_read() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    county.log.fail_next_write();

    let answer = county.post(OURS, "/requests", &hearing()).await;

    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers["retry-after"], "1");
    assert_eq!(county.get(OURS, &format!("/requests/{id}")).await.status, StatusCode::OK);
    let request = axum::http::Request::get("/health/ready").body(Body::empty()).unwrap();
    assert_eq!(county.send(request).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn only_staff_can_log_what_happened_earlier() {
    let county = County::founded().await;
    let mut called = hearing();
    called["effective_at"] = json!("2026-11-19T16:50:00Z");
    let school = county.post(OURS, "/requests", &called).await;
    assert_eq!(school.status, StatusCode::UNPROCESSABLE_ENTITY);
    called["school_urn"] = json!("900001");
    called["channel"] = json!("phone");
    let logged = county.post("demo-coordinator", "/requests", &called).await;
    assert_eq!(logged.body["received_at"], "2026-11-19T16:50:00Z", "{}", logged.body);
    called["effective_at"] = json!("2026-11-21T16:50:00Z");
    let future = county.post("demo-coordinator", "/requests", &called).await;
    assert_eq!(future.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_erased_child_is_nobody_and_the_request_stands() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let before = county.get(OURS, &format!("/requests/{id}")).await.body;
    let child = before["child"]["id"].as_str().unwrap();

    let path = format!("/children/{child}/erase");
    let erased = county.post("demo-dpo", &path, &json!({})).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);

    let again = county.post("demo-dpo", &path, &json!({})).await;
    assert_eq!(again.body, erased.body);
    let position = erased.body["position"].as_u64().unwrap();
    let after = county.get(OURS, &format!("/requests/{id}?at_least={position}")).await.body;
    assert_eq!(after["child"]["given_name"], json!(null));
    assert_eq!(after["child"]["erased"], json!(true));
    assert_eq!(after["requested_by"], json!(null));
    assert_eq!(after["route"], before["route"]);
}
