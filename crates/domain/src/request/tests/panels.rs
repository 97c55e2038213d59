//! A panel takes a request up, puts it off, and decides.

use super::*;
use crate::triage::{Route, Why};

fn to(service: &str) -> Decision {
    Decision::Service(county::service(service))
}

#[test]
fn a_request_comes_on_the_agenda_and_off_it_and_its_clock_runs_on() {
    received(county::for_a_panel())
        .when(Command::PutOnAgenda(meeting()))
        .then(&["put_on_agenda"])
        .then_promises(&[])
        .then_is(Status::OnAgenda)
        .when(Command::TakeOffAgenda)
        .then(&["taken_off_agenda"])
        .then_promises(&[])
        .then_is(Status::AwaitingPanel);
}

#[test]
fn a_package_puts_support_in_place_and_keeps_both_promises() {
    received(county::for_a_panel())
        .when(Command::PutOnAgenda(meeting()))
        .at("2026-11-26T15:00:00Z")
        .when(rule(package()))
        .then(&["panel_decided", "involved"])
        .then_promises(&["respond kept after 2220 min", "panel_decision kept after 2220 min"])
        .then_is(Status::Supported);
}

#[test]
fn one_service_is_enough_and_its_promise_begins() {
    on_the_agenda(county::for_a_panel())
        .when(rule(to("specialist-sen")))
        .then_promises(&[
            "respond kept after 0 min",
            "panel_decision kept after 0 min",
            "first_contact begins, due 2026-11-27T17:00:00Z",
        ])
        .then_is(Status::WithService)
        .when(accept("specialist-sen"))
        .then(&["accepted"]);
}

#[test]
fn a_panel_that_asks_for_a_statutory_assessment_starts_the_clock_of_the_law() {
    on_the_agenda(county::for_a_panel()).when(rule(to("statutory-sen"))).then_promises(&[
        "respond kept after 0 min",
        "panel_decision kept after 0 min",
        "first_contact begins, due 2026-11-27T17:00:00Z",
        "ehc_decide_to_assess begins, due 2027-01-02T00:00:00Z",
        "ehc_decide_not_to_issue begins, due 2027-03-13T00:00:00Z",
        "ehc_final_plan begins, due 2027-04-09T23:00:00Z",
    ]);
}

#[test]
fn advice_and_a_decline_come_back_to_the_duty_adviser() {
    for (decision, why) in
        [(Decision::Advice, Why::PanelAdvice), (Decision::Decline, Why::Declined)]
    {
        let story = on_the_agenda(county::for_a_panel()).when(rule(decision));
        let story = story.then_is(Status::WithDutyAdviser);
        assert_eq!(story.case().route, Some(Route::Duty { why }));
    }
}

#[test]
fn a_service_that_declines_what_a_panel_sent_counts_as_one_bounce() {
    on_the_agenda(county::for_a_panel())
        .when(rule(to("specialist-sen")))
        .when(decline("specialist-sen"))
        .then(&["declined"])
        .then_is(Status::WithDutyAdviser);
}

#[test]
fn a_panel_gives_its_reason() {
    let refused = Refusal::ReasonRequired("a panel's decision");
    received(county::for_a_panel())
        .when(Command::PutOnAgenda(meeting()))
        .when(Command::Rule(Box::new(Ruling { reason: None, ..ruling(package()) })))
        .then_refused(&refused);
}

#[test]
fn a_panel_cannot_send_it_to_a_service_that_nobody_knows() {
    on_the_agenda(county::for_a_panel())
        .when(rule(to("nowhere")))
        .then_refused(&Refusal::UnknownService(county::service("nowhere")));
}
