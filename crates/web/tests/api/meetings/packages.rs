//! A package of support after it was agreed: read, asked about, reviewed, and added up.

use super::story::{decided_package, package};
use super::*;
use axum::http::header;

const GIVES: &str = "demo-service-specialist-sen";
const OTHER: &str = "demo-service-educational-psychology";

/// A package for Tom, with two services: twelve weeks at £90 and at £180.
async fn supported() -> (Panelled, String) {
    let (panel, requests) = Panelled::under_way(terms(), &["Tom"]).await;
    let mut agreed = package();
    agreed["key_worker"]["contact"] = json!("01273 555 0142");
    let decided = panel.decide(&requests[0], &decided_package(agreed)).await;
    assert_eq!(decided.status, StatusCode::OK, "{}", decided.body);
    (panel, requests[0].clone())
}

async fn act(panel: &Panelled, key: &str, id: &str, action: &str, body: &Value) -> Answer {
    panel.county.act(key, id, action, body).await
}

fn review(then: &str) -> Value {
    let result = |number| json!({"number": number, "outcome": "partly", "measure": "Two days."});
    json!({"results": [result(1), result(2)], "text": "He has come far.", "then": then})
}

#[tokio::test]
async fn a_package_shows_who_gives_what_and_what_it_costs() {
    let (panel, id) = supported().await;
    let path = format!("/requests/{id}/package");
    let shown = panel.get(OURS, &path).await;
    assert_eq!(shown["key_worker"]["name"], "Sam Ashdown");
    assert_eq!(shown["contributions"][0]["what"], "Someone in class");
    assert_eq!(shown["contributions"][0]["quantity"], 2);
    assert_eq!(shown["contributions"][0]["total"]["pence"], 12 * 9_000);
    assert_eq!(shown["totals"]["total"]["pence"], 12 * 27_000);
    assert_eq!(shown["totals"]["by_funding"][0]["years"][0]["from_year"], 2026);
    assert!(panel.county.accesses().contains("read_package"));

    let nameless = panel.get("demo-commissioner", &path).await;
    assert_eq!(nameless["totals"], shown["totals"]);
    assert_eq!(nameless["key_worker"], Value::Null);
    assert_eq!(nameless["contributions"][0]["what"], Value::Null);
    for key in ["demo-school-900002", "demo-service-early-help"] {
        let answer = panel.county.get(key, &path).await;
        assert!(answer.status == StatusCode::NOT_FOUND || key.contains("early"), "{key}");
        assert_ne!(answer.status, StatusCode::OK, "{key}");
    }
}

