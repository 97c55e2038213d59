//! A service takes a request, or says why not.

use super::*;
use crate::codes::OutcomeCode;
use crate::triage::{Route, Why};

const SERVICE: &str = "specialist-sen";

fn contact(service: &str) -> Command {
    Command::RecordContact(county::service(service), words())
}

fn outcome(service: &str) -> Command {
    Command::RecordOutcome(county::service(service), OutcomeCode::GoalsMet, words())
}

#[test]
fn acceptance_answers_the_school() {
    received(county::for_a_service())
        .at("2026-11-20T15:30:00Z")
        .when(accept(SERVICE))
        .then(&["accepted"])
        .then_promises(&["respond kept after 330 min"])
        .then_is(Status::WithService);
}

#[test]
fn an_acceptance_after_the_due_instant_breaks_the_promise() {
    received(county::for_a_service())
        .at("2026-11-30T09:01:00Z")
        .when(accept(SERVICE))
        .then_promises(&["respond broken after 2821 min"]);
}

#[test]
fn an_answer_dated_before_the_request_stops_its_clock_at_the_start_of_it() {
    let story = received(county::for_a_service())
        .at_but_recorded_at("2026-11-20T09:00:00Z", "2026-11-20T11:00:00Z")
        .when(accept(SERVICE));
    let [ClockChange::Stopped { at: stopped_at, .. }] = story.changes()[0].clocks.as_slice() else {
        panic!("respond is not stopped: {:?}", story.changes()[0].clocks);
    };
    assert_eq!(Some(*stopped_at), clock(&story, Promise::Respond).stopped_at);
    assert_eq!(*stopped_at, at("2026-11-20T10:00:00Z"));
}

#[test]
fn the_first_contact_keeps_its_promise_and_the_next_ones_have_none() {
    received(county::for_a_service())
        .when(accept(SERVICE))
        .at("2026-11-23T10:00:00Z")
        .when(contact(SERVICE))
        .then(&["first_contact_made"])
        .then_promises(&["first_contact kept after 480 min"])
        .when(contact(SERVICE))
        .then(&["first_contact_made"])
        .then_promises(&[]);
}

#[test]
fn an_outcome_means_that_support_is_in_place() {
    received(county::for_a_service())
        .when(accept(SERVICE))
        .when(outcome(SERVICE))
        .then(&["outcome_recorded"])
        .then_promises(&["first_contact lapses"])
        .then_is(Status::Supported);
}

#[test]
fn an_outcome_before_the_acceptance_is_refused() {
    received(county::for_a_service()).when(outcome(SERVICE)).then_refused(&Refusal::NotAccepted);
}

#[test]
fn an_accepted_request_is_accepted_and_not_declined_any_more() {
    let accepted = received(county::for_a_service()).when(accept(SERVICE));
    accepted.clone().when(accept(SERVICE)).then_refused(&Refusal::AlreadyAccepted);
    accepted.when(decline(SERVICE)).then_refused(&Refusal::AlreadyAccepted);
}

#[test]
fn another_service_has_no_say() {
    let story = received(county::for_a_service());
    let refused = Refusal::AnotherService { service: county::service(SERVICE) };
    let other = "sensory-support";
    for command in [accept(other), decline(other), contact(other), outcome(other)] {
        story.clone().when(command).then_refused(&refused);
    }
}

#[test]
fn a_declined_request_is_with_the_duty_adviser_and_respond_runs_on() {
    let story = received(county::for_a_service())
        .when(decline(SERVICE))
        .then(&["declined"])
        .then_promises(&["first_contact lapses"])
        .then_is(Status::WithDutyAdviser)
        .then_respond_by(Some("2026-11-27T17:00:00Z"));
    assert_eq!(story.case().route, Some(Route::Duty { why: Why::Declined }));
    assert_eq!(story.case().bounces.len(), 1);
}

#[test]
fn a_decline_says_why_by_which_criteria_and_in_words() {
    let reason = ReasonCode::CriteriaNotMet;
    let refused = Refusal::ReasonRequired("a decline");
    let blank = Words::text("  ");
    let without_criteria = Reason { code: reason, criteria: vec![] };
    for (stated, refusal) in [
        (unexplained(), &refused),
        (Stated { reason: None, ..because(reason) }, &refused),
        (Stated { words: Words::default(), ..because(reason) }, &refused),
        (Stated { words: blank, ..because(reason) }, &refused),
        (Stated { reason: Some(without_criteria), ..because(reason) }, &Refusal::CriteriaRequired),
    ] {
        received(county::for_a_service())
            .when(Command::Decline(county::service(SERVICE), stated))
            .then_refused(refusal);
    }
}

#[test]
fn a_request_declined_twice_goes_to_its_panel_by_itself() {
    let story = received(county::for_a_service())
        .when(decline(SERVICE))
        .when(route("sensory-support", unexplained()))
        .then(&["routed"])
        .when(decline("sensory-support"))
        .then(&["declined", "criteria_gap_found", "routed"])
        .then_promises(&["first_contact lapses", "panel_decision begins, due 2027-01-06T17:00:00Z"])
        .then_is(Status::AwaitingPanel);
    assert_eq!(story.case().bounces.len(), 2);
    let Some(Route::Panel { panel, candidates }) = &story.case().route else {
        panic!("not for a panel");
    };
    assert_eq!(panel.as_str(), "communication-interaction");
    assert_eq!(candidates, &[county::service(SERVICE)]);
}

#[test]
fn no_number_of_declines_is_too_many_for_history() {
    let declined = received(county::for_a_service()).when(decline(SERVICE));
    let event = declined.happened().next().unwrap();
    let (id, effective_at) = (EventId(Uuid::from_u128(9)), declined.at.effective_at);
    let again = Happened { id, effective_at, event, clocks: &[] };
    let request = (0..300).fold(declined.request.clone(), |request, _| request.evolve(&again));
    assert_eq!(request.case().unwrap().bounces.len(), 301);
}
