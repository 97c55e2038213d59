//! What was asked of a school, what it answered, and what it was advised: folded from the
//! request's events, so that whoever decides, reminds or shows need not search the history.

use super::Happened;
use super::event::{InformationAsked, PanelDecision};
use crate::codes::{AdviceKind, Ending, codes};
use crate::event::RequestEvent as E;
use crate::ids::EventId;
use jiff::Timestamp;

codes! {
    /// How a question stands.
    QuestionState {
        Open = "open", "waiting for the school";
        Answered = "answered", "answered";
        Lapsed = "lapsed", "not answered in time";
        Dropped = "dropped", "no longer waited for";
    }
}

/// A question that a person asked the school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its number within the request, from 1.
    pub number: u16,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The event that asked it, beside which its words are sealed.
    pub asked_in: EventId,
    /// Its place among the questions of that event, from 0.
    pub place: usize,
    /// How it stands.
    pub state: QuestionState,
    /// When it was answered, the last time if more than once.
    pub answered_at: Option<Timestamp>,
}

/// What was said between the front door and the school.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// Every question that a person asked, in the order of their numbers.
    pub questions: Vec<Question>,
    /// When the school was last asked for anything, by a person or by the rules.
    pub asked_at: Option<Timestamp>,
    /// Whether it was reminded since.
    pub reminded: bool,
    /// How the request ends if the school takes the advice that it was given, while it has
    /// that choice.
    pub offered: Option<Ending>,
}

impl Conversation {
    /// The questions that wait for the school.
    pub fn open(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.state == QuestionState::Open)
    }

    /// Whether a question has this number.
    #[must_use]
    pub fn has(&self, number: u16) -> bool {
        self.questions.iter().any(|question| question.number == number)
    }

    /// The numbers that so many new questions have.
    pub(super) fn next_numbers(&self, count: usize) -> Vec<u16> {
        let first = self.questions.iter().map(|each| each.number).max().unwrap_or_default();
        (1..).take(count).map(|further| first.saturating_add(further)).collect()
    }

    /// Follows one event.
    pub(super) fn follow(&mut self, happened: &Happened<'_>) {
        if let E::InformationAsked(asked) = happened.event {
            self.ask(asked, happened);
        } else if let E::InformationSupplied(supplied) = happened.event {
            for answer in &supplied.answers {
                self.answer(answer.question, happened.effective_at);
            }
        }
        self.reminded |= matches!(happened.event, E::Reminded(_));
        if let E::QuestionLapsed(_) = happened.event {
            self.set_open(QuestionState::Lapsed);
        }
        self.offer(happened.event);
    }

    /// Gives the school its choice, or takes it away.
    fn offer(&mut self, event: &E) {
        if let E::Advised(advised) = event {
            let elsewhere = advised.kind == AdviceKind::Signposting;
            let ending = if elsewhere { Ending::Signposted } else { Ending::AdviceGiven };
            self.offered = Some(ending);
        } else if let E::Signposted(_) = event {
            self.offered = Some(Ending::Signposted);
        } else if let E::PanelDecided(decided) = event {
            let advice = decided.awaits.is_none() && decided.decision == PanelDecision::Advice;
            self.offered = advice.then_some(Ending::AdviceGiven);
        } else if let E::AdviceAccepted(_)
        | E::AdviceDeclined(_)
        | E::Accepted(_)
        | E::Withdrawn(_)
        | E::Closed(_)
        | E::Reopened(_) = event
        {
            // The school has chosen, or there is nothing left to choose.
            self.offered = None;
        }
    }

    fn ask(&mut self, asked: &InformationAsked, happened: &Happened<'_>) {
        self.asked_at = Some(happened.effective_at);
        self.reminded = false;
        for (place, number) in asked.questions.iter().copied().enumerate() {
            if !self.has(number) {
                self.questions.push(Question {
                    number,
                    asked_at: happened.effective_at,
                    asked_in: happened.id,
                    place,
                    state: QuestionState::Open,
                    answered_at: None,
                });
            }
        }
    }

    fn answer(&mut self, number: u16, at: Timestamp) {
        for question in self.questions.iter_mut().filter(|each| each.number == number) {
            question.state = QuestionState::Answered;
            question.answered_at = Some(at);
        }
    }

    /// Nobody waits for the school any longer: what it did not answer is dropped.
    pub(super) fn wait_is_over(&mut self) {
        self.set_open(QuestionState::Dropped);
    }

    fn set_open(&mut self, state: QuestionState) {
        let open = |question: &&mut Question| question.state == QuestionState::Open;
        self.questions.iter_mut().filter(open).for_each(|question| question.state = state);
    }
}
