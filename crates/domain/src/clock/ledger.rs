//! The account of a clock: what every stretch since its start was, and which event made it so.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Clock;
use crate::calendar::{Calendar, StretchKind};

/// One line of a clock's account, from one instant until before the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its first instant.
    pub from: Timestamp,
    /// Where the next begins.
    pub to: Timestamp,
    /// What it was.
    pub kind: EntryKind,
    /// What it adds to the clock. Whole minutes of the running total, before and after: so
    /// the lines add up to exactly what the clock shows, and a line can be a minute more or
    /// less than its own length.
    pub working_minutes: i64,
    /// The working time that passed while waiting, in whole minutes rounded down.
    pub waited_minutes: Option<i64>,
    /// The event that started, paused or resumed the clock.
    pub event: Uuid,
}

/// What a stretch of a clock's life was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Working time that counts.
    Counting,
    /// Nights, weekends and the authority's closures.
    Closed,
    /// Whole London days.
    BankHoliday,
    /// From asking the school until its answer, days and nights.
    AwaitingInformation,
}

/// An entry before it is counted in minutes.
struct Line {
    from: Timestamp,
    to: Timestamp,
    kind: EntryKind,
    event: Uuid,
}

impl Clock {
    /// The account from the start of the clock to its stop, or to `now`: in order, without
    /// holes or overlaps, adding up to [`working_minutes`](Self::working_minutes) under the
    /// same calendar. Empty for an instant before the start.
    ///
    /// A statutory clock counts nights and holidays like any other time: its account is one
    /// line, with the working minutes of that time for comparison.
    #[must_use]
    pub fn ledger(&self, now: Timestamp, calendar: &Calendar) -> Vec<Entry> {
        let mut counted = SignedDuration::ZERO;
        self.lines(self.until(now), calendar)
            .into_iter()
            .map(|Line { from, to, kind, event }| {
                let before = counted.as_mins();
                if kind == EntryKind::Counting {
                    counted += calendar.working_time(from, to);
                }
                let working_minutes = counted.as_mins() - before;
                let waited_minutes = (kind == EntryKind::AwaitingInformation)
                    .then(|| calendar.working_minutes(from, to));
                Entry { from, to, kind, working_minutes, waited_minutes, event }
            })
            .collect()
    }

    fn lines(&self, until: Timestamp, calendar: &Calendar) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut running = (self.started_at, self.started_event);
        for pause in &self.pauses {
            self.run(&mut lines, running, pause.from.min(until), calendar);
            let to = pause.to.unwrap_or(until).min(until);
            let kind = EntryKind::AwaitingInformation;
            extend(&mut lines, Line { from: pause.from, to, kind, event: pause.from_event });
            running = (to, pause.to_event.unwrap_or(pause.from_event));
        }
        self.run(&mut lines, running, until, calendar);
        lines
    }

    /// Adds the time that the clock ran since an event, cut by the calendar.
    fn run(
        &self,
        lines: &mut Vec<Line>,
        (from, event): (Timestamp, Uuid),
        to: Timestamp,
        calendar: &Calendar,
    ) {
        if self.promise.is_statutory() {
            extend(lines, Line { from, to, kind: EntryKind::Counting, event });
            return;
        }
        for it in calendar.stretches(from, to) {
            let kind = match it.kind {
                StretchKind::Open => EntryKind::Counting,
                StretchKind::Closed => EntryKind::Closed,
                StretchKind::BankHoliday => EntryKind::BankHoliday,
            };
            extend(lines, Line { from: it.from, to: it.to, kind, event });
        }
    }
}

/// Adds a line, or prolongs the last one if it goes on: a weekend is one line, not six.
fn extend(lines: &mut Vec<Line>, next: Line) {
    if next.to <= next.from {
        return;
    }
    match lines.last_mut() {
        Some(last) if (last.kind, last.event) == (next.kind, next.event) => last.to = next.to,
        _ => lines.push(next),
    }
}
