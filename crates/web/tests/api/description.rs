//! The description says what is taken and answered, also where that has several shapes.

use crate::county::{ADVISER, County, OURS, asking, hearing};
use axum::body::Body;
use axum::http::StatusCode;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

fn description() -> Value {
    serde_json::to_value(web::openapi()).unwrap()
}

fn schema(name: &str) -> Value {
    description()["components"]["schemas"][name].clone()
}

/// What the header says what it is for by, without its anchors.
fn purposes() -> String {
    let description = description();
    let parameters = description["paths"]["/api/v1/me"]["get"]["parameters"].as_array().unwrap();
    let header = parameters.iter().find(|it| it["name"] == "Frontdoor-Purpose").unwrap();
    header["schema"]["pattern"].as_str().unwrap().trim_matches(['^', '$']).to_owned()
}

#[tokio::test]
async fn every_purpose_that_is_described_is_taken_and_an_empty_one_is_described() {
    let county = County::founded().await;
    let described = string_regex(&purposes()).unwrap();
    let mut runner = TestRunner::deterministic();
    let mut empty = 0;
    for _ in 0..100 {
        let said = described.new_tree(&mut runner).unwrap().current();
        let request = asking("GET", ADVISER, "/me").header("frontdoor-purpose", &said);
        let answer = county.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{said:?}");
        empty += usize::from(said.split(',').any(|purpose| purpose.trim().is_empty()));
    }
    assert!(empty > 0, "a list may have empty elements");
}

#[tokio::test]
async fn the_scope_of_a_caller_is_one_of_the_shapes_that_are_described() {
    let me = County::founded().await.get(ADVISER, "/me").await.body;
    assert!(schema("MeBody")["properties"]["scope"].to_string().contains("schemas/ScopeBody"));
    let shapes = schema("ScopeBody")["oneOf"].clone();
    let is = |shape: &&Value| shape["enum"] == json!([me["scope"]]);
    assert_eq!(shapes.as_array().unwrap().iter().filter(is).count(), 1, "{shapes}");
    assert_eq!(shapes.as_array().unwrap().len(), 3, "{shapes}");
}

#[tokio::test]
async fn what_a_criterion_was_tested_against_is_described_as_of_any_shape() {
    let county = County::founded().await;
    let id = county.submitted(&hearing()).await;
    let triage = county.get(OURS, &format!("/requests/{id}/triage")).await.body;
    assert!(triage.to_string().contains(r#""actual":""#), "a code is no object: {triage}");
    let shown = schema("CriterionShown").to_string();
    assert!(shown.contains(r#""actual":{"description":"What it was tested against."}"#), "{shown}");
}

#[test]
fn a_part_that_no_form_has_is_described_as_refused() {
    assert_eq!(schema("DocumentBody")["additionalProperties"], false);
}
