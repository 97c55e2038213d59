//! What a list says of time: of all that is promised about a request, the one that matters now.

use domain::clock::{Clock, ClockState, Promise};
use domain::request::Case;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The open promise that falls due next. Where all of them wait for the school, the first of
/// those; where none is open, the answer to the school as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// What was promised.
    pub promise: Promise,
    /// How it stood when the request last moved; later, see [`Owed::state_at`].
    pub state: ClockState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was due at first.
    pub first_due_at: Timestamp,
    /// When it is due. Not known while it waits for the school.
    pub due_at: Option<Timestamp>,
    /// When it was answered, or dropped with the request.
    pub stopped_at: Option<Timestamp>,
}

impl Owed {
    pub(crate) fn of(case: &Case) -> Option<Self> {
        let running = case.clocks.open().filter_map(|clock| Some((clock.due_at?, clock)));
        let next = running.min_by_key(|(due_at, _)| *due_at).map(|(_, clock)| clock);
        let waiting = || case.clocks.open().next();
        let answered = || case.clocks.latest(Promise::Respond);
        next.or_else(waiting).or_else(answered).map(Self::told_by)
    }

    fn told_by(clock: &Clock) -> Self {
        Self {
            promise: clock.promise,
            state: clock.state(clock.started_at),
            started_at: clock.started_at,
            first_due_at: clock.original_due_at,
            due_at: clock.due_at,
            stopped_at: clock.stopped_at,
        }
    }

    /// When it falls due, while it can.
    #[must_use]
    pub fn falls_due_at(&self) -> Option<Timestamp> {
        self.due_at.filter(|_| self.stopped_at.is_none())
    }

    /// How it stands at an instant after the request last moved.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> ClockState {
        let late = self.falls_due_at().is_some_and(|due| due < now);
        if late { ClockState::Breached } else { self.state }
    }
}
