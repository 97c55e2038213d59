//! Promises as ledgers: they stand still while we wait for the school, and their lines cover
//! all of the time, without holes or overlaps, and add up.

use frontdoor_tests::caller::{Answer, Caller};
use frontdoor_tests::dice::Dice;
use frontdoor_tests::due;
use frontdoor_tests::server::Server;
use frontdoor_tests::submission::{plain, with, without_consent};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

fn instant(value: &Value) -> Timestamp {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value}"))
}

/// The clocks of a request as a write left it.
async fn clocks(caller: &Caller, written: &Answer) -> Vec<Value> {
    let id = written.json()["id"].clone();
    let id = id.as_str().expect("an id");
    let path = format!("/requests/{id}/clocks?at_least={}", written.position());
    caller.get(&path).await.expect(200)["clocks"].as_array().expect("clocks").clone()
}

fn clock<'a>(clocks: &'a [Value], promise: &str) -> &'a Value {
    clocks.iter().rfind(|clock| clock["promise"] == promise).expect("it was promised")
}

/// A ledger begins with its clock, ends with it or about now, has no holes, and adds up.
fn ledger_holds(clock: &Value) {
    let lines = clock["ledger"].as_array().expect("a ledger");
    let mut until = instant(&clock["started_at"]);
    let mut minutes = 0;
    for line in lines {
        assert_eq!(instant(&line["from"]), until, "a hole or an overlap: {clock}");
        until = instant(&line["to"]);
        assert!(until > instant(&line["from"]), "{clock}");
        assert!(line["event_id"].is_string(), "{clock}");
        let kind = line["kind"].as_str().expect("a kind");
        assert!(["counting", "closed", "bank_holiday", "awaiting_information"].contains(&kind));
        let counted = line["working_minutes"].as_i64().expect("minutes");
        assert!(kind == "counting" || counted == 0, "{clock}");
        minutes += counted;
    }
    assert_eq!(clock["working_minutes"], minutes, "{clock}");
    if clock["stopped_at"].is_string() && !lines.is_empty() {
        assert_eq!(until, instant(&clock["stopped_at"]), "{clock}");
    }
}

