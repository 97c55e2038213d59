//! The account of a clock: what every stretch since its start was, and which event made it so.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Clock;
use crate::calendar::{Calendar, Calendars, StretchKind};

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
    /// The event that started, paused or resumed the clock, or went over to another calendar.
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
    calendar_version: u32,
}

/// A stretch in which a clock either ran or waited.
#[derive(Clone, Copy)]
struct Span {
    from: Timestamp,
    to: Timestamp,
    waiting: bool,
    event: Uuid,
    calendar_version: u32,
}

impl Clock {
    /// The account from the start of the clock to its stop, or to `now`: in order, without
    /// holes or overlaps, adding up to [`working_minutes`](Self::working_minutes) under the
    /// same calendars. Empty for an instant before the start.
    ///
    /// Every stretch is drawn by the calendar that the clock went by then: one that was
    /// published later begins a new entry and leaves those before as they were. A statutory
    /// clock counts nights and holidays like any other time: its account is one line, with the
    /// working minutes of that time for comparison.
    #[must_use]
    pub fn ledger(&self, now: Timestamp, calendars: &dyn Calendars) -> Vec<Entry> {
        let mut counted = SignedDuration::ZERO;
        self.lines(self.until(now), calendars)
            .into_iter()
            .map(|Line { from, to, kind, event, calendar_version }| {
                let calendar = calendars.of_version(calendar_version);
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

    fn lines(&self, until: Timestamp, calendars: &dyn Calendars) -> Vec<Line> {
        let mut lines = Vec::new();
        for span in self.spans(until).into_iter().flat_map(|span| self.cut(span)) {
            let calendar = calendars.of_version(span.calendar_version);
            if span.waiting {
                let kind = EntryKind::AwaitingInformation;
                extend(&mut lines, Line::of(span, span.from, span.to, kind));
            } else {
                self.run(&mut lines, span, calendar);
            }
        }
        lines
    }

    /// The times it ran and the times it waited, in turn.
    fn spans(&self, until: Timestamp) -> Vec<Span> {
        let calendar_version = self.calendar_version;
        let span = |from, to, waiting, event| Span { from, to, waiting, event, calendar_version };
        let mut spans = Vec::new();
        let mut running = (self.started_at, self.started_event);
        for pause in &self.pauses {
            spans.push(span(running.0, pause.from.min(until), false, running.1));
            let to = pause.to.unwrap_or(until).min(until);
            spans.push(span(pause.from, to, true, pause.from_event));
            running = (to, pause.to_event.unwrap_or(pause.from_event));
        }
        spans.push(span(running.0, until, false, running.1));
        spans
    }

    /// A span, cut where the clock went over to another calendar.
    fn cut(&self, span: Span) -> Vec<Span> {
        let mut parts = Vec::with_capacity(1);
        let mut rest = span;
        for it in &self.recalculations {
            if it.at >= span.to {
                break;
            }
            if rest.from < it.at {
                parts.push(Span { to: it.at, ..rest });
                rest = Span { from: it.at, event: it.event, ..rest };
            }
            rest.calendar_version = it.calendar_version;
        }
        parts.push(rest);
        parts
    }

    /// Adds the time that the clock ran, cut by the calendar.
    fn run(&self, lines: &mut Vec<Line>, span: Span, calendar: &Calendar) {
        if self.promise.is_statutory() {
            extend(lines, Line::of(span, span.from, span.to, EntryKind::Counting));
            return;
        }
        for it in calendar.stretches(span.from, span.to) {
            let kind = match it.kind {
                StretchKind::Open => EntryKind::Counting,
                StretchKind::Closed => EntryKind::Closed,
                StretchKind::BankHoliday => EntryKind::BankHoliday,
            };
            extend(lines, Line::of(span, it.from, it.to, kind));
        }
    }
}

impl Line {
    const fn of(span: Span, from: Timestamp, to: Timestamp, kind: EntryKind) -> Self {
        let Span { event, calendar_version, .. } = span;
        Self { from, to, kind, event, calendar_version }
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
