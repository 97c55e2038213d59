//! A request for support, from first contact to its end.
//!
//! The heart of the front door. [`Request::decide`] is every rule of a request's life as a
//! table: where it stands, what somebody wants to do, what therefore happens. It is pure:
//! time, ids and everything it looks up ([`Desk`]) arrive as data, so replay always agrees.
//! [`Request::evolve`] follows history and never argues with it.

mod assignment;
mod before_panel;
mod by_package;
mod by_panel;
mod by_service;
mod case;
mod command;
mod contribution;
mod conversation;
pub mod event;
mod intake;
mod moves;
mod others;
mod refusal;
mod review;
mod ruling;
#[cfg(test)]
mod tests;
mod unfolding;

pub use case::{Bounce, Case, Stage, Status};
pub use command::{Agreement, Command, Feedback, Glass, Merge, Stated, Submit};
pub use contribution::{Contribution, Part, PartState};
pub use conversation::{Conversation, Question, QuestionState};
pub use refusal::{AnswerFault, Refusal};
pub use review::{Follows, Review};
pub use ruling::{Decision, Ruling};

use crate::desk::Desk;
use crate::event::{Change, Event, RequestEvent};
use crate::ids::EventId;
use crate::promises::ClockChange;
use jiff::Timestamp;
use moves::Move;
use uuid::Uuid;

/// The two clocks of every event: when it happened, and when we learned of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When it happened: a call logged next morning happened yesterday.
    pub effective_at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// One event of a request's stream, as it is followed.
#[derive(Clone, Copy, Debug)]
pub struct Happened<'a> {
    /// Its id.
    pub id: EventId,
    /// When it happened.
    pub effective_at: Timestamp,
    /// What happened.
    pub event: &'a RequestEvent,
    /// What that did to promises.
    pub clocks: &'a [ClockChange],
}

/// A request for support.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Request {
    /// Nobody has heard of it.
    #[default]
    NotReceived,
    /// It was received, and stands somewhere.
    Received(Box<Case>),
}

impl Request {
    /// What follows from a command, after what time alone has made due by then.
    ///
    /// So nothing that is due is ever missed because the timers were late: an answer that
    /// comes after the due instant finds the promise broken, or breaks it. What was due comes
    /// with the command or, where the command adds nothing or is refused, is left to the
    /// timers.
    pub fn proceed(
        &self,
        command: Command,
        desk: &Desk,
        at: Moment,
    ) -> Result<Vec<Change>, Refusal> {
        if matches!(self, Self::NotReceived) || matches!(command, Command::Check) {
            return self.decide(command, desk, at);
        }
        let mut changes = self.decide(Command::Check, desk, at)?;
        let then = self.clone().after(&changes, at).decide(command, desk, at)?;
        if then.is_empty() {
            return Ok(then);
        }
        changes.extend(then);
        Ok(changes)
    }

    /// The request as these changes leave it, before they have ids.
    pub(crate) fn after(self, changes: &[Change], at: Moment) -> Self {
        let (id, effective_at) = (EventId(Uuid::nil()), at.effective_at);
        changes.iter().fold(self, |state, change| {
            let Event::Request(event) = &change.event else { return state };
            state.evolve(&Happened { id, effective_at, event, clocks: &change.clocks })
        })
    }

