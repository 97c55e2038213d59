//! A request comes in: stored, triaged, assigned and promised at once, whatever it lacks.

use super::*;
use crate::clock::Promise;
use crate::codes::Missing;
use crate::desk::{Desk, DeskCommand};
use crate::event::Event;
use crate::event::RequestEvent as E;
use crate::school::{Closed, ClosureReason};
use crate::triage::{Route, Why};
use jiff::civil::date;

#[test]
fn a_request_that_one_service_takes_is_with_it_at_once() {
    received(county::for_a_service())
        .then(&["received", "triaged", "assigned"])
        .then_is(Status::WithService)
        .then_promises(&[
            "acknowledge begins, due 2026-11-23T17:00:00Z",
            "respond begins, due 2026-11-27T17:00:00Z",
            "first_contact begins, due 2026-11-27T17:00:00Z",
            "acknowledge kept after 0 min",
        ])
        .then_respond_by(Some("2026-11-27T17:00:00Z"));
}

fn changed(desk: &mut Desk, command: DeskCommand) {
    let event = desk.decide(command).unwrap().unwrap();
    desk.apply(&event, 2);
}

#[test]
fn a_school_that_has_closed_by_then_asks_for_nothing_more() {
    let closed = Closed {
        on: date(2026, 11, 19),
        reason: ClosureReason::Amalgamation,
        successor: "900777".parse().ok(),
    };
    let mut desk = county::desk();
    changed(&mut desk, DeskCommand::CloseSchool(county::PRIMARY_SCHOOL, closed.clone()));
    let now = at("2026-11-20T10:00:00Z");
    let moment = Moment { effective_at: now, recorded_at: now };
    let refused =
        Request::NotReceived.decide(county::submit(county::for_a_service()), &desk, moment);
    assert_eq!(refused, Err(Refusal::SchoolClosed(closed)));
}

#[test]
fn a_request_keeps_the_urn_of_its_day() {
    let mut desk = county::desk();
    let (academy, on) = ("900777".parse().unwrap(), date(2026, 11, 20));
    changed(&mut desk, DeskCommand::ConvertSchool(county::PRIMARY_SCHOOL, academy, on));
    for (effective_at, urn) in
        [("2026-11-19T16:00:00Z", "126512"), ("2026-11-20T09:00:00Z", "900777")]
    {
        let recorded_at = at("2026-11-20T10:00:00Z");
        let moment = Moment { effective_at: at(effective_at), recorded_at };
        let submit = county::submit(county::for_a_service());
        let changes = Request::NotReceived.decide(submit, &desk, moment).unwrap();
        let Event::Request(E::Received(received)) = &changes[0].event else { panic!("received") };
        assert_eq!(received.urn.as_str(), urn, "logged as of {effective_at}");
    }
}

#[test]
fn a_service_has_a_promise_of_its_own() {
    received(county::child_with("HI")).then_promises(&[
        "acknowledge begins, due 2026-11-23T17:00:00Z",
        "respond begins, due 2026-11-27T17:00:00Z",
        "first_contact begins, due 2026-11-24T17:00:00Z",
        "acknowledge kept after 0 min",
    ]);
}

#[test]
fn a_request_for_a_panel_is_promised_a_decision_in_thirty_working_days() {
    let story = received(county::for_a_panel()).then_is(Status::AwaitingPanel);
    assert_eq!(
        clock(&story, Promise::PanelDecision).due_at,
        Some(at("2027-01-06T17:00:00Z")),
        "over Christmas and New Year"
    );
    assert_eq!(story.case().panel().unwrap().as_str(), "communication-interaction");
}

#[test]
fn an_ehc_assessment_has_the_six_weeks_of_the_law() {
    received(county::for_an_ehc_assessment()).then_is(Status::WithService).then_promises(&[
        "acknowledge begins, due 2026-11-23T17:00:00Z",
        "respond begins, due 2026-11-27T17:00:00Z",
        "ehc_decide_to_assess begins, due 2027-01-02T00:00:00Z",
        "ehc_decide_not_to_issue begins, due 2027-03-13T00:00:00Z",
        "ehc_final_plan begins, due 2027-04-09T23:00:00Z",
        "first_contact begins, due 2026-11-27T17:00:00Z",
        "acknowledge kept after 0 min",
    ]);
}

#[test]
fn the_six_weeks_run_from_receipt_even_while_consent_is_missing() {
    let mut intake = county::for_an_ehc_assessment();
    intake.consent = None;
    let story = received(intake).then_is(Status::AwaitingInformation);
    let statutory = story.case().clocks.latest(Promise::EhcDecideToAssess).unwrap();
    assert_eq!(statutory.due_at, Some("2027-01-02T00:00:00Z".parse().unwrap()));
}

#[track_caller]
fn goes_to_duty(intake: Intake, expected: &Why) {
    let story = received(intake)
        .then(&["received", "triaged", "assigned"])
        .then_is(Status::WithDutyAdviser)
        .then_promises(&[
            "acknowledge begins, due 2026-11-23T17:00:00Z",
            "respond begins, due 2026-11-27T17:00:00Z",
            "acknowledge kept after 0 min",
        ]);
    assert_eq!(story.case().route, Some(Route::Duty { why: expected.clone() }));
}

