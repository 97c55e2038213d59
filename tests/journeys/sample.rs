//! The sample of the county, posted by schools of the right phase and kind: every request
//! gets the answer that was worked out for it.

use frontdoor_tests::sample::{Line, lines};
use frontdoor_tests::server::Server;
use frontdoor_tests::{caller::Caller, due};
use serde_json::{Value, json};

/// The status in which a route puts a request.
fn status_of(kind: &str) -> &'static str {
    match kind {
        "information" => "awaiting_information",
        "duty" => "with_duty_adviser",
        "service" => "with_service",
        "panel" => "awaiting_panel",
        kind => panic!("there is no route “{kind}”"),
    }
}

/// The route that `expect` stands for.
fn route(line: &Line) -> Value {
    let (kind, target, fits) = (&line.expect["kind"], &line.expect["target"], &line.expect["fits"]);
    match (kind.as_str(), target.as_str()) {
        (Some("information"), _) => json!({"kind": kind, "missing": [target]}),
        (Some("duty"), Some("redirect")) => {
            let home = &line.request["child"]["home_authority"];
            json!({"kind": kind, "why": target, "authority": home})
        }
        (Some("duty"), _) => json!({"kind": kind, "why": target}),
        (Some("service"), _) => json!({"kind": kind, "service": target}),
        _ => json!({"kind": kind, "panel": target, "candidates": fits}),
    }
}

/// The URN of a school of this phase and kind.
async fn school(server: &Server, line: &Line) -> String {
    let (phase, kind) = (&line.phase, &line.kind);
    let path = format!("/schools?phase={phase}&kind={kind}&limit=1");
    let schools = server.demo("adviser").get(&path).await.expect(200);
    let urn = schools["items"][0]["urn"].as_str();
    urn.unwrap_or_else(|| panic!("the demo county has no school of {phase}, {kind}")).to_owned()
}

async fn answer_is_as_worked_out(caller: &Caller, line: &Line) {
    let number = line.number;
    let answer = caller.submit(&line.request).await;
    let request = answer.json();
    let route = route(line);
    assert_eq!(request["route"], route, "line {number}");
    let kind = line.expect["kind"].as_str().unwrap_or_default();
    assert_eq!(request["status"], status_of(kind), "line {number}");
    let waits = kind == "information";
    let missing = if waits { json!(["consent"]) } else { json!([]) };
    assert_eq!(request["missing"], missing, "line {number}");

    let received_at = request["received_at"].as_str().expect("an instant");
    let due = due::at_close_after(received_at.parse().expect("an instant"), 5);
    let respond_by = if waits { Value::Null } else { due.to_string().into() };
    assert_eq!(request["respond_by"], respond_by, "line {number}, received at {received_at}");

    let (id, position) = (request["id"].as_str().expect("an id"), answer.position());
    let path = format!("/requests/{id}/triage?at_least={position}");
    let triage = caller.get(&path).await.expect(200);
    assert_eq!(triage["outcome"], route, "line {number}");
    let fits = triage["services"].as_array().into_iter().flatten().filter(|it| it["fits"] == true);
    let fits: Vec<Value> = fits.map(|it| it["service"].clone()).collect();
    assert_eq!(json!(fits), line.expect["fits"], "line {number}");
}

#[tokio::test]
async fn every_request_of_the_sample_gets_the_answer_that_was_worked_out_for_it() {
    let server = Server::empty().await;
    let lines = lines();
    assert_eq!(lines.len(), 120);
    for line in &lines {
        let caller = server.demo(&format!("school-{}", school(&server, line).await));
        answer_is_as_worked_out(&caller, line).await;
    }
}

#[tokio::test]
async fn the_demo_county_has_239_schools_from_urn_900001() {
    let server = Server::empty().await;
    let schools = server.demo("school-900001").every("/schools").await;
    let urns: Vec<String> =
        schools.iter().filter_map(|school| school["urn"].as_str().map(str::to_owned)).collect();
    let expected: Vec<String> = (900_001..=900_239).map(|urn: u32| urn.to_string()).collect();
    assert_eq!(urns, expected);
}
