//! A request is answered, ends, and is opened again.

use super::*;
use crate::codes::Ending;
use crate::request::Stage;
use crate::triage::{Route, Why};

fn close() -> Command {
    Command::Close(Ending::AdviceGiven, words())
}

#[test]
fn advice_answers_the_school_wherever_the_request_is() {
    for (intake, status) in [
        (county::for_advice(), Status::WithDutyAdviser),
        (county::for_a_service(), Status::WithService),
        (county::for_a_panel(), Status::AwaitingPanel),
    ] {
        received(intake)
            .at("2026-11-20T11:00:00Z")
            .when(advise())
            .then(&["advised"])
            .then_promises(&["respond kept after 60 min"])
            .then_is(status);
    }
}

#[test]
fn closing_answers_the_school_and_drops_the_rest() {
    let story = received(county::for_an_ehc_assessment())
        .at("2026-11-20T11:00:00Z")
        .when(close())
        .then(&["closed"])
        .then_promises(&[
            "respond kept after 60 min",
            "ehc_decide_to_assess lapses",
            "ehc_decide_not_to_issue lapses",
            "ehc_final_plan lapses",
            "first_contact lapses",
        ])
        .then_is(Status::Closed);
    assert_eq!(story.case().stage, Stage::Closed { ending: Ending::AdviceGiven });
}

#[test]
fn a_withdrawn_request_leaves_no_promise_kept_or_broken() {
    let story = received(county::for_a_panel())
        .at("2026-12-11T11:00:00Z")
        .when(Command::Withdraw(Words::default()))
        .then(&["withdrawn"])
        .then_promises(&["respond lapses", "panel_decision lapses"])
        .then_is(Status::Closed);
    assert_eq!(story.case().stage, Stage::Closed { ending: Ending::Withdrawn });
    assert_eq!(story.case().clocks.open().count(), 0);
}

#[test]
fn a_reopened_request_is_promised_an_answer_anew() {
    let story = received(county::for_a_service())
        .when(close())
        .at("2026-12-01T10:00:00Z")
        .when(Command::Reopen(words()))
        .then(&["reopened"])
        .then_promises(&["respond begins, due 2026-12-08T17:00:00Z"])
        .then_is(Status::WithDutyAdviser)
        .then_respond_by(Some("2026-12-08T17:00:00Z"));
    assert_eq!(story.case().route, Some(Route::Duty { why: Why::Reopened }));
    assert_eq!(story.case().adviser, Some(county::name("amara")));
}

#[test]
fn an_open_request_cannot_be_reopened() {
    received(county::for_advice()).when(Command::Reopen(words())).then_refused(&Refusal::NotClosed);
}

#[test]
fn a_note_can_be_made_at_any_time_and_moves_nothing() {
    let noted = received(county::for_a_service())
        .when(Command::Note(words()))
        .then(&["noted"])
        .then_promises(&[])
        .then_is(Status::WithService);
    assert!(noted.changes()[0].personal.is_some());
    noted.when(close()).when(Command::Note(words())).then(&["noted"]).then_is(Status::Closed);
}

#[test]
fn an_empty_note_or_advice_is_refused() {
    let advise = |words| Command::Advise(AdviceKind::Resources, words);
    for command in [Command::Note, advise] {
        received(county::for_advice())
            .when(command(Words::text(" ")))
            .then_refused(&Refusal::NothingSaid);
    }
}
