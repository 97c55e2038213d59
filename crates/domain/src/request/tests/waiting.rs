//! The school is asked, and answers: who waits meanwhile, and where the request goes on.

use super::*;
use crate::codes::ConsentBy;
use crate::event::RequestEvent as E;
use crate::intake::Consent;
use crate::triage::Route;

fn waiting_for_consent() -> Story {
    received(county::without_consent(county::for_a_service()))
}

#[test]
fn supplied_consent_lets_the_rules_decide() {
    waiting_for_consent()
        .at("2026-11-24T10:00:00Z")
        .when(supply_consent())
        .then(&["information_supplied", "triaged"])
        .then_is(Status::WithService)
        .then_promises(&[
            "respond runs on, due 2026-12-01T17:00:00Z",
            "first_contact begins, due 2026-12-01T17:00:00Z",
        ])
        .then_respond_by(Some("2026-12-01T17:00:00Z"));
}

#[test]
fn an_answer_without_the_consent_is_kept_and_the_wait_goes_on() {
    let story = waiting_for_consent()
        .when(supply())
        .then(&["information_supplied"])
        .then_promises(&[])
        .then_is(Status::AwaitingInformation);
    assert!(
        story.happened().all(|event| matches!(event, E::InformationSupplied(it) if !it.complete))
    );
}

#[test]
fn refused_consent_is_recorded_and_the_wait_goes_on() {
    let refused = Consent { given: false, ..county::consent() };
    let story = waiting_for_consent()
        .when(Command::SupplyInformation(Some(refused.clone()), vec![], Words::default()))
        .then(&["information_supplied"])
        .then_is(Status::AwaitingInformation);
    assert_eq!(story.case().intake.consent, Some(refused));
}

#[test]
fn safeguarding_may_do_without_consent() {
    let overridden = Consent { given: false, by: None::<ConsentBy>, on: None, overridden: true };
    waiting_for_consent()
        .when(Command::SupplyInformation(Some(overridden), vec![], words()))
        .then(&["information_supplied", "triaged"])
        .then_is(Status::WithService);
}

#[test]
fn consent_can_lead_to_a_panel_and_starts_its_promise_then() {
    received(county::without_consent(county::for_a_panel()))
        .at("2026-11-24T10:00:00Z")
        .when(supply_consent())
        .then_is(Status::AwaitingPanel)
        .then_promises(&[
            "respond runs on, due 2026-12-01T17:00:00Z",
            "panel_decision begins, due 2027-01-08T17:00:00Z",
        ]);
}

#[test]
fn a_considered_question_answers_the_school_and_the_rest_waits() {
    let story = received(county::for_a_service())
        .at("2026-11-20T12:00:00Z")
        .when(ask())
        .then(&["information_asked"])
        .then_is(Status::AwaitingInformation)
        .then_promises(&["respond kept after 120 min", "first_contact waits"])
        .then_respond_by(None);
    let questions = story.happened().find_map(|event| {
        if let E::InformationAsked(asked) = event { Some(asked.questions.clone()) } else { None }
    });
    assert_eq!(questions, Some(vec![1, 2]));
}

#[test]
fn an_answered_question_brings_the_request_back_to_where_it_was_asked() {
    received(county::for_a_service())
        .when(accept("specialist-sen"))
        .at("2026-11-23T09:00:00Z")
        .when(ask())
        .at("2026-11-24T11:00:00Z")
        .when(supply())
        .then(&["information_supplied"])
        .then_promises(&["first_contact runs on, due 2026-12-01T11:00:00Z"])
        .then_is(Status::WithService)
        .when(decline("specialist-sen"))
        .then_refused(&Refusal::AlreadyAccepted);
}

#[test]
fn a_question_from_the_agenda_comes_back_to_the_agenda() {
    let meeting: crate::ids::MeetingId = "2026-12-03".parse().unwrap();
    let story = received(county::for_a_panel())
        .when(Command::PutOnAgenda(meeting))
        .when(ask())
        .then_is(Status::AwaitingInformation)
        .when(supply())
        .then_is(Status::OnAgenda);
    assert_eq!(story.case().panel().unwrap().as_str(), "communication-interaction");
}

#[test]
fn a_second_question_does_not_forget_where_the_first_was_asked() {
    received(county::for_a_panel())
        .when(ask())
        .when(ask())
        .then(&["information_asked"])
        .then_promises(&[])
        .when(supply())
        .then_is(Status::AwaitingPanel);
}

#[test]
fn the_law_does_not_wait_for_the_school() {
    received(county::for_an_ehc_assessment())
        .when(ask())
        .then_promises(&["respond kept after 0 min", "first_contact waits"]);
}

#[test]
fn what_is_supplied_unasked_moves_nothing() {
    received(county::for_a_service())
        .when(supply())
        .then(&["information_supplied"])
        .then_promises(&[])
        .then_is(Status::WithService);
}

#[test]
fn nothing_asked_and_nothing_supplied_is_refused() {
    let blank = Words { text: Some(" \n".to_owned()), ..Words::default() };
    for story in [received(county::for_advice()), waiting_for_consent()] {
        for words in [Words::default(), blank.clone()] {
            let refused = &Refusal::NothingSaid;
            story.clone().when(Command::AskInformation(words.clone())).then_refused(refused);
            story
                .clone()
                .when(Command::SupplyInformation(None, vec![], words))
                .then_refused(refused);
        }
    }
}

#[test]
fn a_promise_answered_during_the_wait_is_due_when_it_would_have_been() {
    waiting_for_consent()
        .at("2026-11-24T10:00:00Z")
        .when(advise())
        .then(&["advised"])
        .then_promises(&["respond runs on, due 2026-12-01T17:00:00Z", "respond kept after 0 min"])
        .then_respond_by(None)
        .when(supply_consent())
        .then_respond_by(Some("2026-12-01T17:00:00Z"));
}

#[test]
fn who_sends_it_on_during_the_wait_waits_no_longer() {
    let story = waiting_for_consent()
        .at("2026-11-24T10:00:00Z")
        .when(route("specialist-sen", because(ReasonCode::Safeguarding)))
        .then(&["routed"])
        .then_is(Status::WithService)
        .then_promises(&[
            "respond runs on, due 2026-12-01T17:00:00Z",
            "first_contact begins, due 2026-12-01T17:00:00Z",
        ]);
    let service = county::service("specialist-sen");
    assert_eq!(story.case().route, Some(Route::Service { service }));
}

#[test]
fn a_ledger_names_the_events_that_asked_and_answered() {
    use crate::clock::EntryKind::{AwaitingInformation, Counting};
    let story = waiting_for_consent()
        .at("2026-11-20T12:00:00Z")
        .when(supply_consent())
        .at("2026-11-20T13:00:00Z")
        .when(accept("specialist-sen"));
    let ledger = clock(&story, Promise::Respond).ledger(story.at.recorded_at, &story.desk.calendar);
    let lines: Vec<_> = ledger.iter().map(|it| (it.kind, it.event, it.working_minutes)).collect();
    let (asked, supplied) = (Uuid::from_u128(3), Uuid::from_u128(5));
    assert_eq!(lines, [(AwaitingInformation, asked, 0), (Counting, supplied, 60)]);
}
