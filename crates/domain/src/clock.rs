//! A promise as a clock that can explain itself: when it is due, why, and what every minute
//! since it began was spent on.
//!
//! A clock is folded from history, and history is never refused: every transition is total.
//! One that makes no sense where it stands (resuming a running clock, stopping a stopped one)
//! changes nothing, and an instant earlier than the last transition counts as that one's, so
//! a clock never runs backwards however late something was written down. The calendar is
//! data like the rest: given as it was known then, a closure published later rewrites nothing.

mod alarm;
#[cfg(test)]
mod changing;
mod ledger;
mod promise;
#[cfg(test)]
mod properties;
mod recalculation;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::{Calendar, Calendars};

pub use alarm::{Alarm, just_after};
pub use ledger::{Entry, EntryKind};
pub use promise::{Allowance, Promise, UnknownPromise};
pub use recalculation::Recalculation;

/// One promise made about one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What was promised.
    pub promise: Promise,
    /// How long it may take.
    pub allowance: Allowance,
    /// The version of the calendar when the promise was made.
    pub calendar_version: u32,
    /// When it began.
    pub started_at: Timestamp,
    /// The event that began it.
    pub started_event: Uuid,
    /// When it was first due. Never changes.
    pub original_due_at: Timestamp,
    /// When it is due: the first instant, moved by the working time of every pause since and by
    /// every calendar that changed what was left.
    /// Nobody knows while it is paused, nor ever if it was stopped then.
    pub due_at: Option<Timestamp>,
    /// The times it waited for the school, in order; only the last can be open.
    pub pauses: Vec<Pause>,
    /// The times it went over to another calendar, in order.
    pub recalculations: Vec<Recalculation>,
    /// What has been said about it so far.
    pub alarm: Alarm,
    /// When the promise was answered, or dropped with the request.
    pub stopped_at: Option<Timestamp>,
    /// The event that stopped it.
    pub stopped_event: Option<Uuid>,
}

/// One wait for information that only the school has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When the school was asked.
    pub from: Timestamp,
    /// The event that asked.
    pub from_event: Uuid,
    /// When the clock was due at that moment; once the calendar has changed meanwhile, when it
    /// was due if the wait had ended then.
    pub due_at: Timestamp,
    /// From when on waiting moves that instant: from its start, or from that change on.
    pub counts_from: Timestamp,
    /// When the answer came; none while the wait lasts, or if the clock stopped meanwhile.
    pub to: Option<Timestamp>,
    /// The event that brought it.
    pub to_event: Option<Uuid>,
}

/// Where a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Counting, and not yet late.
    Running,
    /// Waiting for the school.
    Paused,
    /// Stopped in time.
    Kept,
    /// Late: stopped too late, or still counting after the due instant. A promise once broken
    /// stays broken: a pause that begins after the due instant mends nothing.
    Breached,
}

impl Clock {
    /// A promise made at an instant, by an event, under the calendar of that moment.
    #[must_use]
    pub fn start(
        promise: Promise,
        allowance: Allowance,
        at: Timestamp,
        event: Uuid,
        calendar: &Calendar,
    ) -> Self {
        let due_at = allowance.due(at, calendar);
        Self {
            promise,
            allowance,
            calendar_version: calendar.version,
            started_at: at,
            started_event: event,
            original_due_at: due_at,
            due_at: Some(due_at),
            pauses: Vec::new(),
            recalculations: Vec::new(),
            alarm: Alarm::Quiet,
            stopped_at: None,
            stopped_event: None,
        }
    }

    /// The school is asked for something. Only a running clock pauses, and a statutory one
    /// never does.
    pub fn pause(&mut self, at: Timestamp, event: Uuid) {
        let (Some(due_at), None) = (self.due_at, self.stopped_at) else { return };
        if self.promise.is_statutory() {
            return;
        }
        let from = self.not_before_the_last(at);
        let from_event = event;
        let pause = Pause { from, from_event, due_at, counts_from: from, to: None, to_event: None };
        self.pauses.push(pause);
        self.due_at = None;
    }

