//! What follows when a school does not answer: it is reminded, and in the end the duty adviser
//! has the request again, so that nothing waits for ever.

use super::{Case, E, Move};
use crate::clock::Allowance;
use crate::desk::Desk;
use crate::event::Change;
use crate::request::Stage;
use crate::request::event::{QuestionLapsed, Reminded};
use crate::triage::{Route, Why};
use jiff::Timestamp;

/// The next step of a silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// The school is reminded, once for each time that it is asked.
    Reminder,
    /// Nobody waits any longer.
    Lapse,
}

impl Case {
    /// What follows next if the school says nothing, and when: counted in working days from
    /// when it was last asked, under the calendar and the policy of the day.
    pub(super) fn next_silence(&self, desk: &Desk) -> Option<(Timestamp, Silence)> {
        let waiting = matches!(self.stage, Stage::AwaitingInformation { .. });
        let asked_at = self.conversation.asked_at.filter(|_| waiting)?;
        let (days, next) = if self.conversation.reminded {
            (desk.policy.question_lapses_after_working_days, Silence::Lapse)
        } else {
            (desk.policy.remind_after_working_days, Silence::Reminder)
        };
        Some((Allowance::WorkingDays(days).due(asked_at, &desk.calendar), next))
    }
}

impl Move<'_> {
    pub(super) fn after(&mut self, silence: Silence) {
        let Some(now) = self.unfolding.case() else { return };
        let undecided = matches!(now.stage, Stage::AwaitingInformation { back_to: None });
        let missing = if undecided { now.intake.missing() } else { vec![] };
        let questions = now.conversation.open().map(|question| question.number).collect();
        let change = match silence {
            Silence::Reminder => Change::of(E::Reminded(Reminded { missing, questions })),
            Silence::Lapse => {
                let clocks = self.unfolding.moving_to(&Route::Duty { why: Why::Unanswered });
                let lapsed = QuestionLapsed { missing, questions };
                Change::of(E::QuestionLapsed(lapsed)).moving(clocks)
            }
        };
        self.unfolding.then(change);
    }
}
