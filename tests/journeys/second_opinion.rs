//! Hundreds of submissions that nobody thought of, decided twice: by the server, and by a
//! literal reading of the published order and the county's rule set.

use frontdoor_tests::dice::Dice;
use frontdoor_tests::server::Server;
use frontdoor_tests::triage::{Asked, fitting, met};
use frontdoor_tests::{county, due, submission};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const SUBMISSIONS: u64 = 400;

/// Every criterion of an explanation, judged again. Null instead of a verdict on a service
/// says that the route was decided before services were considered.
fn explanation_holds(triage: &Value, rules: &Value, facts: &Map<String, Value>) {
    assert_eq!(triage["facts"].as_object(), Some(facts));
    let fits = fitting(rules, facts);
    for service in triage["services"].as_array().expect("services") {
        if service["service"] == "statutory-sen" {
            continue;
        }
        if let Some(said) = service["fits"].as_bool() {
            assert_eq!(said, fits.contains(&service["service"]), "{service}");
        }
        for criterion in service["ways_in"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|way| way["criteria"].as_array().into_iter().flatten())
        {
            let fact = criterion["fact"].as_str().expect("a fact");
            assert_eq!(criterion["actual"], facts[fact], "{criterion}");
            assert_eq!(criterion["met"].as_bool(), met(criterion, facts), "{criterion}");
            assert!(criterion["says"].as_str().is_some_and(|says| says.len() > 10), "{criterion}");
        }
    }
}

#[tokio::test]
async fn a_literal_reading_of_the_published_rules_comes_to_the_same_routes() {
    let server = Server::empty().await;
    let rules = county::ruleset();
    let schools = server.demo("adviser").every("/schools").await;
    let mut routes: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..SUBMISSIONS {
        let mut dice = Dice::new(seed);
        let body = submission::random(&mut dice);
        let school = dice.one(&schools);
        let caller = server.demo(&format!("school-{}", school["urn"].as_str().expect("a URN")));

        let answer = caller.submit(&body).await;
        let request = answer.json();
        let received_at = request["received_at"].as_str().expect("an instant");
        let received_at = received_at.parse().expect("an instant");
        let asked = Asked { body: &body, school, received_at };
        let route = asked.route(&rules);
        assert_eq!(request["route"], route, "seed {seed}: {body}");
        if route["kind"] != "information" {
            let due = due::at_close_after(received_at, 5).to_string();
            assert_eq!(request["respond_by"], due, "seed {seed}");
        }
        let kind = route["kind"].as_str().expect("a route has a kind");
        *routes.entry(kind.to_owned()).or_default() += 1;

        let id = request["id"].as_str().expect("an id");
        let path = format!("/requests/{id}/triage?at_least={}", answer.position());
        explanation_holds(&caller.get(&path).await.expect(200), &rules, &asked.facts());
    }
    // Submissions that all went one way would prove little.
    assert!(routes.len() == 4 && routes.values().all(|count| *count >= 10), "{routes:?}");
}
