//! What holds for every clock, however often the calendar changes under it.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Allowance, Clock, EntryKind, Promise};
use crate::calendar::fixture::{england, instants, second_opinion, working_hours};
use crate::calendar::{Calendar, Calendars};

const QUARTER: SignedDuration = SignedDuration::from_mins(15);

/// Every calendar that is published in a history, by version.
#[derive(Clone, Debug)]
struct Published(Vec<Calendar>);

impl Calendars for Published {
    fn of_version(&self, version: u32) -> &Calendar {
        &self.0[usize::try_from(version).unwrap()]
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Pause,
    Resume,
    /// The next version of the calendar comes into force.
    Publish,
    Stop,
}

/// A clock with all that happened to it, and the clock as it was before each publication.
#[derive(Clone, Debug)]
struct History {
    clock: Clock,
    calendars: Published,
    before: Vec<(Timestamp, Clock)>,
    /// Whether anything happened when it was late already.
    late: bool,
}

fn steps() -> impl Strategy<Value = Vec<(Step, i64)>> {
    let step = prop_oneof![
        3 => Just(Step::Pause),
        3 => Just(Step::Resume),
        4 => Just(Step::Publish),
        1 => Just(Step::Stop),
    ];
    // Quarters of an hour between one and the next: up to three days.
    prop::collection::vec((step, 0..288_i64), 0..10)
}

/// England's bank holidays, with other closures each time: some near where the clock begins.
fn calendars(start: Timestamp) -> impl Strategy<Value = Published> {
    let day = crate::calendar::london::wall(start).date();
    let closures = prop::collection::btree_set(0..30_i64, 0..6);
    prop::collection::vec(closures, 10..=10).prop_map(move |versions| {
        let closed = |ahead: i64| -> (Date, String) {
            (day.saturating_add(ahead.days()), "Closed".to_owned())
        };
        let calendar = |(version, ahead): (u32, std::collections::BTreeSet<i64>)| Calendar {
            version,
            closures: ahead.into_iter().map(closed).collect(),
            ..england()
        };
        Published((0..).zip(versions).map(calendar).collect())
    })
}

fn histories() -> impl Strategy<Value = History> {
    (instants(), 1..8_u32, steps())
        .prop_flat_map(|(start, days, steps)| {
            let start = Timestamp::from_second(start.as_second() / 900 * 900).unwrap();
            (Just(start), Just(days), Just(steps), calendars(start))
        })
        .prop_map(|(start, days, steps, calendars)| told(start, days, &steps, calendars))
}

fn told(start: Timestamp, days: u32, steps: &[(Step, i64)], calendars: Published) -> History {
    let allowance = Allowance::WorkingDays(days);
    let first = &calendars.0[0];
    let mut clock = Clock::start(Promise::Respond, allowance, start, Uuid::nil(), first);
    let (mut at, mut version, mut before, mut late) = (start, 0, vec![], false);
    for (event, (step, quarters)) in (1..).map(Uuid::from_u128).zip(steps) {
        at += QUARTER * i32::try_from(*quarters).unwrap();
        late |= clock.due_at.is_some_and(|due_at| due_at <= at);
        match step {
            Step::Pause => clock.pause(at, event),
            Step::Resume => clock.resume(at, event, &calendars),
            Step::Stop => clock.stop(at, event),
            Step::Publish => {
                version += 1;
                before.push((at, clock.clone()));
                let calendar = calendars.of_version(version);
                if let Some(due_at) = clock.due_under(calendar, at, &calendars) {
                    clock.recalculate(at, event, due_at, version);
                }
            }
        }
    }
    History { clock, calendars, before, late }
}

/// The calendar that was in force at an instant.
fn in_force(history: &History, at: Timestamp) -> &Calendar {
    let recalculated = history.clock.recalculations.iter().rev().find(|it| it.at <= at);
    history.calendars.of_version(recalculated.map_or(0, |it| it.calendar_version))
}

/// Quarter by quarter, by the calendar of each: a budget is spent while the council works and
/// nobody is waited for.
fn due_by_ticking(history: &History) -> Timestamp {
    let clock = &history.clock;
    let ticks = |calendar: &Calendar| -> Vec<Timestamp> {
        let far = clock.started_at + SignedDuration::from_hours(24 * 120);
        working_hours(calendar, clock.started_at, far)
            .flat_map(|(opens, _)| (0..32).map(move |nth| opens + QUARTER * nth))
            .filter(|tick| clock.started_at <= *tick)
            .collect()
    };
    let first = ticks(&history.calendars.0[0]);
    let budget = first.iter().filter(|tick| **tick < clock.original_due_at).count();
    let waiting = |tick: Timestamp| {
        clock.pauses.iter().any(|it| it.from <= tick && it.to.is_some_and(|to| tick < to))
    };
    let mut all: Vec<_> = history.calendars.0.iter().flat_map(ticks).collect();
    all.sort();
    all.dedup();
    let counted =
        all.into_iter().filter(|tick| !waiting(*tick) && in_force(history, *tick).is_open(*tick));
    counted.take(budget).last().unwrap() + QUARTER
}

proptest! {
    #[test]
    fn no_hole_no_overlap_and_the_sum_is_what_the_clock_shows(
        history in histories(), later in 0..2_000_i32,
    ) {
        let clock = &history.clock;
        let now = clock.last_changed_at() + QUARTER * later;
        let ledger = clock.ledger(now, &history.calendars);
        let until = clock.stopped_at.unwrap_or(now).max(clock.started_at);
        let edges: Vec<_> = ledger.iter().map(|it| it.from).chain([until]).collect();
        prop_assert_eq!(edges[0], clock.started_at);
        prop_assert!(ledger.iter().map(|it| it.to).eq(edges[1..].iter().copied()));
        prop_assert!(ledger.iter().all(|it| it.from < it.to));

        let sum: i64 = ledger.iter().map(|it| it.working_minutes).sum();
        prop_assert_eq!(sum, clock.working_minutes(now, &history.calendars));
        let counting = ledger.iter().filter(|it| it.kind == EntryKind::Counting);
        let exact: SignedDuration = counting
            .map(|it| second_opinion(in_force(&history, it.from), it.from, it.to))
            .sum();
        prop_assert_eq!(sum, exact.as_mins());
    }

    #[test]
    fn a_published_calendar_rewrites_no_entry(history in histories(), later in 1..2_000_i32) {
        let now = history.clock.last_changed_at() + QUARTER * later;
        let after = history.clock.ledger(now, &history.calendars);
        for (at, before) in &history.before {
            let entries = before.ledger(*at, &history.calendars);
            // The last one may have gone on, where the calendar did not concern this clock.
            let Some((last, others)) = entries.split_last() else { continue };
            prop_assert_eq!(&after[..others.len()], others);
            let same = &after[others.len()];
            prop_assert_eq!((same.from, same.kind, same.event), (last.from, last.kind, last.event));
            prop_assert!(same.to >= last.to);
        }
    }

    #[test]
    fn it_is_due_where_ticking_spends_the_allowance(history in histories()) {
        prop_assume!(!history.late);
        let Some(due_at) = history.clock.due_at else { return Ok(()) };
        prop_assert_eq!(due_at, due_by_ticking(&history));
    }

    #[test]
    fn when_it_was_first_due_stays_known(history in histories()) {
        let clock = &history.clock;
        let first = clock.allowance.due(clock.started_at, &history.calendars.0[0]);
        prop_assert_eq!(clock.original_due_at, first);
    }

    #[test]
    fn a_warning_comes_when_its_part_of_the_time_is_used(
        history in histories(), percent in 1..100_u8,
    ) {
        let clock = &history.clock;
        let Some(warn_at) = clock.warn_at(percent, &history.calendars) else { return Ok(()) };
        prop_assume!(!history.late);
        let whole = history.calendars.0[0].working_time(clock.started_at, clock.original_due_at);
        let part = whole * i32::from(percent) / 100;
        let used = |at| {
            let counting = clock.ledger(at, &history.calendars);
            let counting = counting.into_iter().filter(|it| it.kind == EntryKind::Counting);
            counting
                .map(|it| second_opinion(in_force(&history, it.from), it.from, it.to))
                .sum::<SignedDuration>()
        };
        // To the nanosecond that dividing by a hundred leaves over.
        let leeway = SignedDuration::from_nanos(1);
        prop_assert!(used(warn_at) + leeway >= part);
        prop_assert!(warn_at == clock.last_changed_at() || used(warn_at) <= part + leeway);
        prop_assert!(warn_at <= clock.due_at.unwrap());
    }
}
