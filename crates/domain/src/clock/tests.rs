//! The life of a clock, case by case.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::EntryKind::{AwaitingInformation, BankHoliday, Closed, Counting};
use super::{Allowance, Clock, ClockState, Promise};
use crate::calendar::fixture::{at, england};

const SUBMITTED: Uuid = Uuid::from_u128(1);
const ASKED: Uuid = Uuid::from_u128(2);
const SUPPLIED: Uuid = Uuid::from_u128(3);
const ANSWERED: Uuid = Uuid::from_u128(4);

/// Five working days from Friday 20 November 2026, 10:00: due on Friday 27 November, 17:00.
fn respond() -> Clock {
    let received = at("2026-11-20T10:00:00Z");
    Clock::start(Promise::Respond, Allowance::WorkingDays(5), received, SUBMITTED, &england())
}

/// The same, paused from Monday 12:00 to Wednesday 10:00: 840 working minutes.
fn respond_after_a_wait() -> Clock {
    let mut clock = respond();
    clock.pause(at("2026-11-23T12:00:00Z"), ASKED);
    clock.resume(at("2026-11-25T10:00:00Z"), SUPPLIED, &england());
    clock
}

fn assess() -> Clock {
    let received = at("2026-11-20T22:00:00Z");
    let six_weeks = Allowance::CalendarWeeks(6);
    Clock::start(Promise::EhcDecideToAssess, six_weeks, received, SUBMITTED, &england())
}

fn due() -> Timestamp {
    at("2026-11-27T17:00:00Z")
}

fn just_after(instant: Timestamp) -> Timestamp {
    instant + SignedDuration::from_nanos(1)
}

#[test]
fn a_clock_is_in_time_until_the_due_instant_itself() {
    let clock = respond();
    assert_eq!(clock.due_at, Some(due()));
    assert_eq!(clock.state(due()), ClockState::Running);
    assert_eq!(clock.state(just_after(due())), ClockState::Breached);
}

#[test]
fn an_answer_at_the_due_instant_keeps_the_promise() {
    let (mut kept, mut breached) = (respond(), respond());
    kept.stop(due(), ANSWERED);
    breached.stop(just_after(due()), ANSWERED);
    let long_after = at("2027-06-01T00:00:00Z");
    assert_eq!(kept.state(long_after), ClockState::Kept);
    assert_eq!(breached.state(long_after), ClockState::Breached);
}

#[test]
fn a_wait_moves_the_due_instant_by_the_working_time_waited() {
    // 300 minutes on Monday, 480 on Tuesday and 60 on Wednesday, from Friday's close on.
    let clock = respond_after_a_wait();
    assert_eq!(clock.due_at, Some(at("2026-12-01T15:00:00Z")));
    assert_eq!(clock.original_due_at, due());
}

#[test]
fn a_replayed_answer_needs_no_calendar() {
    let mut clock = respond();
    assert_eq!(clock.due_if_resumed(due(), &england()), None);
    clock.pause(at("2026-11-23T12:00:00Z"), ASKED);
    let answered_at = at("2026-11-25T10:00:00Z");
    let due_at = clock.due_if_resumed(answered_at, &england()).unwrap();
    clock.resume_due(answered_at, SUPPLIED, due_at);
    assert_eq!(clock, respond_after_a_wait());
}

#[test]
fn a_wait_over_the_weekend_moves_nothing() {
    let mut clock = respond();
    clock.pause(at("2026-11-20T17:00:00Z"), ASKED);
    clock.resume(at("2026-11-23T09:00:00Z"), SUPPLIED, &england());
    assert_eq!(clock.due_at, Some(due()));
}

#[test]
fn a_paused_clock_has_no_due_instant_and_is_never_late() {
    let mut clock = respond();
    clock.pause(at("2026-11-23T12:00:00Z"), ASKED);
    assert_eq!(clock.due_at, None);
    assert_eq!(clock.state(at("2027-11-23T12:00:00Z")), ClockState::Paused);
}

#[test]
fn an_answer_while_waiting_keeps_a_promise_that_was_not_late_before() {
    let mut in_time = respond();
    in_time.pause(due(), ASKED);
    in_time.stop(at("2027-01-05T12:00:00Z"), ANSWERED);
    assert_eq!(in_time.state(at("2027-01-06T12:00:00Z")), ClockState::Kept);

    let mut late = respond();
    late.pause(just_after(due()), ASKED);
    late.stop(at("2027-01-05T12:00:00Z"), ANSWERED);
    assert_eq!(late.state(at("2027-01-06T12:00:00Z")), ClockState::Breached);
}

#[test]
fn asking_after_the_due_instant_mends_nothing() {
    let mut clock = respond();
    clock.pause(at("2026-11-27T18:00:00Z"), ASKED);
    let monday = at("2026-11-30T10:00:00Z");
    clock.resume(monday, SUPPLIED, &england());
    assert_eq!(clock.state(monday), ClockState::Breached);
}

