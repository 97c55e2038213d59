//! A school that does not answer is reminded, and in the end nobody waits for it any longer.
//!
//! Asked on Friday 20 November at 10:00, it is reminded after three working days (Wednesday the
//! 25th at 17:00), and the question lapses after fifteen (Friday 11 December at 17:00).

use super::*;
use crate::event::{DeskEvent, PolicySet};
use crate::policy::Policy;
use crate::request::QuestionState;
use crate::triage::{Route, Why};

const REMIND: &str = "2026-11-25T17:00:00Z";
const LAPSE: &str = "2026-12-11T17:00:00Z";

fn asked() -> Story {
    received(county::for_a_service()).when(ask())
}

fn check(story: Story, instant: &str) -> Story {
    story.at(instant).when(Command::Check)
}

fn next_check(story: &Story) -> Option<Timestamp> {
    story.case().next_check(&story.desk)
}

#[test]
fn a_school_that_does_not_answer_is_reminded_once() {
    let story = asked();
    assert_eq!(next_check(&story), Some(at(REMIND)));
    check(story.clone(), "2026-11-25T16:59:59Z").then(&[]);
    let story = check(story, REMIND).then(&["reminded"]).then_is(Status::AwaitingInformation);
    let numbers = story.happened().find_map(|event| {
        if let RequestEvent::Reminded(it) = event { Some(it.questions.clone()) } else { None }
    });
    assert_eq!(numbers, Some(vec![1, 2]));
    assert_eq!(next_check(&story), Some(at(LAPSE)));
    check(story, "2026-12-11T16:59:59Z").then(&[]);
}

#[test]
fn a_question_that_is_not_answered_lapses_and_the_adviser_has_the_request_again() {
    let story = check(check(asked(), REMIND), LAPSE)
        .then(&["question_lapsed"])
        .then_is(Status::WithDutyAdviser)
        .then_promises(&[
            "first_contact runs on, due 2026-12-21T16:00:00Z",
            "first_contact lapses",
        ]);
    assert_eq!(story.case().route, Some(Route::Duty { why: Why::Unanswered }));
    let states: Vec<_> = story.case().conversation.questions.iter().map(|it| it.state).collect();
    assert_eq!(states, [QuestionState::Lapsed; 2]);
    story.when(Command::Check).then(&[]);
}

#[test]
fn missing_consent_is_reminded_of_and_lapses_and_its_promise_runs_on() {
    let story = received(county::without_consent(county::for_a_service()));
    let story = check(story, REMIND).then(&["reminded"]);
    check(story, LAPSE)
        .then(&["question_lapsed"])
        .then_is(Status::WithDutyAdviser)
        .then_promises(&["respond runs on, due 2026-12-21T16:00:00Z"])
        .when(supply_consent())
        .then(&["information_supplied", "triaged"])
        .then_is(Status::WithService);
}

#[test]
fn a_partial_answer_leaves_the_reminder_for_the_rest() {
    let answers = vec![crate::request::event::Answered { question: 1, documents: vec![] }];
    let words = Words { answers: vec![Some("At ten.".to_owned())], ..Words::default() };
    let story = asked().when(Command::SupplyInformation(None, answers, words));
    let story = check(story, REMIND).then(&["reminded"]);
    let numbers = story.happened().find_map(|event| {
        if let RequestEvent::Reminded(it) = event { Some(it.questions.clone()) } else { None }
    });
    assert_eq!(numbers, Some(vec![2]));
}

#[test]
fn a_new_question_begins_a_new_wait() {
    let story = check(asked(), REMIND).at("2026-11-26T10:00:00Z").when(ask());
    assert_eq!(next_check(&story), Some(at("2026-12-01T17:00:00Z")));
}

#[test]
fn who_answered_is_not_reminded_and_who_has_nothing_to_answer_never_was() {
    for story in [asked().when(supply()), received(county::for_a_service())] {
        check(story, "2026-11-25T18:00:00Z").then(&[]);
    }
}

#[test]
fn whoever_looks_late_finds_the_reminder_and_the_lapse() {
    check(asked(), "2027-01-20T10:00:00Z").then(&["reminded", "question_lapsed"]);
}

#[test]
fn the_council_says_how_long_it_waits() {
    let policy = Policy {
        remind_after_working_days: 1,
        question_lapses_after_working_days: 2,
        ..Policy::default()
    };
    let mut desk = county::desk();
    desk.apply(&DeskEvent::PolicySet(PolicySet { policy }), 1);
    let story = given(desk).when(county::submit(county::for_a_service())).when(ask());
    let story = check(story, "2026-11-23T17:00:00Z").then(&["reminded"]);
    check(story, "2026-11-24T17:00:00Z").then(&["question_lapsed"]);
}