    /// Every rule of a request, as a table. `Ok([])` means that there is nothing to add.
    pub fn decide(
        &self,
        command: Command,
        desk: &Desk,
        at: Moment,
    ) -> Result<Vec<Change>, Refusal> {
        use Command as C;
        use Stage as S;
        let (case, command) = match (self, command) {
            (Self::NotReceived, C::Submit(submit)) => return intake::receive(*submit, desk, at),
            (Self::NotReceived, _) => return Err(Refusal::NotReceived),
            (Self::Received(_), C::Submit(_)) => return Err(Refusal::AlreadyReceived),
            (Self::Received(case), command) => (case, command),
        };
        let step = Move::new(case, desk, at);
        match (&case.stage, command) {
            // An ended request can be noted on, read, judged and opened again, nothing else.
            (_, C::Note(words)) => step.note(words),
            (_, C::BreakGlass(glass, words)) => step.break_glass(glass, words, at),
            (_, C::GiveFeedback(feedback, words)) => step.feedback(feedback, words),
            (S::Closed { .. }, C::Check | C::Cover(..)) => Ok(vec![]),
            // What its chair decided is before the panel even when it has ended since.
            (S::Closed { .. }, command @ C::DeclareInterest(..)) => {
                by_panel::decide(case, step, command)
            }
            (S::Closed { .. }, C::Reopen(words)) => Ok(step.reopen(words)),
            (S::Closed { .. }, _) => Err(Refusal::Closed),
            (_, C::Reopen(_)) => Err(Refusal::NotClosed),

            // An open one can always be ended, advised on, asked about and told more about.
            (_, C::Withdraw(words)) => Ok(step.withdraw(words)),
            (_, C::Close(ending, words)) => step.close(ending, words),
            (_, C::Advise(kind, words)) => step.advise(kind, words),
            (_, C::Signpost(services, words)) => step.signpost(services, words),
            (_, C::AskInformation(words)) => step.ask(words),
            (_, C::SupplyInformation(consent, answers, words)) => {
                step.supply(consent, answers, words)
            }
            (_, C::Check) => Ok(step.check()),
            (_, C::Assign(adviser, words)) => step.assign(adviser, words),
            (_, C::Cover(away, until, work)) => Ok(step.cover(&away, until, &work, at.recorded_at)),

            (_, C::AddDocument(added, name)) => Ok(step.add_document(added, name)),

            // A person says that it and another one are the same.
            (_, C::Merge(merge)) => step.merge(*merge),
            (_, C::Absorb(from)) => Ok(step.absorb(from)),

            // The school says whether advice is enough, and whether the support was.
            (_, command @ (C::AcceptAdvice(_) | C::GoOn(_) | C::ConfirmOutcome(..))) => {
                step.choose(command)
            }

            // The duty adviser sends it on, or elsewhere than the rules would.
            (S::Supported | S::AwaitingRatification { .. }, C::Route(..) | C::ReferToPanel(..)) => {
                Err(case.refuse("sent on"))
            }
            (_, C::Route(service, stated)) => step.route_to(service, stated),
            (S::AwaitingPanel { .. } | S::OnAgenda { .. }, C::ReferToPanel(..)) => {
                Err(Refusal::AlreadyWithPanel)
            }
            (_, C::ReferToPanel(panel, stated)) => step.refer_to(panel, stated),

            // Who else comes in has a table of its own, and so has what a service does.
            (
                _,
                command
                @ (C::Involve(..) | C::Release(..) | C::Redirect(..) | C::RecordReceipt(..)),
            ) => others::decide(case, step, command),
            (_, command) if command.by_service().is_some() => {
                by_service::decide(case, step, command)
            }

            // So have the panel, and what is done about the package that it agreed.
            (_, command) if command.by_package() => by_package::decide(case, step, command),
            (_, command) if command.by_panel() => by_panel::decide(case, step, command),

            // Whatever is left is not for here.
            (_, command) => Err(case.refuse(command.verb())),
        }
    }

    /// Follows one event. Total and infallible: history is never argued with.
    #[must_use]
    pub fn evolve(self, happened: &Happened<'_>) -> Self {
        match (self, happened.event) {
            (Self::NotReceived, RequestEvent::Received(received)) => {
                let case = Case::opened(received, happened.effective_at);
                Self::Received(Box::new(case.follow(happened)))
            }
            (Self::NotReceived, _) => Self::NotReceived,
            (Self::Received(case), _) => Self::Received(Box::new(case.follow(happened))),
        }
    }

    /// The case, once it was received.
    #[must_use]
    pub fn case(&self) -> Option<&Case> {
        match self {
            Self::NotReceived => None,
            Self::Received(case) => Some(case),
        }
    }
}