#[tokio::test]
async fn a_package_is_priced_as_the_decision_will_before_its_words_are_written() {
    let (panel, id) = supported().await;
    let mut so_far = package();
    so_far.as_object_mut().unwrap().remove("key_worker");
    for word in ["what", "outcome", "lead", "review_on"] {
        so_far["contributions"][0].as_object_mut().unwrap().remove(word);
    }
    let priced = panel.county.post(OFFICER, "/packages/price", &so_far).await;
    assert_eq!(priced.status, StatusCode::OK, "{}", priced.body);
    let agreed = panel.get(OFFICER, &format!("/requests/{id}/package")).await;
    assert_eq!(priced.body["totals"], agreed["totals"]);
    assert_eq!(priced.body["totals"]["by_year"][0]["amount"]["pence"], 12 * 27_000);
    assert_eq!(priced.body["contributions"][0]["each_time"]["pence"], 9_000);

    so_far["contributions"][1]["ends"] = json!("2026-01-01");
    so_far["contributions"][1]["colour"] = json!("blue");
    let refused = panel.county.post(OFFICER, "/packages/price", &so_far).await;
    assert_eq!(refused.body["errors"][0]["pointer"], "/contributions/1/colour");
    so_far["contributions"][1].as_object_mut().unwrap().remove("colour");
    let refused = panel.county.post(OFFICER, "/packages/price", &so_far).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.body["errors"][0]["pointer"], "/contributions/1/ends");
    let school = panel.county.post(OURS, "/packages/price", &so_far).await;
    assert_eq!(school.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_service_asks_about_its_part_and_the_panel_answers() {
    let (panel, id) = supported().await;
    let asked = json!({"text": "Which afternoon suits the school?"});
    let done = act(&panel, OTHER, &id, "query", &asked).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let path = format!("/requests/{id}/package");
    let waiting = &panel.get(OFFICER, &path).await["queries"];
    assert_eq!(*waiting, json!(["educational-psychology"]));
    assert_eq!(panel.get(OURS, &path).await["queries"], json!([]));
    let answer = json!({"service": "educational-psychology", "text": "Any but Friday."});
    assert_eq!(act(&panel, OTHER, &id, "answer-query", &answer).await.status, 403);
    let done = act(&panel, OFFICER, &id, "answer-query", &answer).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(act(&panel, OFFICER, &id, "answer-query", &answer).await.status, 409);
    assert_eq!(act(&panel, OTHER, &id, "accept", &json!({})).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_review_names_every_fault_and_changes_the_package_from_its_day_on() {
    let (panel, id) = supported().await;
    panel.county.clock.set("2027-03-15T10:00:00Z".parse().unwrap());
    let bad = json!({"results": [{"number": 1, "outcome": "fine"}], "then": "change", "x": 1});
    let refused = act(&panel, GIVES, &id, "review-package", &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = refused.body["errors"].as_array().unwrap().clone();
    let pointers: Vec<_> = errors.iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    let expected = ["/results/0/outcome", "/results/0/measure", "/text", "/package", "/x"];
    assert_eq!(pointers, expected);

    let mut left_out = review("continue");
    left_out["review_on"] = json!("2027-03-22");
    left_out["results"].as_array_mut().unwrap().pop();
    let refused = act(&panel, GIVES, &id, "review-package", &left_out).await;
    assert_eq!(refused.body["errors"][0]["pointer"], "/results", "{}", refused.body);
    let other = act(&panel, OTHER, &id, "review-package", &review("end")).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{}", other.body);

    let mut change = review("change");
    change["package"] = package();
    for (place, ends) in [(0, "2027-05-28"), (1, "2027-04-30")] {
        change["package"]["contributions"][place]["starts"] = json!("2027-03-15");
        change["package"]["contributions"][place]["ends"] = json!(ends);
        change["package"]["contributions"][place]["review_on"] = json!("2027-04-26");
    }
    let done = act(&panel, GIVES, &id, "review-package", &change).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let shown = panel.get(OURS, &format!("/requests/{id}/package")).await;
    assert_eq!((&shown["reviews"], &shown["review_on"]), (&json!(1), &json!("2027-04-26")));
    assert_eq!(shown["past"][0]["ends"], "2027-03-14");
    // Ten weeks of both; then eleven weeks of one, and seven of the other.
    let total = 10 * 27_000 + 11 * 9_000 + 7 * 18_000;
    assert_eq!(shown["totals"]["total"]["pence"], total);

    let spend = panel.get("demo-commissioner", "/insights/spend?from_year=2026").await;
    assert_eq!((&spend["total"]["pence"], &spend["group_by"]), (&json!(total), &json!("agency")));
    let years: i64 = spend["years"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["amount"]["pence"].as_i64().unwrap())
        .sum();
    assert_eq!(years, total);
    let csv = panel.get("demo-commissioner", "/insights/spend.csv?group_by=funding").await;
    insta::assert_snapshot!(csv.as_str().unwrap());
}

#[tokio::test]
async fn what_ends_soon_or_should_have_been_reviewed_is_listed() {
    let (panel, id) = supported().await;
    let of = |list: &Value| list["items"].as_array().unwrap().len();
    let ending = |day: &str| format!("/packages?ending_before={day}");
    assert_eq!(of(&panel.get(CLERK, &ending("2027-03-26")).await), 0);
    let soon = panel.get(CLERK, &ending("2027-03-27")).await;
    assert_eq!(soon["items"][0]["request"], *id);
    assert_eq!(of(&panel.get(OTHER, "/packages?review_due_before=2027-03-16").await), 1);
    assert_eq!(of(&panel.get("demo-school-900002", "/packages").await), 0);
    assert_eq!(of(&panel.get(CLERK, "/packages?overdue=true&sort=review_on").await), 0);
    panel.county.clock.set("2027-03-15T09:00:00Z".parse().unwrap());
    panel.county.engine.run_due().await.unwrap();
    assert_eq!(of(&panel.get(CLERK, "/packages?overdue=true&panel=semh").await), 1);
    panel.county.clock.set("2027-03-26T17:00:00Z".parse().unwrap());
    panel.county.engine.run_due().await.unwrap();
    assert_eq!(of(&panel.get(CLERK, "/packages").await), 0);
    assert_eq!(panel.status(&id).await, "closed");
}

#[tokio::test]
async fn a_family_reads_who_helps_and_whom_they_can_ask() {
    let (panel, id) = supported().await;
    let path = format!("/requests/{id}/family-summary");
    let facts = panel.get(OURS, &path).await;
    assert_eq!(facts["key_worker"]["contact"], "01273 555 0142");
    assert!(!facts.to_string().contains("pence"), "{facts}");
    for (accept, name) in [("text/plain", "letter"), ("text/html", "page")] {
        let asked = asking("GET", OURS, &path).header(header::ACCEPT, accept);
        let answer = panel.county.send(asked.body(Body::empty()).unwrap()).await;
        let shown = answer
            .body
            .as_str()
            .unwrap()
            .replace(facts["reference"].as_str().unwrap(), "FD-REFER-ENCES");
        insta::assert_snapshot!(name, shown);
    }
    let nameless = panel.county.get("demo-commissioner", &path).await;
    assert_eq!(nameless.status, StatusCode::FORBIDDEN);
}
