//! The directory of services, and what services do to a request.

use crate::county::{ADVISER, County, SERVICE, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

const ADMIN: &str = "demo-admin";
const SPECIALIST: &str = "demo-service-specialist-sen";

async fn put(county: &County, key: &str, slug: &str, body: &Value) -> crate::county::Answer {
    let request = asking("PUT", key, &format!("/services/{slug}"));
    county.send(request.body(Body::from(body.to_string())).unwrap()).await
}

pub(crate) fn pointers(body: &Value) -> Vec<&str> {
    let faults = body["errors"].as_array().unwrap();
    faults.iter().map(|fault| fault["pointer"].as_str().unwrap()).collect()
}

fn outreach() -> Value {
    json!({
        "name": "Outreach", "agency": "voluntary", "first_contact_working_days": 3,
        "offers": [{"tier": "traded", "title": "Training for a whole school"}],
        "status": "temporarily_closed", "capacity": {"cases": 12},
        "description": "Visits to schools.", "url": "https://outreach.example",
        "eligibility": "Any school.", "ages": {"minimum": 4, "maximum": 18},
        "opening_hours": "Mondays", "contact": {"email": "desk@outreach.example"},
    })
}

fn because(text: &str) -> Value {
    json!({"code": "wrong_service", "criteria": ["sensory-need"], "text": text})
}

#[tokio::test]
async fn a_service_enters_the_directory_and_its_entry_is_written_anew() {
    let county = County::founded().await;
    let made = put(&county, ADMIN, "new-outreach", &outreach()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    assert!(made.headers.contains_key("frontdoor-position"));
    let read = county.get("demo-auditor", "/services/new-outreach").await;
    assert_eq!(read.status, StatusCode::OK);
    let mut expected = outreach();
    expected["slug"] = json!("new-outreach");
    for (field, value) in expected.as_object().unwrap() {
        let shown =
            if field == "capacity" { &read.body["capacity"]["cases"] } else { &read.body[field] };
        let value = if field == "capacity" { &value["cases"] } else { value };
        assert_eq!(shown, value, "{field}");
    }

    let least = json!({"slug": "new-outreach", "name": "Outreach", "agency": "education",
        "first_contact_working_days": 5, "offers": []});
    let changed = put(&county, ADMIN, "new-outreach", &least).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    let read = county.get(ADVISER, "/services/new-outreach").await.body;
    assert_eq!(read["status"], "active");
    assert_eq!((&read["description"], &read["capacity"]["cases"]), (&Value::Null, &Value::Null));
    let nowhere = county.get(ADVISER, "/services/nowhere").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_fault_of_an_entry_is_told_at_once() {
    let county = County::founded().await;
    let faulty = json!({"slug": "another", "agency": "army", "first_contact_working_days": 0,
        "offers": [{"tier": "free", "colour": "red"}], "status": "gone",
        "capacity": {"cases": -1}, "url": 7, "ages": {"minimum": 3}, "boss": "x"});
    let refused = put(&county, ADMIN, "new-outreach", &faulty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let expected = [
        "/slug",
        "/name",
        "/agency",
        "/first_contact_working_days",
        "/offers/0/tier",
        "/offers/0/title",
        "/offers/0/colour",
        "/status",
        "/capacity/cases",
        "/url",
        "/ages/maximum",
        "/boss",
    ];
    assert_eq!(pointers(&refused.body), expected);

    let mut senseless = outreach();
    senseless["ages"] = json!({"minimum": 12, "maximum": 4});
    senseless["url"] = json!("javascript:alert(1)");
    senseless["contact"] = json!({"email": "nobody"});
    let refused = put(&county, ADMIN, "new-outreach", &senseless).await;
    assert_eq!(pointers(&refused.body), ["/ages/maximum", "/url", "/contact/email"]);
    let named = put(&county, ADMIN, "No_Slug", &outreach()).await;
    assert_eq!(named.status, StatusCode::NOT_FOUND);
    assert_eq!(county.get(ADMIN, "/services/new-outreach").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_hand_over_is_for_the_other_service_and_the_first_does_not_see_it_any_more() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let body = json!({"service": "specialist-sen", "reason": because("Her speech comes first.")});
    let handed = county.act(SERVICE, &id, "hand-over", &body).await;
    assert_eq!(handed.status, StatusCode::OK, "{}", handed.body);
    assert_eq!(handed.body["route"], json!({"kind": "service", "service": "specialist-sen"}));
    let path = format!("/requests/{id}");
    assert_eq!(county.get(SERVICE, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(county.get(SPECIALIST, &path).await.status, StatusCode::OK);

    let back = json!({"service": "sensory-support", "reason": because("It is her hearing.")});
    let bounced = county.act(SPECIALIST, &id, "hand-over", &back).await;
    assert_eq!(bounced.body["status"], "awaiting_panel", "{}", bounced.body);
}

#[tokio::test]
async fn a_hand_over_without_its_reason_to_nobody_or_to_itself_is_refused() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let faulty = json!({"service": 7, "reason": {"code": "bored", "why": 1}, "to": "x"});
    let refused = county.act(SERVICE, &id, "hand-over", &faulty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(pointers(&refused.body), ["/service", "/reason/code", "/reason/why", "/to"]);
    for (body, status, at) in [
        (json!({"service": "specialist-sen"}), 422, "/reason"),
        (json!({"service": "nowhere", "reason": because("?")}), 422, "/service"),
        (json!({"service": "sensory-support", "reason": because("?")}), 409, ""),
    ] {
        let refused = county.act(SERVICE, &id, "hand-over", &body).await;
        assert_eq!(refused.status.as_u16(), status, "{body}");
        if status == 422 {
            assert_eq!(pointers(&refused.body), [at]);
        }
    }
}
