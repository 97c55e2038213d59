//! Versions, positions and reading what one has just written.

use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, upn, with};
use serde_json::{Value, json};

#[tokio::test]
async fn a_write_on_a_stale_version_is_a_412_and_changes_nothing() {
    let server = Server::empty().await;
    let stored = server.demo("school-900001").submit(&plain()).await;
    let adviser = server.demo("adviser");
    let request = stored.json();
    let id = request["id"].as_str().expect("an id");
    let path = format!("/requests/{id}/actions/advise");
    let advice = json!({"text": "Try this."});
    let seen = [("if-match", stored.header("etag"))];

    let changed = adviser.post_with(&path, &advice, &seen).await;
    changed.expect_status(200);
    assert_ne!(changed.header("etag"), stored.header("etag"));
    adviser.post_with(&path, &advice, &seen).await.expect_problem(412);

    let read = adviser.get(&format!("/requests/{id}?at_least={}", changed.position())).await;
    assert_eq!((read.status, read.header("etag")), (200, changed.header("etag")));
    adviser.post_with(&path, &advice, &[("if-match", "*")]).await.expect_status(200);
    let refused = adviser.post_with(&path, &advice, &[("if-match", "latest")]).await;
    assert_eq!(refused.faults(422), ["If-Match"]);
}

#[tokio::test]
async fn whoever_asks_for_a_position_reads_their_own_write() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    for _ in 0..50 {
        let stored = school.submit(&plain()).await;
        let request = stored.json();
        let (id, position) = (request["id"].as_str().expect("an id"), stored.position());
        let read = school.get(&format!("/requests/{id}?at_least={position}")).await.expect(200);
        assert_eq!(read["reference"], request["reference"]);
        let place = stored.header("location").to_owned();
        assert_eq!(school.get(&place).await.expect(200)["id"], request["id"]);
    }
}

#[tokio::test]
async fn a_position_that_is_not_reached_is_a_503_within_bounds() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let position = school.submit(&plain()).await.position();
    let answer = school.get(&format!("/requests?at_least={}", position + 1_000)).await;
    answer.expect_problem(503);
    assert!(!answer.header("retry-after").is_empty());
}

#[tokio::test]
async fn positions_grow_and_the_log_has_no_holes() {
    let server = Server::empty().await;
    let (school, auditor) = (server.demo("school-900001"), server.demo("auditor"));
    let mut last = 0;
    for _ in 0..5 {
        let position = school.submit(&plain()).await.position();
        assert!(position > last);
        last = position;
    }
    let mut positions = Vec::new();
    let mut after = 0;
    while after < last {
        let page = auditor.get(&format!("/audit/events?after={after}&limit=200")).await.expect(200);
        let items = page["items"].as_array().expect("items").clone();
        positions.extend(items.iter().filter_map(|event| event["position"].as_u64()));
        after = *positions.last().expect("the log is not empty");
    }
    assert_eq!(positions, (1..=last).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_was_submitted_reads_back_as_it_was_sent() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let mut body = with(plain(), "/child/upn", json!(upn(123_456_789)));
    body = with(body, "/child/home_postcode", json!("ZX1 1ZX"));
    body = with(body, "/needs/description", json!("Misses what is said behind her."));
    body = with(body, "/summary", json!("Zoë’s friends help.\nMostly. 静か"));
    body = with(
        body,
        "/tried",
        json!([{"started": "2026-02-23", "reviewed": "2026-04-24",
        "provision": "A seat near the front", "outcome": "some_progress"}]),
    );
    body = with(
        body,
        "/provision",
        json!([{"what": "Teaching assistant", "hours_per_week": 2.5,
        "weeks_per_year": 38, "cost_per_hour": {"pence": 1650}}]),
    );
    let stored = school.submit(&body).await;
    let path = format!("{}?at_least={}", stored.header("location"), stored.position());
    let read = school.get(&path).await.expect(200);
    assert!(contains(&read, &body), "sent: {body}\nread: {read}");
    assert_eq!(read["provision_cost_per_year"], json!({"pence": 156_750}));
}

/// Whether everything of one value stands in the other, which may say more.
fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(name, part)| whole.get(name).is_some_and(|it| contains(it, part)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(it, part)| contains(it, part))
        }
        (Value::Number(whole), Value::Number(part)) => whole.as_f64() == part.as_f64(),
        (whole, part) => whole == part,
    }
}
