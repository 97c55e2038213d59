//! The promises made about one request, and what an event does to them.
//!
//! Due instants are worked out once, when something is decided, under the calendar of that
//! moment; the event carries the result as [`ClockChange`]s. So replay needs no calendar,
//! and every interval of a ledger can name the event that caused it.

use crate::calendar::{Calendar, Calendars};
use crate::clock::{Alarm, Allowance, Clock, ClockState, Promise};
use crate::ids::EventId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an event does to one promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clock", rename_all = "snake_case")]
pub enum ClockChange {
    /// It is made.
    Started {
        /// What is promised.
        promise: Promise,
        /// How long it may take.
        allowance: Allowance,
        /// When it is due.
        due_at: Timestamp,
        /// The calendar that said so.
        calendar_version: u32,
    },
    /// It waits for the school.
    Paused {
        /// Which.
        promise: Promise,
    },
    /// The wait is over.
    Resumed {
        /// Which.
        promise: Promise,
        /// When it is due now.
        due_at: Timestamp,
    },
    /// The council goes by another calendar: the working time that is left stays the same.
    Recalculated {
        /// Which.
        promise: Promise,
        /// When it is due now; of one that waits, when it would be due if the wait ended now.
        due_at: Timestamp,
        /// The calendar that says so.
        calendar_version: u32,
    },
    /// It is answered, or has lapsed.
    Stopped {
        /// Which.
        promise: Promise,
        /// At which instant: that of the event, except where the answer was automatic, or the
        /// event is dated before the promise was made.
        at: Timestamp,
        /// Answered. A promise that lapsed (the request was withdrawn, another service took
        /// over) is in nobody's figures.
        met: bool,
        /// Answered in time.
        kept: bool,
        /// Working minutes that counted, from start to stop.
        working_minutes: i64,
    },
}

impl ClockChange {
    /// Which promise it changes.
    #[must_use]
    pub const fn promise(&self) -> Promise {
        match self {
            Self::Started { promise, .. }
            | Self::Paused { promise }
            | Self::Resumed { promise, .. }
            | Self::Recalculated { promise, .. }
            | Self::Stopped { promise, .. } => *promise,
        }
    }
}

/// Every promise ever made about one request, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Clocks(Vec<Clock>);

impl Clocks {
    /// No promise was made.
    pub(crate) const NONE: Self = Self(Vec::new());

    /// The clocks, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Clock> {
        self.0.iter()
    }

    /// The promises that nothing has stopped yet.
    pub fn open(&self) -> impl Iterator<Item = &Clock> {
        self.0.iter().filter(|clock| clock.stopped_at.is_none())
    }

    /// The latest clock of this promise.
    #[must_use]
    pub fn latest(&self, promise: Promise) -> Option<&Clock> {
        self.0.iter().rev().find(|clock| clock.promise == promise)
    }

    /// Follows a change that `event` made at `at`. Total: a change that fits no clock is
    /// let pass, since history is never refused.
    pub fn apply(&mut self, change: &ClockChange, at: Timestamp, event: EventId) {
        match change {
            ClockChange::Started { promise, allowance, due_at, calendar_version } => {
                self.0.push(Clock {
                    promise: *promise,
                    allowance: *allowance,
                    calendar_version: *calendar_version,
                    started_at: at,
                    started_event: event.0,
                    original_due_at: *due_at,
                    due_at: Some(*due_at),
                    pauses: Vec::new(),
                    recalculations: Vec::new(),
                    alarm: Alarm::Quiet,
                    stopped_at: None,
                    stopped_event: None,
                });
            }
            ClockChange::Paused { promise } => {
                self.each_open(*promise, |clock| clock.pause(at, event.0));
            }
            ClockChange::Resumed { promise, due_at } => {
                self.each_open(*promise, |clock| clock.resume_due(at, event.0, *due_at));
            }
            ClockChange::Recalculated { promise, due_at, calendar_version } => {
                self.each_open(*promise, |clock| {
                    clock.recalculate(at, event.0, *due_at, *calendar_version);
                });
            }
            ClockChange::Stopped { promise, at, .. } => {
                self.each_open(*promise, |clock| clock.stop(*at, event.0));
            }
        }
    }

    /// Remembers what was said about an open promise.
    pub(crate) fn raise(&mut self, promise: Promise, alarm: Alarm) {
        self.each_open(promise, |clock| clock.alarm = alarm);
    }

    fn each_open(&mut self, promise: Promise, change: impl Fn(&mut Clock)) {
        self.0
            .iter_mut()
            .filter(|clock| clock.promise == promise && clock.stopped_at.is_none())
            .for_each(change);
    }
}

