//! Reading by exception: for a reason, for a time, of one request, and not unseen.

use crate::county::{ADVISER, Answer, County, OURS, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

const OUTSIDE: &str = "demo-service-education-welfare";
const PARTS: [&str; 6] = ["", "/timeline", "/triage", "/clocks", "/documents", "/package"];

fn why() -> Value {
    let text = "The hospital asks tonight who works with her.";
    json!({"reason": {"code": "safeguarding", "text": text}, "minutes": 30})
}

async fn broken(county: &County, key: &str, id: &str) -> Answer {
    county.act(key, id, "break-glass", &why()).await
}

async fn county() -> (County, String) {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    (county, id)
}

#[tokio::test]
async fn whoever_has_no_part_in_it_reads_one_request_for_a_while_and_no_other() {
    let (county, id) = county().await;
    let another = county.submitted(&hearing()).await;
    let path = format!("/requests/{id}");
    assert_eq!(county.get(OUTSIDE, &path).await.status, StatusCode::NOT_FOUND);
    let answer = broken(&county, OUTSIDE, &id).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(!answer.body.to_string().contains("Firle"), "the way in itself names nobody");

    for part in PARTS {
        let read = county.get(OUTSIDE, &format!("{path}{part}")).await;
        // There is no package yet, and that is what is said.
        let expected = if part == "/package" { StatusCode::NOT_FOUND } else { StatusCode::OK };
        assert_eq!(read.status, expected, "{part}");
        let other = county.get(OUTSIDE, &format!("/requests/{another}{part}")).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "{part} of another");
    }
    assert!(county.get(OUTSIDE, &path).await.body.to_string().contains("Firle"));
    assert_eq!(county.get(OUTSIDE, "/requests").await.body["items"], json!([]), "no list has it");
    let note = county.act(OUTSIDE, &id, "note", &json!({"text": "x"})).await;
    assert_eq!(note.status, StatusCode::NOT_FOUND, "reading is not working on it");
    let somebody_else = county.get("demo-service-outreach", &path).await;
    assert_ne!(somebody_else.status, StatusCode::OK);

    county.clock.advance(SignedDuration::from_mins(30));
    assert_eq!(county.get(OUTSIDE, &path).await.status, StatusCode::NOT_FOUND, "it has ended");
}

#[tokio::test]
async fn an_auditor_sees_names_only_by_exception() {
    let (county, id) = county().await;
    let path = format!("/requests/{id}");
    assert!(!county.get("demo-auditor", &path).await.body.to_string().contains("Firle"));
    broken(&county, "demo-auditor", &id).await;
    assert!(county.get("demo-auditor", &path).await.body.to_string().contains("Firle"));
    let documents = county.get("demo-auditor", &format!("{path}/documents")).await;
    assert_eq!(documents.status, StatusCode::OK);
    let list = county.get("demo-auditor", "/requests").await.body;
    assert!(!list.to_string().contains("Firle"), "a list stays without names");
}

#[tokio::test]
async fn every_access_under_it_is_on_record_with_its_code_and_is_reported() {
    let (county, id) = county().await;
    broken(&county, OUTSIDE, &id).await;
    county.get(OUTSIDE, &format!("/requests/{id}")).await;
    county.get(OUTSIDE, &format!("/requests/{id}/timeline")).await;
    let lines = county.accesses();
    let under = lines.lines().filter(|line| line.contains(r#""why":"break-glass safeguarding""#));
    assert_eq!(under.count(), 2, "{lines}");

    for key in ["demo-dpo", "demo-auditor"] {
        let report = county.get(key, "/audit/break-glass").await;
        let item = &report.body["items"][0];
        assert_eq!(item["who"], "demo-service-education-welfare", "{}", report.body);
        assert_eq!((&item["request"], &item["code"]), (&json!(id), &json!("safeguarding")));
        assert_eq!(item["until"], "2026-11-20T10:30:00Z");
        assert_eq!(item["reads"], 2);
        assert_eq!(item["operations"], json!(["read_request", "read_timeline"]));
        assert_eq!(item["told"], json!(["amara"]), "whoever is accountable is told");
        assert!(!report.body.to_string().contains("hospital"));
    }
    let later = county.get("demo-dpo", "/audit/break-glass?from=2026-11-21").await;
    assert_eq!(later.body["items"], json!([]));
}

#[tokio::test]
async fn whoever_is_accountable_reads_of_it_in_the_timeline_and_the_school_does_not() {
    let (county, id) = county().await;
    broken(&county, OUTSIDE, &id).await;
    let path = format!("/requests/{id}/timeline");
    let timeline = county.get(ADVISER, &path).await.body;
    let last = timeline["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["type"], "request.glass_broken");
    assert_eq!(last["words"]["text"], "The hospital asks tonight who works with her.");
    let school = county.get(OURS, &path).await.body.to_string();
    assert!(!school.contains("glass") && !school.contains("hospital"));
}

#[tokio::test]
async fn it_needs_the_exact_id_or_reference_and_a_reason_with_words() {
    let (county, id) = county().await;
    let read = county.get(ADVISER, &format!("/requests/{id}")).await.body;
    let reference = read["reference"].as_str().unwrap().to_owned();
    assert_eq!(broken(&county, OUTSIDE, &reference).await.status, StatusCode::OK);
    for unknown in ["00000000-0000-0000-0000-000000000000", "FD-22222-22222", &reference[..8]] {
        let answer = broken(&county, OUTSIDE, unknown).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
    }
    for faulty in [
        json!({}),
        json!({"reason": {"code": "curiosity", "text": "x"}}),
        json!({"reason": {"code": "legal"}}),
        json!({"reason": {"code": "legal", "text": "x"}, "minutes": 0}),
        json!({"reason": {"code": "legal", "text": "x"}, "minutes": 241}),
        json!({"reason": {"code": "legal", "text": "x"}, "effective_at": "2026-11-19T10:00:00Z"}),
    ] {
        let answer = county.act(OUTSIDE, &id, "break-glass", &faulty).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{faulty}");
    }
    for never in [OURS, "demo-commissioner", "demo-admin", ADVISER, "demo-dpo"] {
        assert_eq!(broken(&county, never, &id).await.status, StatusCode::FORBIDDEN, "{never}");
    }
}

#[tokio::test]
async fn the_record_says_what_connects_a_reader_with_a_child_and_what_it_is_for() {
    let (county, id) = county().await;
    let path = format!("/api/v1/requests/{id}");
    let ask = async |key: &str, purpose: &str| {
        let request = axum::http::Request::get(&path)
            .header("authorization", format!("Bearer {key}"))
            .header("frontdoor-purpose", purpose);
        county.send(request.body(Body::empty()).unwrap()).await
    };
    for (key, purpose, why) in [
        (OURS, "", "own request"),
        (ADVISER, "safeguarding, casework", "duty: casework, safeguarding"),
        ("demo-service-sensory-support", "", "service has a part"),
        ("demo-dpo", "complaint", "data protection: complaint"),
    ] {
        assert_eq!(ask(key, purpose).await.status, StatusCode::OK);
        let lines = county.accesses();
        let last = lines.lines().last().unwrap();
        assert!(last.contains(&format!(r#""why":"{why}""#)), "{why}: {last}");
    }
    let unknown = ask(ADVISER, "curiosity").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.body["errors"][0]["pointer"], "Frontdoor-Purpose");
}