#[test]
fn what_a_person_must_look_at_is_with_the_duty_adviser() {
    goes_to_duty(county::for_advice(), &Why::Advice);
    goes_to_duty(county::for_a_critical_incident(), &Why::CriticalIncident);
    let authority = "835".parse().unwrap();
    goes_to_duty(county::for_another_authority(), &Why::Redirect { authority });
}

#[test]
fn assisted_rules_only_recommend() {
    let story = given(county::desk_in_mode("assisted")).when(county::submit(county::for_a_panel()));
    let story = story.then_is(Status::WithDutyAdviser);
    let Some(Route::Duty { why: Why::Confirm { recommended } }) = &story.case().route else {
        panic!("nothing to confirm in {:?}", story.case().route);
    };
    assert!(matches!(&**recommended, Route::Panel { .. }));
    assert_eq!(story.case().clocks.latest(Promise::PanelDecision), None);
}

#[test]
fn missing_consent_is_asked_for_and_respond_waits() {
    let story = received(county::without_consent(county::for_a_service()))
        .then(&["received", "triaged", "information_asked", "assigned"])
        .then_is(Status::AwaitingInformation)
        .then_respond_by(None)
        .then_promises(&[
            "acknowledge begins, due 2026-11-23T17:00:00Z",
            "respond begins, due 2026-11-27T17:00:00Z",
            "respond waits",
            "acknowledge kept after 0 min",
        ]);
    let asked = story.happened().find_map(|event| {
        if let E::InformationAsked(asked) = event {
            Some((asked.missing.clone(), asked.questions.len()))
        } else {
            None
        }
    });
    assert_eq!(asked, Some((vec![Missing::Consent], 0)));
}

#[test]
fn the_adviser_on_duty_is_accountable_under_the_rota_as_known() {
    let story = received(county::for_a_service());
    assert_eq!(story.case().adviser, Some(county::name("amara")));
    assert_eq!(story.case().rota_version, Some(1));

    let (from, to) = ("2026-11-20T09:00:00Z", "2026-11-20T13:00:00Z");
    let story = given(county::desk_with_instead(from, to, Some("ben")))
        .when(county::submit(county::for_a_service()));
    assert_eq!(story.case().adviser, Some(county::name("ben")));
    assert_eq!(story.case().rota_version, Some(2));
}

#[test]
fn a_gap_in_working_time_is_warned_about_and_the_next_shift_takes_the_request() {
    let (from, to) = ("2026-11-20T09:00:00Z", "2026-11-20T13:00:00Z");
    let story = given(county::desk_with_instead(from, to, None))
        .when(county::submit(county::for_a_service()))
        .then(&["received", "triaged", "rota_gap_found", "assigned"]);
    let until = story
        .happened()
        .find_map(|event| if let E::RotaGapFound(gap) = event { gap.until } else { None });
    assert_eq!(until, Some(at(to)));
    assert_eq!(story.case().adviser, Some(county::name("amara")));
}

#[test]
fn a_night_is_no_gap() {
    let story = given(county::desk())
        .at("2026-11-20T20:00:00Z")
        .when(county::submit(county::for_a_service()))
        .then(&["received", "triaged", "assigned"])
        .then_respond_by(Some("2026-11-30T17:00:00Z"));
    let starts = story.happened().find_map(|event| {
        if let E::Assigned(assigned) = event { assigned.from_next_shift_at } else { None }
    });
    assert_eq!(starts, Some(at("2026-11-23T09:00:00Z")));
}

#[test]
fn a_request_is_stored_though_nobody_is_on_the_rota_for_two_months() {
    let story = given(county::desk_without_a_rota())
        .when(county::submit(county::for_a_service()))
        .then(&["received", "triaged", "rota_gap_found", "assigned"])
        .then_is(Status::WithService);
    assert_eq!((&story.case().adviser, story.case().rota_version), (&None, None));
}

#[test]
fn a_call_logged_next_morning_was_received_yesterday_and_acknowledged_today() {
    given(county::desk())
        .at_but_recorded_at("2026-11-19T16:00:00Z", "2026-11-20T09:30:00Z")
        .when(county::submit(county::for_advice()))
        .then_promises(&[
            "acknowledge begins, due 2026-11-20T17:00:00Z",
            "respond begins, due 2026-11-26T17:00:00Z",
            "acknowledge kept after 90 min",
        ]);
}

#[test]
fn a_call_logged_three_days_late_was_acknowledged_late_also_while_consent_is_missing() {
    given(county::desk())
        .at_but_recorded_at("2026-11-17T16:00:00Z", "2026-11-20T09:30:00Z")
        .when(county::submit(county::without_consent(county::for_advice())))
        .then_promises(&[
            "acknowledge begins, due 2026-11-18T17:00:00Z",
            "respond begins, due 2026-11-24T17:00:00Z",
            "respond waits",
            "acknowledge broken after 1050 min",
        ]);
}

#[test]
fn only_a_school_that_nobody_knows_is_refused() {
    let mut desk = county::desk();
    desk.schools.clear();
    given(desk).when(county::submit(county::for_a_service())).then_refused(&Refusal::UnknownSchool);
}

#[test]
fn a_request_is_received_once() {
    received(county::for_a_service())
        .when(county::submit(county::for_a_service()))
        .then_refused(&Refusal::AlreadyReceived);
}

#[test]
fn the_words_of_a_request_travel_beside_it() {
    let story = received(county::for_a_service());
    assert!(story.changes()[0].personal.is_some());
    assert!(story.changes()[1..].iter().all(|change| change.personal.is_none()));
}
