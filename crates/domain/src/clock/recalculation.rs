//! The council works by another calendar while a promise is open.
//!
//! What was counted stays as it was counted: a calendar says how time is counted from the
//! instant on at which the clock went over to it, never before.

use super::Clock;
use crate::calendar::{Calendar, Calendars, london};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// From here on a clock goes by another calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recalculation {
    /// From when.
    pub at: Timestamp,
    /// The event that says so.
    pub event: Uuid,
    /// By which version of the calendar.
    pub calendar_version: u32,
}

impl Clock {
    /// The version of the calendar that it goes by now.
    #[must_use]
    pub fn calendar_in_force(&self) -> u32 {
        self.recalculations.last().map_or(self.calendar_version, |it| it.calendar_version)
    }

    /// Goes by another calendar from this instant on. The due instant was worked out before;
    /// of a paused clock it is the one that it would have if the wait ended now. A statutory
    /// clock goes by no calendar, and a stopped one by none any longer.
    pub fn recalculate(
        &mut self,
        at: Timestamp,
        event: Uuid,
        due_at: Timestamp,
        calendar_version: u32,
    ) {
        if self.stopped_at.is_some() || self.promise.is_statutory() {
            return;
        }
        let at = at.max(self.last_changed_at());
        self.recalculations.push(Recalculation { at, event, calendar_version });
        match (&mut self.due_at, self.pauses.last_mut()) {
            (Some(due), _) => *due = due_at,
            (None, Some(pause)) if !pause.was_late() => {
                pause.due_at = due_at;
                pause.counts_from = at;
            }
            (None, Some(_) | None) => {}
        }
    }

    /// When the clock is due if it goes by this calendar from now on: the working time that is
    /// left stays the same. Of a paused clock: if the wait ended now. What is late already
    /// stays due when it was.
    #[must_use]
    pub fn due_under(
        &self,
        calendar: &Calendar,
        at: Timestamp,
        calendars: &dyn Calendars,
    ) -> Option<Timestamp> {
        let (due_at, from) = match (self.due_at, self.pauses.last()) {
            (Some(due_at), _) => (due_at, at),
            (None, Some(pause)) => (pause.due_at, pause.counts_from),
            (None, None) => return None,
        };
        let left = calendars.of_version(self.calendar_in_force()).working_time(from, due_at);
        Some(if left.is_zero() && from != due_at {
            due_at
        } else {
            calendar.add_working_time(at, left)
        })
    }

    /// Whether this calendar counts any time otherwise that lies between the last change of
    /// the clock and its due instant; while it is paused, any time to come. What is beyond is
    /// not this promise's concern, until a wait moves it there.
    #[must_use]
    pub fn is_affected_by(&self, calendar: &Calendar, calendars: &dyn Calendars) -> bool {
        let in_force = self.calendar_in_force();
        if self.stopped_at.is_some() || self.promise.is_statutory() || in_force == calendar.version
        {
            return false;
        }
        let from = london::wall(self.last_changed_at()).date();
        let until = self.due_at.map(|due_at| london::wall(due_at).date());
        calendars.of_version(in_force).differs_from(calendar, from, until)
    }

    /// The working time between two instants, each stretch counted by the calendar that the
    /// clock went by then.
    pub(super) fn counted(
        &self,
        from: Timestamp,
        to: Timestamp,
        calendars: &dyn Calendars,
    ) -> SignedDuration {
        let begins = self.recalculations.iter().map(|it| it.at);
        let ends = begins.chain([Timestamp::MAX]);
        let versions = self.recalculations.iter().map(|it| it.calendar_version);
        let mut begin = Timestamp::MIN;
        let mut counted = SignedDuration::ZERO;
        for (version, end) in [self.calendar_version].into_iter().chain(versions).zip(ends) {
            let calendar = calendars.of_version(version);
            counted += calendar.working_time(from.max(begin), to.min(end));
            begin = end;
        }
        counted
    }

    /// When the clock last started, paused, resumed or went over to another calendar.
    pub(super) fn last_changed_at(&self) -> Timestamp {
        let changed = self.not_before_the_last(self.started_at);
        self.recalculations.last().map_or(changed, |it| it.at.max(changed))
    }
}
