//! What the school decides about its own request: whether advice is enough, whether the
//! support was, and how it went.

use super::{Once, Step, Turn, Who, step};
use crate::demo::phrases::say;
use domain::codes::Verdict;
use domain::personal::Words;
use domain::request::{Agreement, Command, Feedback};

const VERDICTS: [Verdict; 6] =
    [Verdict::Yes, Verdict::Yes, Verdict::Yes, Verdict::Partly, Verdict::Partly, Verdict::No];

impl Turn<'_> {
    /// What the school says to advice that leaves it the choice, if it says anything.
    pub(super) fn choice(&mut self) -> Option<Step> {
        self.case.conversation.offered?;
        match self.life.dice.below(100) {
            0..45 => {
                let words = say(&self.phrases.advice_accepted, &mut self.life.dice);
                Some(step(self.in_days(1, 8), Who::School, Command::AcceptAdvice(words)))
            }
            45..57 if !self.life.did(Once::WentOn) => {
                self.life.note(Once::WentOn);
                self.life.forget(Once::Advised);
                let words = say(&self.phrases.advice_declined, &mut self.life.dice);
                Some(step(self.in_days(2, 9), Who::School, Command::GoOn(words)))
            }
            _ => None,
        }
    }

    /// Whether a service's support came to what the service says, if the school says it.
    pub(super) fn judgement(&mut self) -> Option<Step> {
        self.case.last_service.as_ref()?;
        match self.life.dice.below(100) {
            0..62 => {
                let agreed = Command::ConfirmOutcome(Agreement::Agreed, Words::default());
                Some(step(self.in_days(2, 15), Who::School, agreed))
            }
            62..68 if !self.life.did(Once::Disputed) => {
                self.life.note(Once::Disputed);
                self.life.forget(Once::Advised);
                let words = say(&self.phrases.outcome_disputed, &mut self.life.dice);
                let disputed = Command::ConfirmOutcome(Agreement::Disputed, words);
                Some(step(self.in_days(2, 10), Who::School, disputed))
            }
            _ => None,
        }
    }

    /// About half of the schools say how it went, once it is over.
    pub(super) fn feedback(&mut self) -> Option<Step> {
        if self.life.did(Once::Feedback) || self.life.dice.chance(48) {
            self.life.note(Once::Feedback);
            return None;
        }
        self.life.note(Once::Feedback);
        let mut verdict = || self.life.dice.pick(&VERDICTS).copied().unwrap_or(Verdict::Yes);
        let feedback = Feedback { quick: verdict(), helped: verdict() };
        let words = if self.life.dice.chance(40) {
            say(&self.phrases.feedback, &mut self.life.dice)
        } else {
            Words::default()
        };
        Some(step(self.in_days(1, 12), Who::School, Command::GiveFeedback(feedback, words)))
    }
}
