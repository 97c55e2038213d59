//! A request's life, from submission to its end, told by everybody who has a part in it.

use frontdoor_tests::caller::Caller;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, with, without_consent};
use serde_json::{Value, json};

struct People {
    _server: Server,
    school: Caller,
    adviser: Caller,
    sensory: Caller,
    welfare: Caller,
}

async fn people() -> People {
    let server = Server::empty().await;
    People {
        school: server.demo("school-900001"),
        adviser: server.demo("adviser"),
        sensory: server.demo("service-sensory-support"),
        welfare: server.demo("service-education-welfare"),
        _server: server,
    }
}

fn id(request: &Value) -> &str {
    request["id"].as_str().expect("an id")
}

fn reason(code: &str) -> Value {
    json!({"reason": {"code": code, "text": "We spoke with the school.", "criteria": ["sensory-need"]}})
}

#[tokio::test]
async fn a_request_goes_from_missing_consent_to_support_and_its_end() {
    let People { _server, school, adviser, sensory, .. } = people().await;
    let request = school.submit(&without_consent()).await.json();
    assert_eq!(request["status"], "awaiting_information");
    assert_eq!(request["respond_by"], Value::Null);

    let consent = json!({"consent": {"given": true, "by": "parent", "on": "2026-05-01"}});
    let supplied = school.act(&request, "supply-information", &consent).await;
    assert_eq!((&supplied["status"], &supplied["missing"]), (&json!("with_service"), &json!([])));
    assert_eq!(supplied["route"], json!({"kind": "service", "service": "sensory-support"}));
    assert!(supplied["respond_by"].is_string());

    sensory
        .try_act(&request, "record-outcome", &json!({"outcome": "goals_met"}))
        .await
        .expect_problem(409);
    sensory.act(&request, "accept", &json!({})).await;
    sensory.try_act(&request, "accept", &json!({})).await.expect_problem(409);
    sensory.try_act(&request, "decline", &reason("no_capacity")).await.expect_problem(409);
    sensory.act(&request, "record-contact", &json!({"text": "Rang the parents."})).await;
    let outcome = json!({"outcome": "goals_met", "text": "She follows lessons."});
    assert_eq!(sensory.act(&request, "record-outcome", &outcome).await["status"], "supported");

    let closed = adviser.act(&request, "close", &json!({"ending": "support_complete"})).await;
    assert_eq!(closed["status"], "closed");
    adviser
        .try_act(&request, "advise", &json!({"text": "One more thing."}))
        .await
        .expect_problem(409);
    assert_eq!(adviser.act(&request, "reopen", &json!({})).await["status"], "with_duty_adviser");
}

#[tokio::test]
async fn the_timeline_tells_it_all_in_order() {
    let People { _server, school, sensory, .. } = people().await;
    let request = school.submit(&plain()).await.json();
    sensory.act(&request, "accept", &json!({})).await;
    let contact = json!({"text": "Rang the parents."});
    let path = format!("/requests/{}/actions/record-contact", id(&request));
    let position = sensory.post(&path, &contact).await.position();

    let path = format!("/requests/{}/timeline?at_least={position}", id(&request));
    let timeline = school.get(&path).await.expect(200);
    let events = timeline["items"].as_array().expect("events");
    let names: Vec<&str> = events.iter().filter_map(|event| event["type"].as_str()).collect();
    let expected = [
        "request.received",
        "request.triaged",
        "request.assigned",
        "request.accepted",
        "request.first_contact_made",
    ];
    let told: Vec<&str> =
        names.into_iter().filter(|name| *name != "request.rota_gap_found").collect();
    assert_eq!(told, expected);
    let positions: Vec<u64> = events.iter().filter_map(|it| it["position"].as_u64()).collect();
    assert!(positions.is_sorted() && positions.last() == Some(&position));
}

#[tokio::test]
async fn a_decline_needs_a_reason_its_criteria_and_a_text() {
    let People { _server, school, sensory, welfare, .. } = people().await;
    let request = school.submit(&plain()).await.json();
    for (body, fault) in [
        (json!({}), "/reason"),
        (json!({"reason": {"text": "No."}}), "/reason/code"),
        (json!({"reason": {"code": "criteria_not_met", "criteria": ["sensory-need"]}}), "/reason"),
        (json!({"reason": {"code": "criteria_not_met", "text": "No."}}), "/reason/criteria"),
    ] {
        let refused = sensory.try_act(&request, "decline", &body).await;
        assert_eq!(refused.faults(422), [fault], "{body}");
    }
    welfare.try_act(&request, "decline", &reason("wrong_service")).await.expect_problem(404);

    let declined = sensory.act(&request, "decline", &reason("criteria_not_met")).await;
    assert_eq!(declined["status"], "with_duty_adviser");
    sensory.try_act(&request, "accept", &json!({})).await.expect_problem(404);
}

