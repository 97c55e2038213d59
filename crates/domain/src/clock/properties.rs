//! What holds for every clock, whatever happened to it, in whatever order it was written down.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Allowance, Clock, ClockState, EntryKind, Promise};
use crate::calendar::Calendar;
use crate::calendar::fixture::{england, instants, second_opinion, working_hours};

#[derive(Clone, Copy, Debug)]
enum Step {
    Pause,
    Resume,
    Stop,
}

fn steps() -> impl Strategy<Value = Vec<(Step, Timestamp)>> {
    let step = prop_oneof![4 => Just(Step::Pause), 4 => Just(Step::Resume), 1 => Just(Step::Stop)];
    (prop::collection::vec((step, instants()), 0..8), any::<bool>()).prop_map(
        |(mut steps, in_order)| {
            if in_order {
                steps.sort_by_key(|(_, at)| *at);
            }
            steps
        },
    )
}

fn histories() -> impl Strategy<Value = Clock> {
    prop_oneof![4 => histories_of(Promise::Respond), 1 => histories_of(Promise::EhcDecideToAssess)]
}

fn histories_of(promise: Promise) -> impl Strategy<Value = Clock> {
    let allowance =
        if promise.is_statutory() { Allowance::CalendarWeeks } else { Allowance::WorkingDays };
    ((0..30_u32).prop_map(allowance), instants(), steps()).prop_map(
        move |(allowance, start, steps)| {
            let calendar = england();
            let mut clock = Clock::start(promise, allowance, start, Uuid::from_u128(0), &calendar);
            for (event, (step, at)) in (1..).map(Uuid::from_u128).zip(steps) {
                match step {
                    Step::Pause => clock.pause(at, event),
                    Step::Resume => clock.resume(at, event, &calendar),
                    Step::Stop => clock.stop(at, event),
                }
            }
            clock
        },
    )
}

/// The working time of the pauses that have ended, counted in another way.
fn waited(clock: &Clock, calendar: &Calendar) -> SignedDuration {
    clock
        .pauses
        .iter()
        .filter_map(|pause| Some(second_opinion(calendar, pause.from, pause.to?)))
        .sum()
}

/// Hours between waits, and hours of the wait that follows.
fn waits() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((0..16_i64, 0..40_i64), 0..4)
}

/// Quarter by quarter: a budget is spent while the council works and nobody is waited for.
fn due_by_ticking(clock: &Clock, calendar: &Calendar) -> Timestamp {
    let quarter = SignedDuration::from_mins(15);
    let open = |from: Timestamp, to: Timestamp| -> Vec<Timestamp> {
        working_hours(calendar, from, to)
            .flat_map(|(opens, _)| (0..32).map(move |nth| opens + quarter * nth))
            .filter(|tick| from <= *tick && *tick < to)
            .collect()
    };
    let budget = open(clock.started_at, clock.original_due_at).len();
    let waiting = |tick: Timestamp| {
        clock.pauses.iter().any(|it| it.from <= tick && it.to.is_some_and(|to| tick < to))
    };
    let far = clock.started_at + SignedDuration::from_hours(24 * 90);
    let counted = open(clock.started_at, far).into_iter().filter(|tick| !waiting(*tick));
    counted.take(budget).last().unwrap() + quarter
}

proptest! {
    #[test]
    fn the_ledger_has_no_holes_and_no_overlaps(clock in histories(), now in instants()) {
        let ledger = clock.ledger(now, &england());
        let until = clock.stopped_at.unwrap_or(now).max(clock.started_at);
        let edges: Vec<_> = ledger.iter().map(|it| it.from).chain([until]).collect();
        prop_assert_eq!(edges[0], clock.started_at);
        prop_assert!(ledger.iter().map(|it| it.to).eq(edges[1..].iter().copied()));
        prop_assert!(ledger.iter().all(|it| it.from < it.to));
        let goes_on = |a: &super::Entry, b: &super::Entry| (a.kind, a.event) == (b.kind, b.event);
        prop_assert!(!ledger.windows(2).any(|pair| goes_on(&pair[0], &pair[1])));
    }

    #[test]
    fn the_ledger_adds_up_to_the_minutes_of_the_clock(clock in histories(), now in instants()) {
        let calendar = england();
        let ledger = clock.ledger(now, &calendar);
        let sum: i64 = ledger.iter().map(|it| it.working_minutes).sum();
        prop_assert_eq!(sum, clock.working_minutes(now, &calendar));
        let counting = ledger.iter().filter(|it| it.kind == EntryKind::Counting);
        let exact: SignedDuration =
            counting.map(|it| second_opinion(&calendar, it.from, it.to)).sum();
        prop_assert_eq!(sum, exact.as_mins());
    }

    #[test]
    fn only_counting_adds_minutes_and_only_waiting_waits(clock in histories(), now in instants()) {
        for entry in clock.ledger(now, &england()) {
            prop_assert!(entry.working_minutes >= 0);
            prop_assert!(entry.working_minutes == 0 || entry.kind == EntryKind::Counting);
            let awaiting = entry.kind == EntryKind::AwaitingInformation;
            prop_assert_eq!(entry.waited_minutes.is_some(), awaiting);
        }
    }

    #[test]
    fn the_due_instant_moves_by_exactly_the_working_time_waited(clock in histories()) {
        let calendar = england();
        let Some(due) = clock.due_at else { return Ok(()) };
        let (first, waited) = (clock.original_due_at, waited(&clock, &calendar));
        prop_assert_eq!(second_opinion(&calendar, first, due), waited);
        let just_before = due - SignedDuration::from_nanos(1);
        prop_assert!(due == first || second_opinion(&calendar, first, just_before) < waited);
    }

    #[test]
    fn the_due_instant_is_where_ticking_spends_the_allowance(
        start in instants(), days in 1..10_u32, waits in waits(),
    ) {
        let calendar = england();
        let start = Timestamp::from_second(start.as_second() / 900 * 900).unwrap();
        let (allowance, event) = (Allowance::WorkingDays(days), Uuid::nil());
        let mut clock = Clock::start(Promise::Respond, allowance, start, event, &calendar);
        let mut at = start;
        for (worked, waited) in waits {
            at += SignedDuration::from_hours(worked);
            clock.pause(at, event);
            at += SignedDuration::from_hours(waited);
            clock.resume(at, event, &calendar);
        }
        prop_assume!(clock.pauses.iter().all(|pause| pause.from < pause.due_at));
        prop_assert_eq!(clock.due_at, Some(due_by_ticking(&clock, &calendar)));
    }

    #[test]
    fn a_statutory_clock_keeps_its_first_due_instant(
        clock in histories_of(Promise::EhcDecideToAssess),
    ) {
        prop_assert_eq!(clock.due_at, Some(clock.original_due_at));
        prop_assert!(clock.pauses.is_empty());
    }

    #[test]
    fn a_promise_once_broken_stays_broken(clock in histories(), mut now in [instants(), instants()]) {
        now.sort();
        let [before, after] = now.map(|at| clock.state(at));
        prop_assert!(before != ClockState::Breached || after == ClockState::Breached);
    }

    #[test]
    fn a_clock_survives_being_stored(clock in histories()) {
        let stored = serde_json::to_string(&clock).unwrap();
        prop_assert_eq!(serde_json::from_str::<Clock>(&stored).unwrap(), clock);
    }
}