#[test]
fn a_transition_that_makes_no_sense_changes_nothing() {
    let (running, noon) = (respond(), at("2026-11-24T12:00:00Z"));
    let mut clock = running.clone();
    clock.resume(noon, SUPPLIED, &england());
    assert_eq!(clock, running);

    let mut resumed = respond_after_a_wait();
    resumed.resume(due(), ANSWERED, &england());
    resumed.resume_due(due(), ANSWERED, due());
    assert_eq!(resumed, respond_after_a_wait());

    clock.pause(noon, ASKED);
    let paused = clock.clone();
    clock.pause(noon, ANSWERED);
    assert_eq!(clock, paused);

    clock.stop(noon, ANSWERED);
    let stopped = clock.clone();
    clock.stop(due(), SUPPLIED);
    clock.resume(due(), SUPPLIED, &england());
    clock.pause(due(), SUPPLIED);
    assert_eq!(clock, stopped);
}

#[test]
fn what_is_written_down_late_does_not_turn_the_clock_back() {
    let mut clock = respond();
    clock.pause(at("2026-11-01T12:00:00Z"), ASKED);
    clock.resume(at("2026-11-02T12:00:00Z"), SUPPLIED, &england());
    clock.stop(at("2026-11-03T12:00:00Z"), ANSWERED);
    assert_eq!(clock.due_at, Some(due()));
    assert_eq!(clock.stopped_at, Some(clock.started_at));
    assert_eq!(clock.ledger(due(), &england()), []);
}

#[test]
fn a_statutory_clock_never_pauses() {
    let mut clock = assess();
    clock.pause(at("2026-11-23T12:00:00Z"), ASKED);
    assert_eq!(clock, assess());
    assert_eq!(clock.due_at, Some(at("2027-01-02T00:00:00Z")));
}

#[test]
fn the_ledger_of_a_statutory_clock_is_one_line() {
    let ledger = assess().ledger(at("2026-11-24T09:30:00Z"), &england());
    assert_eq!(ledger.len(), 1);
    assert_eq!((ledger[0].kind, ledger[0].working_minutes), (Counting, 510));
}

#[test]
fn the_ledger_tells_the_story_of_a_request() {
    let mut clock = respond_after_a_wait();
    clock.stop(at("2026-11-25T16:00:00Z"), ANSWERED);
    let story: Vec<_> = clock
        .ledger(due(), &england())
        .into_iter()
        .map(|it| (it.from, it.kind, it.working_minutes, it.waited_minutes, it.event))
        .collect();
    assert_eq!(
        story,
        [
            (at("2026-11-20T10:00:00Z"), Counting, 420, None, SUBMITTED),
            (at("2026-11-20T17:00:00Z"), Closed, 0, None, SUBMITTED),
            (at("2026-11-23T09:00:00Z"), Counting, 180, None, SUBMITTED),
            (at("2026-11-23T12:00:00Z"), AwaitingInformation, 0, Some(840), ASKED),
            (at("2026-11-25T10:00:00Z"), Counting, 360, None, SUPPLIED),
        ]
    );
}

#[test]
fn an_answer_in_the_same_instant_still_begins_a_line_of_its_own() {
    let (mut clock, noon) = (respond(), at("2026-11-20T12:00:00Z"));
    clock.pause(noon, ASKED);
    clock.resume(noon, SUPPLIED, &england());
    let ledger = clock.ledger(at("2026-11-20T13:00:00Z"), &england());
    let story: Vec<_> = ledger.iter().map(|it| (it.from, it.kind, it.event)).collect();
    assert_eq!(story, [(clock.started_at, Counting, SUBMITTED), (noon, Counting, SUPPLIED)]);
}

#[test]
fn christmas_2026_is_told_apart_from_the_weekend_beside_it() {
    let start = at("2026-12-24T16:00:00Z");
    let allowance = Allowance::WorkingDays(1);
    let clock = Clock::start(Promise::Acknowledge, allowance, start, SUBMITTED, &england());
    let ledger = clock.ledger(at("2026-12-29T10:00:00Z"), &england());
    let story: Vec<_> = ledger.iter().map(|it| (it.from, it.kind)).collect();
    assert_eq!(
        story,
        [
            (start, Counting),
            (at("2026-12-24T17:00:00Z"), Closed),
            (at("2026-12-25T00:00:00Z"), BankHoliday),
            (at("2026-12-26T00:00:00Z"), Closed),
            (at("2026-12-28T00:00:00Z"), BankHoliday),
            (at("2026-12-29T00:00:00Z"), Closed),
            (at("2026-12-29T09:00:00Z"), Counting),
        ]
    );
    assert_eq!(clock.state(at("2026-12-29T17:00:00Z")), ClockState::Running);
}

#[test]
fn seconds_lost_to_rounding_in_one_line_are_found_in_the_next() {
    let start = at("2026-11-20T16:59:15Z");
    let allowance = Allowance::WorkingDays(1);
    let clock = Clock::start(Promise::Acknowledge, allowance, start, SUBMITTED, &england());
    let now = at("2026-11-23T09:00:15Z");
    let minutes: Vec<_> =
        clock.ledger(now, &england()).iter().map(|it| it.working_minutes).collect();
    assert_eq!(minutes, [0, 0, 1]);
    assert_eq!(clock.working_minutes(now, &england()), 1);
}
