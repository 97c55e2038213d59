//! A school that owes an answer: it gives one, or time takes its course.

use super::{DAY_MINUTES, Step, Turn, Who, step};
use crate::demo::phrases::say;
use domain::calendar::london;
use domain::codes::{ConsentBy, Ending};
use domain::intake::Consent;
use domain::personal::Words;
use domain::request::Command;

impl Turn<'_> {
    /// The school owes consent, or what a person asked.
    pub(super) fn awaited(&mut self, consent_missing: bool) -> Step {
        let silent = if consent_missing { 14 } else { 7 };
        if self.life.stays.is_none() && self.life.dice.chance(silent) {
            return self.silence();
        }
        if consent_missing {
            return self.consent();
        }
        let answer = say(&self.phrases.answers, &mut self.life.dice);
        let at = self.in_days(1, 7);
        step(at, Who::School, Command::SupplyInformation(None, vec![], answer))
    }

    /// Nobody answers until the question has lapsed; somebody looks at it soon after.
    fn silence(&mut self) -> Step {
        let lapses = i64::from(self.desk.policy.question_lapses_after_working_days) + 1;
        let minutes = lapses * DAY_MINUTES + self.life.dice.between(30..=DAY_MINUTES);
        step(self.in_minutes(minutes), Who::Adviser, Command::Check)
    }

    /// The question has lapsed, and with it whatever the request was for.
    pub(super) fn unanswered(&mut self) -> Step {
        let words = say(&self.phrases.no_answer, &mut self.life.dice);
        let at = self.in_days(1, 2);
        step(at, Who::Adviser, Command::Close(Ending::NoAnswer, words))
    }

    fn consent(&mut self) -> Step {
        let at = self.in_days(1, 9);
        let on = Some(london::wall(at).date());
        let by = Some(ConsentBy::Parent);
        let consent = Consent { given: true, by, on, overridden: false };
        let method = self.life.dice.line(&self.phrases.consent_methods);
        let text = say(&self.phrases.consented, &mut self.life.dice);
        let words = Words { consent: Some(method), ..text };
        step(at, Who::School, Command::SupplyInformation(Some(consent), vec![], words))
    }
}
