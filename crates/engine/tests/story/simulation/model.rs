//! What should have been said about each promise, worked out from what was stored about its
//! clock: the model adds up the time that was used and asks nothing about alarms.

use domain::calendar::Calendars;
use domain::clock::Promise;
use domain::desk::Desk;
use domain::event::{Event, RequestEvent};
use domain::promises::ClockChange;
use domain::request::event::EscalatedAbout;
use engine::{Engine, Recorded};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// What a simulation came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) requests: usize,
    pub(super) broken: usize,
    pub(super) kept: usize,
    pub(super) recalculated: usize,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.broken += other.broken;
        self.kept += other.kept;
        self.recalculated += other.recalculated;
    }
}

/// What was said about one promise, or should have been.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    warned: usize,
    breached: usize,
    escalated: usize,
}

/// One promise as its clock changes tell it.
struct Told {
    started_at: Timestamp,
    original_due_at: Timestamp,
    first_calendar: u32,
    calendar: u32,
    /// Since when it has been running, and until when it may; `None` while it waits.
    running: Option<(Timestamp, Timestamp)>,
    used: SignedDuration,
    broken: bool,
    recalculated: bool,
    said: Said,
}

impl Told {
    fn started(at: Timestamp, due_at: Timestamp, calendar: u32) -> Self {
        Self {
            started_at: at,
            original_due_at: due_at,
            first_calendar: calendar,
            calendar,
            running: Some((at, due_at)),
            used: SignedDuration::ZERO,
            broken: false,
            recalculated: false,
            said: Said::default(),
        }
    }

    /// It runs no longer, or goes on otherwise.
    fn halt(&mut self, promise: Promise, at: Timestamp, desk: &Desk) {
        let Some((since, due_at)) = self.running.take() else { return };
        self.used += if promise.is_statutory() {
            at.duration_since(since)
        } else {
            desk.of_version(self.calendar).working_time(since, at)
        };
        self.broken |= at > due_at;
    }

    fn should_have_been_said(&self, promise: Promise, desk: &Desk) -> Said {
        let whole = if promise.is_statutory() {
            self.original_due_at.duration_since(self.started_at)
        } else {
            let calendar = desk.of_version(self.first_calendar);
            calendar.working_time(self.started_at, self.original_due_at)
        };
        let three_quarters = self.used * 4 >= whole * 3;
        Said {
            warned: usize::from(self.broken || three_quarters),
            breached: usize::from(self.broken),
            escalated: usize::from(self.broken),
        }
    }
}

/// Compares what was said in every request with what should have been said by now.
pub(super) async fn compare(engine: &Engine) -> Tally {
    let desk = engine.desk().await.unwrap();
    let mut streams: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
    let mut after = 0;
    loop {
        let events = engine.history(after, 1_000).await.unwrap();
        let Some(last) = events.last() else { break };
        after = last.position;
        for event in events.into_iter().filter(|event| event.request().is_some()) {
            streams.entry(event.stream.clone()).or_default().push(event);
        }
    }
    let mut tally = Tally { requests: streams.len(), ..Tally::default() };
    for (stream, events) in &streams {
        for (promise, told) in promises(events, &desk, engine.now()) {
            let expected = told.should_have_been_said(promise, &desk);
            assert_eq!(told.said, expected, "{promise} of {stream}: {}", names(events));
            tally.broken += usize::from(told.broken);
            tally.kept += usize::from(!told.broken);
            tally.recalculated += usize::from(told.recalculated);
        }
    }
    tally
}

fn names(events: &[Recorded]) -> String {
    let line = |it: &Recorded| format!("\n{} {} {:?}", it.effective_at, it.name, it.clocks);
    events.iter().map(line).collect()
}

/// Every promise of a request, in the order in which they were made.
fn promises(events: &[Recorded], desk: &Desk, now: Timestamp) -> Vec<(Promise, Told)> {
    let mut promises: Vec<(Promise, Told)> = Vec::new();
    let latest = |promises: &mut Vec<(Promise, Told)>, promise| {
        promises.iter().rposition(|(it, _)| *it == promise).unwrap()
    };
    for event in events {
        for change in &event.clocks {
            change_clock(&mut promises, change, event.effective_at, desk);
        }
        match event.event.as_ref() {
            Some(Event::Request(RequestEvent::PromiseWarned(it))) => {
                let place = latest(&mut promises, it.promise);
                promises[place].1.said.warned += 1;
            }
            Some(Event::Request(RequestEvent::PromiseBreached(it))) => {
                assert!(event.recorded_at > it.due_at, "{it:?} was found early");
                let place = latest(&mut promises, it.promise);
                promises[place].1.said.breached += 1;
            }
            Some(Event::Request(RequestEvent::Escalated(it))) => {
                if let EscalatedAbout::Breached { promise } = it.about {
                    let place = latest(&mut promises, promise);
                    promises[place].1.said.escalated += 1;
                }
            }
            _ => {}
        }
    }
    for (promise, told) in &mut promises {
        told.halt(*promise, now, desk);
    }
    promises
}

fn change_clock(
    promises: &mut Vec<(Promise, Told)>,
    change: &ClockChange,
    at: Timestamp,
    desk: &Desk,
) {
    let promise = change.promise();
    if let ClockChange::Started { due_at, calendar_version, .. } = change {
        promises.push((promise, Told::started(at, *due_at, *calendar_version)));
        return;
    }
    let Some((_, told)) = promises.iter_mut().rev().find(|(it, _)| *it == promise) else {
        panic!("{change:?} of a promise that was never made")
    };
    let running = told.running.is_some();
    told.halt(promise, at, desk);
    match change {
        ClockChange::Resumed { due_at, .. } => told.running = Some((at, *due_at)),
        ClockChange::Recalculated { due_at, calendar_version, .. } => {
            told.calendar = *calendar_version;
            told.recalculated = true;
            told.running = running.then_some((at, *due_at));
        }
        ClockChange::Started { .. } | ClockChange::Paused { .. } | ClockChange::Stopped { .. } => {}
    }
}
