//! The promise about a request that matters now, as a line of a list tells it.

use domain::calendar::Calendar;
use domain::clock::{ClockState, Promise};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use views::Owed;

/// The open promise that falls due next; the answer to the school, as it was given, when
/// nothing that was promised is open.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwedShown {
    #[schema(value_type = String, example = "respond")]
    promise: Promise,
    /// `running`, `paused` while it waits for the school, `kept` or `breached`.
    #[schema(value_type = String, example = "running")]
    state: ClockState,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// Null while it waits for the school.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    stopped_at: Option<Timestamp>,
    /// The working minutes that are left; below nought, those by which it is late. Null once it
    /// is answered, and while it waits for the school.
    working_minutes_left: Option<i64>,
    /// The working minutes that there were for it at first.
    working_minutes_allowed: i64,
}

impl OwedShown {
    pub(crate) fn of(owed: &Owed, now: Timestamp, calendar: &Calendar) -> Self {
        let minutes = |from, to| calendar.working_minutes(from, to);
        let left = |due| if due < now { -minutes(due, now) } else { minutes(now, due) };
        Self {
            promise: owed.promise,
            state: owed.state_at(now),
            started_at: owed.started_at,
            due_at: owed.due_at,
            stopped_at: owed.stopped_at,
            working_minutes_left: owed.falls_due_at().map(left),
            working_minutes_allowed: minutes(owed.started_at, owed.first_due_at),
        }
    }
}
