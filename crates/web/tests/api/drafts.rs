//! Drafts: resumed by the school that began them, and to everybody else not there.

use crate::county::{ADVISER, Answer, County, OTHERS, OURS, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

async fn begun(county: &County, body: &Value) -> (String, Answer) {
    let saved = county.post(OURS, "/drafts", body).await;
    assert_eq!(saved.status, StatusCode::CREATED, "{}", saved.body);
    (format!("/drafts/{}", saved.body["id"].as_str().unwrap()), saved)
}

async fn send(county: &County, method: &str, key: &str, path: &str, body: &Value) -> Answer {
    let request = asking(method, key, path).body(Body::from(body.to_string())).unwrap();
    county.send(request).await
}

#[tokio::test]
async fn a_draft_is_stored_as_it_is_and_its_faults_are_hints() {
    let county = County::founded().await;
    let unfinished = json!({"child": {"given_name": "Ivy", "date_of_birth": "9 April"}});
    let (path, saved) = begun(&county, &unfinished).await;
    assert_eq!(saved.headers["location"], format!("/api/v1{path}"));
    let faults = saved.body["faults"].as_array().unwrap();
    let pointers: Vec<_> = faults.iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    assert!(pointers.contains(&"/child/date_of_birth") && pointers.contains(&"/about"));

    let read = county.get(OURS, &path).await;
    assert_eq!((&read.body["content"], &read.body["version"]), (&unfinished, &json!(1)));
    let list = county.get(OURS, "/drafts").await.body;
    assert_eq!(list["items"][0]["id"], read.body["id"]);
    assert!(!list.to_string().contains("Ivy"));
}

#[tokio::test]
async fn a_draft_is_saved_again_on_the_version_that_was_read() {
    let county = County::founded().await;
    let (path, _) = begun(&county, &json!({})).await;
    let again = send(&county, "PUT", OURS, &path, &hearing()).await;
    assert_eq!((again.status, &again.body["version"]), (StatusCode::OK, &json!(2)));
    assert_eq!(again.body["faults"], json!([]));
    let stale = asking("PUT", OURS, &path).header("If-Match", "\"1\"");
    let stale = county.send(stale.body(Body::from("{}")).unwrap()).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(county.get(OURS, &path).await.body["content"], hearing());
}

#[tokio::test]
async fn a_draft_is_submitted_once_and_then_gone() {
    let county = County::founded().await;
    let (path, _) = begun(&county, &hearing()).await;
    let submit = format!("{path}/submit");
    let first = county.post(OURS, &submit, &json!({})).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    assert_eq!(first.body["status"], "with_service");
    let again = county.post(OURS, &submit, &json!({})).await;
    assert_eq!((again.status, &again.body), (StatusCode::CREATED, &first.body));
    assert_eq!(again.headers["idempotency-replayed"], "true");

    assert_eq!(county.get(OURS, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(county.get(OURS, "/drafts").await.body["items"], json!([]));
    let written = send(&county, "PUT", OURS, &path, &hearing()).await;
    assert_eq!(written.status, StatusCode::CONFLICT);
    let list = county.get(OURS, "/requests").await.body;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let id: uuid::Uuid = path.trim_start_matches("/drafts/").parse().unwrap();
    assert!(county.engine.vault().is_shredded(vault::Subject::new(id)));
}

#[tokio::test]
async fn a_draft_with_faults_is_not_submitted_and_stays() {
    let county = County::founded().await;
    let (path, _) = begun(&county, &json!({"about": "child"})).await;
    let refused = county.post(OURS, &format!("{path}/submit"), &json!({})).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body["errors"].as_array().unwrap().len() > 1);
    assert_eq!(county.get(OURS, &path).await.status, StatusCode::OK);
    let staffs = json!({"effective_at": "2026-11-19T10:00:00Z"});
    send(&county, "PUT", OURS, &path, &staffs).await;
    let refused = county.post(OURS, &format!("{path}/submit"), &json!({})).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_discarded_draft_is_gone_with_its_key() {
    let county = County::founded().await;
    let (path, _) = begun(&county, &hearing()).await;
    let gone = send(&county, "DELETE", OURS, &path, &json!({})).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    for method in ["GET", "PUT", "DELETE"] {
        let answer = send(&county, method, OURS, &path, &json!({})).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method}");
    }
    let id: uuid::Uuid = path.trim_start_matches("/drafts/").parse().unwrap();
    assert!(county.engine.vault().is_shredded(vault::Subject::new(id)));
}

#[tokio::test]
async fn nobody_else_learns_that_there_is_a_draft() {
    let county = County::founded().await;
    let (path, _) = begun(&county, &hearing()).await;
    let nothing = format!("/drafts/{}", uuid::Uuid::from_u128(7));
    assert_eq!(county.get(OTHERS, "/drafts").await.body["items"], json!([]));
    let staff = ["adviser", "coordinator", "panel", "commissioner", "auditor", "dpo", "admin"];
    let staff = staff.map(|role| format!("demo-{role}"));
    for key in staff.iter().map(String::as_str).chain([OTHERS]) {
        for (method, end) in [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/submit")] {
            let there = send(&county, method, key, &format!("{path}{end}"), &json!({})).await;
            let nowhere = send(&county, method, key, &format!("{nothing}{end}"), &json!({})).await;
            assert!(there.status.is_client_error(), "{key} {method}");
            assert_eq!(
                (there.status, there.body),
                (nowhere.status, nowhere.body),
                "{key} {method}"
            );
        }
    }
    assert_eq!(county.get(ADVISER, "/requests?q=Ivy").await.body["items"], json!([]));
    assert_eq!(county.get(OURS, &path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_was_lost_replaces_no_draft_and_begins_none() {
    let county = County::founded().await;
    let (path, _) = begun(&county, &hearing()).await;
    for (method, path) in [("PUT", path.as_str()), ("POST", "/drafts")] {
        let lost = county.send(asking(method, OURS, path).body(Body::empty()).unwrap()).await;
        assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY, "{method}");
    }
    assert_eq!(county.get(OURS, &path).await.body["content"], hearing());
    assert_eq!(county.get(OURS, "/drafts").await.body["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_draft_that_one_record_cannot_hold_is_too_large() {
    let county = County::founded().await;
    let many = json!({"summary": "\"".repeat(30_000)});
    let refused = county.post(OURS, "/drafts", &many).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_draft_that_is_too_old_expires_and_a_crash_leaves_no_key() {
    let county = County::founded().await;
    let (path, _) = begun(&county, &hearing()).await;
    let id: uuid::Uuid = path.trim_start_matches("/drafts/").parse().unwrap();
    let by_timer = crate::county::by_set_up_as(2);
    county.engine.expire_draft(&by_timer, domain::ids::DraftId(id), 1).await.unwrap();
    assert_eq!(county.get(OURS, &path).await.status, StatusCode::OK);
    let by_timer = crate::county::by_set_up_as(3);
    county.engine.expire_draft(&by_timer, domain::ids::DraftId(id), 0).await.unwrap();
    assert_eq!(county.get(OURS, &path).await.status, StatusCode::NOT_FOUND);
    county.engine.tidy().await.unwrap();
    assert!(county.engine.vault().is_shredded(vault::Subject::new(id)));
}
