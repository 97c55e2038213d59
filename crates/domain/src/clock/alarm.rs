//! How far somebody has been told that a promise is in danger: a ladder that a clock climbs
//! once, whatever becomes of its due instant on the way.

use super::Clock;
use crate::calendar::Calendars;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A promise is kept at its due instant and broken from the next one on.
const JUST_AFTER: SignedDuration = SignedDuration::from_nanos(1);

/// What has been said about a promise so far. Each step is taken once: a warning is not
/// repeated because a wait has moved the due instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "alarm", rename_all = "snake_case")]
pub enum Alarm {
    /// Nothing.
    #[default]
    Quiet,
    /// That it will soon be due.
    Warned,
    /// That it was broken.
    Breached {
        /// When it was due.
        due_at: Timestamp,
    },
    /// That it was broken, to the line manager.
    Escalated,
}

impl Clock {
    /// When so many percent of its time will have been used up: of its working time, of a
    /// statutory promise's calendar time. A part that was used up before the last wait is used
    /// up from its end on. None while it is paused, and once it has stopped.
    #[must_use]
    pub fn warn_at(&self, percent: u8, calendars: &dyn Calendars) -> Option<Timestamp> {
        let due_at = self.due_at.filter(|_| self.stopped_at.is_none())?;
        let left = |whole: SignedDuration| whole * i32::from(100_u8.saturating_sub(percent)) / 100;
        if self.promise.is_statutory() {
            return Some(due_at - left(due_at.duration_since(self.started_at)));
        }
        let first = calendars.of_version(self.calendar_version);
        let left = left(first.working_time(self.started_at, self.original_due_at));
        let calendar = calendars.of_version(self.calendar_in_force());
        let since = self.last_changed_at();
        let used = calendar.working_time(since, due_at) - left;
        Some(calendar.add_working_time(since, used))
    }

    /// When it will be broken unless somebody answers. None while it is paused, and once it
    /// has stopped.
    #[must_use]
    pub fn broken_at(&self) -> Option<Timestamp> {
        self.due_at.filter(|_| self.stopped_at.is_none()).map(just_after)
    }
}

/// The instant after this one.
#[must_use]
pub fn just_after(at: Timestamp) -> Timestamp {
    at.saturating_add(JUST_AFTER).unwrap_or(Timestamp::MAX)
}
