//! Who may do what: every operation of the description, every role, anonymous and unknown.

use crate::county::{ADVISER, County, OTHERS, OURS, asking, hearing};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::account::Role;
use serde_json::{Value, json};
use web::access::{Operation, Reach};
use web::identity::Keys;

fn operations() -> Vec<(String, String, String)> {
    let description = serde_json::to_value(web::openapi()).unwrap();
    let mut found = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            // What is published is nobody's to permit.
            if operation["security"] == json!([{}]) {
                continue;
            }
            let name = operation["operationId"].as_str().unwrap();
            let path = path.trim_start_matches("/api/v1").to_owned();
            found.push((name.to_owned(), method.to_uppercase(), path));
        }
    }
    found
}

fn key_of(role: Role) -> String {
    match role {
        Role::School => OURS.to_owned(),
        Role::Service => "demo-service-sensory-support".to_owned(),
        Role::Adviser
        | Role::Coordinator
        | Role::Panel
        | Role::Commissioner
        | Role::Auditor
        | Role::Dpo
        | Role::Admin => format!("demo-{role}"),
    }
}

#[test]
fn every_operation_of_the_description_is_in_the_table_and_the_other_way_round() {
    let mut described: Vec<_> = operations().into_iter().map(|(name, ..)| name).collect();
    let mut listed: Vec<_> = Operation::ALL.iter().map(|each| each.name().to_owned()).collect();
    described.sort_unstable();
    listed.sort_unstable();
    assert_eq!(described, listed);
}

#[tokio::test]
async fn a_role_gets_as_far_as_the_table_says_and_nobody_gets_in_without_a_key() {
    let county = County::founded().await;
    for (name, method, path) in operations() {
        let path = path
            .replace("{id}", &uuid::Uuid::nil().to_string())
            .replace("{document}", &uuid::Uuid::nil().to_string())
            .replace("{request}", &uuid::Uuid::nil().to_string())
            .replace("{version}", "1");
        let path = path.replace("{urn}", "900001").replace("{slug}", "sensory-support");
        let path = path.replace("{team}", "front-door");
        let operation = Operation::ALL.iter().find(|each| each.name() == name).unwrap();
        for role in Role::ALL {
            let request = asking(&method, &key_of(*role), &path).body(Body::from("{}")).unwrap();
            let status = county.send(request).await.status;
            let refused = status == StatusCode::FORBIDDEN;
            assert_eq!(refused, operation.reach(*role) == Reach::No, "{name} {role}: {status}");
            assert!(!status.is_server_error(), "{name} {role}: {status}");
        }
        for key in ["", "demo-nobody", "demo-school-999999", "demo-service-none", "x"] {
            let request = asking(&method, key, &path).body(Body::from("{}")).unwrap();
            let answer = county.send(request).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name} with {key:?}");
        }
    }
}

#[tokio::test]
async fn demonstration_keys_open_nothing_elsewhere() {
    let county = County::with_keys(Keys::Issued).await;
    let answer = county.get(ADVISER, "/requests").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.headers["www-authenticate"], "Bearer");
}

#[tokio::test]
async fn another_schools_request_is_not_there() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    for path in ["", "/timeline", "/triage", "/clocks"] {
        let answer = county.get(OTHERS, &format!("/requests/{id}{path}?at_least=1")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = county.act(OTHERS, &id, "withdraw", &json!({})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let list = county.get(OTHERS, "/requests?q=Ivy").await;
    assert_eq!(list.body["items"], json!([]));
}

#[tokio::test]
async fn another_services_request_is_not_there() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let answer = county.act("demo-service-education-welfare", &id, "accept", &json!({})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

fn holds(body: &Value, word: &str) -> bool {
    body.to_string().contains(word)
}

#[tokio::test]
async fn a_commissioner_and_an_auditor_see_the_case_and_nobodys_name() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let seen = county.get(OURS, &format!("/requests/{id}")).await;
    assert!(holds(&seen.body, "Firle") && holds(&seen.body, "misses what is said"));
    for key in ["demo-commissioner", "demo-auditor"] {
        for path in [format!("/requests/{id}"), "/requests".to_owned()] {
            let answer = county.get(key, &path).await;
            assert_eq!(answer.status, StatusCode::OK);
            for word in ["Ivy", "Firle", "2017-04-09", "Hughes", "misses"] {
                assert!(!holds(&answer.body, word), "{key} sees {word} in {path}");
            }
        }
        let answer = county.get(key, "/requests?q=Ivy").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_school_never_sees_an_internal_note() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    county.act(ADVISER, &id, "note", &json!({"text": "Ring the social worker."})).await;
    let path = format!("/requests/{id}/timeline");
    assert!(holds(&county.get(ADVISER, &path).await.body, "social worker"));
    let school = county.get(OURS, &path).await.body;
    assert!(!holds(&school, "social worker") && !holds(&school, "request.noted"));
}

#[tokio::test]
async fn a_path_that_is_no_text_names_nothing() {
    let county = County::founded().await;
    for path in ["/requests/%ff", "/requests/%ff/triage", "/rulesets/triage/versions/%ff"] {
        let answer = county.get(ADVISER, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
    }
}

#[tokio::test]
async fn what_needs_no_key_tells_nothing() {
    let county = County::founded().await;
    for path in ["/health/live", "/health/ready", "/docs/", "/api/v1/openapi.json"] {
        let answer = county.send(Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
    let answer = county.send(Request::get("/nowhere").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
}