/// Works out what happens to a request's promises at one instant. New ones are made under the
/// present calendar; those that are open go by the calendar that they have gone over to.
pub(crate) struct Timekeeper<'a> {
    pub(crate) clocks: &'a Clocks,
    pub(crate) calendar: &'a Calendar,
    pub(crate) calendars: &'a dyn Calendars,
    pub(crate) at: Timestamp,
}

impl Timekeeper<'_> {
    /// Makes a promise.
    pub(crate) fn start(&self, promise: Promise, allowance: Allowance) -> Vec<ClockChange> {
        let due_at = allowance.due(self.at, self.calendar);
        let calendar_version = self.calendar.version;
        vec![ClockChange::Started { promise, allowance, due_at, calendar_version }]
    }

    /// Every running promise waits for the school. Statutory ones never do, and to say that a
    /// request has arrived nobody needs the school.
    pub(crate) fn pause(&self) -> Vec<ClockChange> {
        let waits = |promise: Promise| !promise.is_statutory() && promise != Promise::Acknowledge;
        let running = |clock: &&Clock| clock.due_at.is_some() && waits(clock.promise);
        self.clocks
            .open()
            .filter(running)
            .map(|clock| ClockChange::Paused { promise: clock.promise })
            .collect()
    }

    /// Every waiting promise runs on, due later by the working time waited.
    pub(crate) fn resume(&self) -> Vec<ClockChange> {
        self.clocks.open().filter_map(|clock| self.resumed(clock)).collect()
    }

    fn resumed(&self, clock: &Clock) -> Option<ClockChange> {
        let due_at = clock.due_if_resumed(self.at, self.calendars)?;
        Some(ClockChange::Resumed { promise: clock.promise, due_at })
    }

    /// Every promise that the present calendar affects goes over to it.
    pub(crate) fn recalculate(&self) -> Vec<ClockChange> {
        let affected =
            self.clocks.open().filter(|it| it.is_affected_by(self.calendar, self.calendars));
        let recalculated = affected.filter_map(|clock| {
            let due_at = clock.due_under(self.calendar, self.at, self.calendars)?;
            let (promise, calendar_version) = (clock.promise, self.calendar.version);
            Some(ClockChange::Recalculated { promise, due_at, calendar_version })
        });
        recalculated.collect()
    }

    /// The promise is answered.
    pub(crate) fn meet(&self, promise: Promise) -> Vec<ClockChange> {
        self.stop(true, |clock| clock.promise == promise)
    }

    /// The promise no longer applies.
    pub(crate) fn lapse(&self, promise: Promise) -> Vec<ClockChange> {
        self.stop(false, |clock| clock.promise == promise)
    }

    /// No promise applies any longer.
    pub(crate) fn lapse_all(&self) -> Vec<ClockChange> {
        self.stop(false, |_| true)
    }

    /// One promise is answered, no other applies any longer.
    pub(crate) fn meet_and_lapse_the_rest(&self, promise: Promise) -> Vec<ClockChange> {
        let mut changes = self.meet(promise);
        changes.extend(self.stop(false, |clock| clock.promise != promise));
        changes
    }

    /// One promise is answered, every other waits for the school.
    pub(crate) fn meet_and_pause_the_rest(&self, promise: Promise) -> Vec<ClockChange> {
        let waiting = self.pause().into_iter().filter(|change| change.promise() != promise);
        self.meet(promise).into_iter().chain(waiting).collect()
    }

    /// A wait ends with its promise, so that it stays known when the promise was due.
    fn stop(&self, met: bool, which: impl Fn(&Clock) -> bool) -> Vec<ClockChange> {
        let stopping = self.clocks.open().filter(|clock| which(clock));
        stopping
            .flat_map(|clock| self.resumed(clock).into_iter().chain(self.stopped(clock, met)))
            .collect()
    }

    fn stopped(&self, clock: &Clock, met: bool) -> Option<ClockChange> {
        let mut stopped = clock.clone();
        stopped.resume(self.at, Uuid::nil(), self.calendars);
        stopped.stop(self.at, Uuid::nil());
        let at = stopped.stopped_at?;
        Some(ClockChange::Stopped {
            promise: clock.promise,
            at,
            met,
            kept: met && stopped.state(at) == ClockState::Kept,
            working_minutes: stopped.working_minutes(at, self.calendars),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::fixture::{at, england};

    fn at_work<'a>(clocks: &'a Clocks, calendar: &'a Calendar, at: Timestamp) -> Timekeeper<'a> {
        Timekeeper { clocks, calendar, calendars: calendar, at }
    }

    fn respond() -> Clocks {
        let (clocks, calendar) = (Clocks::default(), england());
        let asked_at = at("2026-11-20T10:00:00Z");
        let keeper = at_work(&clocks, &calendar, asked_at);
        let started = keeper.start(Promise::Respond, Allowance::WorkingDays(5));
        followed(&clocks, &started, asked_at)
    }

    fn followed(clocks: &Clocks, changes: &[ClockChange], at: Timestamp) -> Clocks {
        changes.iter().fold(clocks.clone(), |mut clocks, change| {
            clocks.apply(change, at, EventId(Uuid::nil()));
            clocks
        })
    }

    #[test]
    fn a_wait_from_the_due_instant_on_ends_as_its_clock_says() {
        let (due, calendar) = (at("2026-11-27T17:00:00Z"), england());
        let paused = [ClockChange::Paused { promise: Promise::Respond }];
        let clocks = followed(&respond(), &paused, due);
        let saturday = at("2026-11-28T10:00:00Z");
        let keeper = at_work(&clocks, &calendar, saturday);
        let met = keeper.meet(Promise::Respond);
        let clock = followed(&clocks, &met, saturday).latest(Promise::Respond).cloned().unwrap();
        assert_eq!(clock.due_at, Some(due), "no working time was waited");
        let [_, ClockChange::Stopped { kept, .. }] = met.as_slice() else { panic!("{met:?}") };
        assert_eq!(*kept, clock.state(saturday) == ClockState::Kept);
    }

    #[test]
    fn a_change_of_a_promise_that_was_never_made_is_let_pass() {
        let due_at = at("2026-11-27T17:00:00Z");
        let promise = Promise::PanelDecision;
        let changes = [ClockChange::Paused { promise }, ClockChange::Resumed { promise, due_at }];
        assert_eq!(followed(&respond(), &changes, due_at), respond());
    }

    #[test]
    fn only_the_open_clock_of_a_promise_made_twice_goes_on() {
        let calendar = england();
        let (first, second) = (at("2026-11-23T10:00:00Z"), at("2026-11-24T10:00:00Z"));
        let clocks = respond();
        let keeper = at_work(&clocks, &calendar, first);
        let clocks = followed(&clocks, &keeper.lapse(Promise::Respond), first);
        let keeper = at_work(&clocks, &calendar, second);
        let started = keeper.start(Promise::Respond, Allowance::WorkingDays(5));
        let clocks = followed(&clocks, &started, second);
        assert_eq!(clocks.iter().count(), 2);
        assert_eq!(clocks.open().count(), 1);
        assert_eq!(clocks.latest(Promise::Respond).unwrap().started_at, second);
    }
}