    /// The school has answered: the due instant moves by exactly the working time waited.
    /// Only a paused clock resumes.
    pub fn resume(&mut self, at: Timestamp, event: Uuid, calendars: &dyn Calendars) {
        if let Some(due_at) = self.due_if_resumed(at, calendars) {
            self.resume_due(at, event, due_at);
        }
    }

    /// Resumes with a due instant that was worked out before, as replay does. Only a paused
    /// clock resumes.
    pub fn resume_due(&mut self, at: Timestamp, event: Uuid, due_at: Timestamp) {
        let (None, Some(pause)) = (self.stopped_at, self.pauses.last_mut()) else { return };
        if pause.to.is_none() {
            pause.to = Some(at.max(pause.from));
            pause.to_event = Some(event);
            self.due_at = Some(due_at);
        }
    }

    /// When the clock would be due if the school answered at this instant; none unless it is
    /// paused.
    #[must_use]
    pub fn due_if_resumed(&self, at: Timestamp, calendars: &dyn Calendars) -> Option<Timestamp> {
        let (None, Some(pause)) = (self.stopped_at, self.pauses.last()) else { return None };
        let calendar = calendars.of_version(self.calendar_in_force());
        let waited = self.counted(pause.counts_from, at, calendars);
        pause.to.is_none().then(|| calendar.add_working_time(pause.due_at, waited))
    }

    /// The promise is answered. A clock stops once, running or paused.
    pub fn stop(&mut self, at: Timestamp, event: Uuid) {
        if self.stopped_at.is_none() {
            self.stopped_at = Some(self.not_before_the_last(at));
            self.stopped_event = Some(event);
        }
    }

    /// Where the clock stands; once stopped, at any instant. The due instant itself is still
    /// in time. A clock stopped while paused is kept unless it was late before the pause.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> ClockState {
        let until = self.until(now);
        let broken =
            self.due_at.is_some_and(|due| until > due) || self.pauses.iter().any(Pause::was_late);
        match (self.stopped_at, self.due_at) {
            (None, None) => ClockState::Paused,
            _ if broken => ClockState::Breached,
            (None, Some(_)) => ClockState::Running,
            (Some(_), _) => ClockState::Kept,
        }
    }

    /// The working minutes that have counted so far, rounded down: those from start to stop,
    /// or to `now`, less those waited.
    #[must_use]
    pub fn working_minutes(&self, now: Timestamp, calendars: &dyn Calendars) -> i64 {
        let until = self.until(now);
        let waited = self.pauses.iter().fold(SignedDuration::ZERO, |waited, pause| {
            let to = pause.to.unwrap_or(until).min(until);
            waited + self.counted(pause.from, to, calendars)
        });
        (self.counted(self.started_at, until, calendars) - waited).as_mins()
    }

    /// The working minutes from when it stopped, or `now`, to when it is due, rounded down;
    /// below nought, once it is late by so many. Nobody knows while it waits.
    #[must_use]
    pub fn working_minutes_left(&self, now: Timestamp, calendars: &dyn Calendars) -> Option<i64> {
        let (until, due_at) = (self.until(now), self.due_at?);
        let late = self.counted(due_at, until, calendars).as_mins();
        Some(if until > due_at { -late } else { self.counted(until, due_at, calendars).as_mins() })
    }

    /// Where the clock's account ends: when it stopped, or now.
    fn until(&self, now: Timestamp) -> Timestamp {
        self.stopped_at.unwrap_or(now)
    }

    fn not_before_the_last(&self, at: Timestamp) -> Timestamp {
        let last = self.pauses.last().map_or(self.started_at, |it| it.to.unwrap_or(it.from));
        at.max(last)
    }
}

impl Pause {
    /// Whether the clock was late already when the wait began.
    fn was_late(&self) -> bool {
        self.from > self.due_at
    }
}