async fn written(caller: &Caller, request: &Value, action: &str, body: &Value) -> Answer {
    let answer = caller.try_act(request, action, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer
}

#[tokio::test]
async fn a_clock_waits_for_the_school_and_goes_on_with_its_answer() {
    let server = Server::empty().await;
    let school = server.demo("school-900001");
    let stored = school.submit(&without_consent()).await;
    let paused = clocks(&school, &stored).await;
    let respond = clock(&paused, "respond");
    assert_eq!((&respond["state"], &respond["due_at"]), (&json!("paused"), &Value::Null));
    assert_eq!(clock(&paused, "acknowledge")["state"], "kept");

    let consent = json!({"consent": {"given": true}});
    let supplied = written(&school, &stored.json(), "supply-information", &consent).await;
    let running = clocks(&school, &supplied).await;
    let respond = clock(&running, "respond");
    assert_eq!(respond["state"], "running");
    assert_eq!(respond["due_at"], supplied.json()["respond_by"]);
    let ledger = respond["ledger"].as_array().expect("a ledger").iter();
    assert!(ledger.clone().any(|line| line["kind"] == "awaiting_information"));
    running.iter().for_each(ledger_holds);
}

#[tokio::test]
async fn a_wait_moves_the_due_instant_by_exactly_the_working_time_waited() {
    let server = Server::empty().await;
    let coordinator = server.demo("coordinator");
    // Tuesday 09:30 in London, without consent; it is supplied on Thursday at 11:00.
    let mut body = with(without_consent(), "/school_urn", json!("900001"));
    body = with(body, "/effective_at", json!("2026-06-09T08:30:00Z"));
    let stored = coordinator.submit(&body).await;
    let consent = json!({"consent": {"given": true}, "effective_at": "2026-06-11T10:00:00Z"});
    let supplied = written(&coordinator, &stored.json(), "supply-information", &consent).await;
    // Waited: 7½ hours of Tuesday, 8 of Wednesday, 2 of Thursday: 17½ working hours, which
    // from the close of the next Tuesday is two days of 8 hours and 1½ hours of a third.
    assert_eq!(supplied.json()["respond_by"], "2026-06-19T09:30:00Z");
    let clocks = clocks(&coordinator, &supplied).await;
    let respond = clock(&clocks, "respond");
    assert_eq!(respond["original_due_at"], "2026-06-16T16:00:00Z");
    let lines = respond["ledger"].as_array().expect("a ledger");
    let waited = lines.iter().find(|line| line["kind"] == "awaiting_information");
    assert_eq!(waited.expect("a wait")["waited_minutes"], 1_050);
    clocks.iter().for_each(ledger_holds);
}

#[tokio::test]
async fn a_second_calendar_comes_to_the_same_due_instants_over_two_years() {
    let server = Server::empty().await;
    let coordinator = server.demo("coordinator");
    let body = json!({"school_urn": "900001", "about": "school", "support_sought": ["training"],
        "requested_by": {"name": "R. Hughes", "role": "head"}});
    let now = instant(&coordinator.submit(&body).await.json()["received_at"]);
    let mut dice = Dice::new(17);
    for _ in 0..300 {
        let minutes = dice.from_to(1, 680 * 24 * 60);
        let at = now - minutes.minutes();
        let logged = with(body.clone(), "/effective_at", json!(at));
        let request = coordinator.submit(&logged).await.json();
        let due = due::at_close_after(at, 5).to_string();
        assert_eq!(request["respond_by"], due, "received at {at}");
    }
}

#[tokio::test]
async fn an_answer_keeps_the_promise_and_a_late_one_breaks_it() {
    let server = Server::empty().await;
    let adviser = server.demo("adviser");
    let in_time = with(plain(), "/school_urn", json!("900001"));
    let late = with(in_time.clone(), "/effective_at", json!("2026-06-09T08:30:00Z"));
    for (body, state) in [(in_time, "kept"), (late, "breached")] {
        let stored = adviser.submit(&body).await;
        let advice = json!({"text": "Seat her in front."});
        let answer = written(&adviser, &stored.json(), "advise", &advice).await;
        let clocks = clocks(&adviser, &answer).await;
        assert_eq!(clock(&clocks, "respond")["state"], state);
        clocks.iter().for_each(ledger_holds);
    }
}

#[tokio::test]
async fn an_acceptance_a_closing_and_a_question_answer_the_school() {
    let server = Server::empty().await;
    let (school, adviser) = (server.demo("school-900001"), server.demo("adviser"));
    let service = server.demo("service-sensory-support");
    for (caller, action, body) in [
        (&service, "accept", json!({})),
        (&adviser, "close", json!({"ending": "advice_given"})),
        (&adviser, "ask-information", json!({"questions": ["Which radio aid?"]})),
    ] {
        let request = school.submit(&plain()).await.json();
        let done = written(caller, &request, action, &body).await;
        let clocks = clocks(&school, &done).await;
        assert_eq!(clock(&clocks, "respond")["state"], "kept", "{action}");
        clocks.iter().for_each(ledger_holds);
    }
}

#[tokio::test]
async fn every_ledger_of_a_made_up_year_holds() {
    let server = Server::with(&["--demo", "--demo-requests", "80", "--demo-seed", "3"]).await;
    let adviser = server.demo("adviser");
    let mut ledgers = 0;
    for request in adviser.every("/requests").await {
        let id = request["id"].as_str().expect("an id");
        let clocks = adviser.get(&format!("/requests/{id}/clocks")).await.expect(200);
        for clock in clocks["clocks"].as_array().expect("clocks") {
            ledger_holds(clock);
            ledgers += 1;
        }
    }
    assert!(ledgers > 160, "{ledgers}");
}