#[tokio::test]
async fn a_request_that_is_sent_round_twice_goes_to_its_panel_by_itself() {
    let People { _server, school, adviser, sensory, welfare, .. } = people().await;
    let request = school.submit(&plain()).await.json();
    sensory.act(&request, "decline", &reason("criteria_not_met")).await;
    let sent = adviser.act(&request, "route", &json!({"service": "education-welfare"})).await;
    assert_eq!(sent["status"], "with_service");
    let declined = welfare.act(&request, "decline", &reason("wrong_service")).await;
    assert_eq!(declined["status"], "awaiting_panel");
    assert_eq!(declined["route"]["panel"], "sensory-physical");
}

#[tokio::test]
async fn the_rules_are_overruled_only_with_a_reason() {
    let People { _server, school, adviser, .. } = people().await;
    let request = school.submit(&plain()).await.json();
    for (action, mut body) in
        [("route", json!({"service": "education-welfare"})), ("refer-to-panel", json!({}))]
    {
        let refused = adviser.try_act(&request, action, &body).await;
        assert_eq!(refused.faults(422), ["/reason"], "{action}");
        body["reason"] = json!({"code": "professional_judgement"});
        let wordless = adviser.try_act(&request, action, &body).await;
        assert_eq!(wordless.faults(422), ["/reason"], "{action}");
    }
    let unknown = with(reason("new_information"), "/service", json!("magic"));
    assert_eq!(adviser.try_act(&request, "route", &unknown).await.faults(422), ["/service"]);

    let overruled =
        adviser.act(&request, "refer-to-panel", &reason("professional_judgement")).await;
    assert_eq!(overruled["status"], "awaiting_panel");
    assert_eq!(overruled["route"]["panel"], "sensory-physical");
    adviser.try_act(&request, "refer-to-panel", &json!({})).await.expect_problem(409);
}

#[tokio::test]
async fn a_school_takes_its_request_back() {
    let People { _server, school, sensory, .. } = people().await;
    let request = school.submit(&plain()).await.json();
    assert_eq!(school.act(&request, "withdraw", &json!({})).await["status"], "closed");
    sensory.try_act(&request, "accept", &json!({})).await.expect_problem(409);
    school.try_act(&request, "withdraw", &json!({})).await.expect_problem(409);
}

#[tokio::test]
async fn an_internal_note_is_never_shown_to_the_school() {
    let People { _server, school, adviser, .. } = people().await;
    let request = school.submit(&plain()).await.json();
    adviser.try_act(&request, "note", &json!({"text": " "})).await.expect_problem(422);
    let path = format!("/requests/{}/actions/note", id(&request));
    let noted = adviser.post(&path, &json!({"text": "Rather anxious parents."})).await;
    let path = format!("/requests/{}/timeline?at_least={}", id(&request), noted.position());
    let inside = adviser.get(&path).await.expect(200).to_string();
    assert!(inside.contains("request.noted") && inside.contains("anxious"));
    let outside = school.get(&path).await.expect(200).to_string();
    assert!(!outside.contains("request.noted") && !outside.contains("anxious"));
}

#[tokio::test]
async fn advice_and_questions_reach_the_school() {
    let People { _server, school, adviser, .. } = people().await;
    let request = school.submit(&plain()).await.json();
    adviser.act(&request, "advise", &json!({"text": "Seat her in front."})).await;
    let path = format!("/requests/{}/actions/ask-information", id(&request));
    let asked = adviser.post(&path, &json!({"questions": ["Which radio aid?"]})).await;
    assert_eq!(asked.expect(200)["status"], "awaiting_information");
    let path = format!("/requests/{}/timeline?at_least={}", id(&request), asked.position());
    let seen = school.get(&path).await.expect(200).to_string();
    assert!(seen.contains("Seat her in front.") && seen.contains("Which radio aid?"));

    let supplied = school.act(&request, "supply-information", &json!({"text": "A new one."})).await;
    assert_eq!(supplied["status"], "with_service");
}

#[tokio::test]
async fn staff_log_what_happened_earlier_and_schools_do_not() {
    let People { _server, school, adviser, .. } = people().await;
    let yesterday = with(plain(), "/effective_at", json!("2026-11-16T15:00:00Z"));
    let refused = school.post("/requests", &yesterday).await;
    assert_eq!(refused.faults(422), ["/effective_at"]);

    let phoned = with(yesterday, "/school_urn", json!("900001"));
    let request = adviser.submit(&phoned).await.json();
    assert_eq!(request["received_at"], "2026-11-16T15:00:00Z");
    assert_eq!(request["respond_by"], "2026-11-23T17:00:00Z");

    let tomorrow = with(phoned, "/effective_at", json!("2999-01-01T00:00:00Z"));
    assert_eq!(adviser.post("/requests", &tomorrow).await.faults(422), ["/effective_at"]);
}
