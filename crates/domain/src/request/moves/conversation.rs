//! The conversation with the school: asking, answering, advising, pointing elsewhere.

use super::{Decided, Move, said, silent};
use crate::clock::Promise;
use crate::codes::AdviceKind;
use crate::event::{Change, RequestEvent as E};
use crate::ids::ServiceSlug;
use crate::intake::{Consent, Intake};
use crate::personal::Words;
use crate::request::event::{Advised, Answered, InformationAsked, InformationSupplied, Signposted};
use crate::request::intake::{triage, triaged};
use crate::request::refusal::AnswerFault;
use crate::request::{Refusal, Stage};
use std::collections::BTreeSet;

impl Move<'_> {
    /// A considered question answers the school; from here on it is the school's turn.
    pub(in crate::request) fn ask(mut self, words: Words) -> Decided {
        let said = said(words)?;
        let questions = self.case.conversation.next_numbers(said.questions.len().max(1));
        let clocks = self.unfolding.keeper().meet_and_pause_the_rest(Promise::Respond);
        let asked = InformationAsked { missing: vec![], questions };
        let asked = Change::of(E::InformationAsked(asked)).moving(clocks);
        self.unfolding.then(asked.with(said.personal()));
        Ok(self.done())
    }

    /// What the school supplies is always kept. Where it was waited for and nothing is open
    /// or missing any longer, the request goes on: to where the question was asked, or, when
    /// the rules could not decide before, to where they send it now.
    pub(in crate::request) fn supply(
        mut self,
        consent: Option<Consent>,
        answers: Vec<Answered>,
        words: Words,
    ) -> Decided {
        if consent.is_none() && silent(&words) && words.consent.is_none() && answers.is_empty() {
            return Err(Refusal::NothingSaid);
        }
        let faults = self.faults(&answers, &words);
        if !faults.is_empty() {
            return Err(Refusal::Answers(faults));
        }
        let answers = self.answered(answers, &words);
        let mut intake = self.case.intake.clone();
        if consent.is_some() {
            intake.consent.clone_from(&consent);
        }
        let complete = self.completes(&answers, &intake);
        let waiting = matches!(self.case.stage, Stage::AwaitingInformation { .. });
        let clocks = if complete && waiting { self.unfolding.keeper().resume() } else { vec![] };
        let supplied = InformationSupplied { consent, answers, complete };
        let supplied = Change::of(E::InformationSupplied(supplied)).moving(clocks);
        self.unfolding.then(supplied.with(words.personal()));
        if complete {
            self.decide_at_last(&intake);
        }
        Ok(self.done())
    }

    /// Everything that is wrong with these answers.
    fn faults(&self, answers: &[Answered], words: &Words) -> Vec<AnswerFault> {
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        let texts = words.answers.iter().chain(std::iter::repeat(&None));
        for ((place, answer), text) in answers.iter().enumerate().zip(texts) {
            let number = answer.question;
            if !self.case.conversation.has(number) {
                faults.push(AnswerFault::UnknownQuestion { place, number });
            } else if !seen.insert(number) {
                faults.push(AnswerFault::AnsweredTwice { place, number });
            }
            let text = text.as_ref().is_some_and(|text| !text.trim().is_empty());
            if !text && answer.documents.is_empty() {
                faults.push(AnswerFault::Empty { place });
            }
            for (document_place, document) in answer.documents.iter().copied().enumerate() {
                if !self.case.documents.contains(&document) {
                    let fault = AnswerFault::UnknownDocument { place, document_place, document };
                    faults.push(fault);
                }
            }
        }
        faults
    }

    /// The answers as given; or, where none are listed, everything that is open: a text
    /// answers it all. Consent alone, where that was missing, answers no question besides.
    fn answered(&self, listed: Vec<Answered>, words: &Words) -> Vec<Answered> {
        let only_consent = silent(words) && !self.case.intake.missing().is_empty();
        if !listed.is_empty() || only_consent {
            return listed;
        }
        let open = self.case.conversation.open();
        open.map(|question| Answered { question: question.number, documents: vec![] }).collect()
    }

    /// Whether these are what the request waits for.
    fn completes(&self, answers: &[Answered], intake: &Intake) -> bool {
        let answered = |number| answers.iter().any(|answer| answer.question == number);
        let all_answered = self.case.conversation.open().all(|open| answered(open.number));
        let decidable = self.case.undecided && intake.missing().is_empty();
        match &self.case.stage {
            Stage::AwaitingInformation { back_to: None } => all_answered && decidable,
            Stage::AwaitingInformation { back_to: Some(_) } => all_answered,
            Stage::WithDutyAdviser => decidable,
            Stage::WithService { .. }
            | Stage::AwaitingPanel { .. }
            | Stage::OnAgenda { .. }
            | Stage::AwaitingRatification { .. }
            | Stage::Supported
            | Stage::Closed { .. } => false,
        }
    }

    /// Lets the rules decide, where they have never been able to and nobody else has: also
    /// when the request was closed, or its question lapsed, in between.
    pub(super) fn decide_at_last(&mut self, intake: &Intake) {
        let undecided = self.unfolding.case().is_some_and(|now| {
            let free = match &now.stage {
                Stage::AwaitingInformation { back_to } => back_to.is_none(),
                Stage::WithDutyAdviser => true,
                Stage::WithService { .. }
                | Stage::AwaitingPanel { .. }
                | Stage::OnAgenda { .. }
                | Stage::AwaitingRatification { .. }
                | Stage::Supported
                | Stage::Closed { .. } => false,
            };
            free && now.undecided && intake.missing().is_empty()
        });
        if let (true, Some(school)) = (undecided, self.desk.schools.get(&self.case.school)) {
            triaged(&mut self.unfolding, triage(intake, school, self.desk));
        }
    }

    pub(in crate::request) fn advise(mut self, kind: AdviceKind, words: Words) -> Decided {
        let said = said(words)?;
        let clocks = self.unfolding.keeper().meet(Promise::Respond);
        let advised = Change::of(E::Advised(Advised { kind })).moving(clocks);
        self.unfolding.then(advised.with(said.personal()));
        Ok(self.done())
    }

    /// To entries of the directory, or in words to somewhere else: either answers the school.
    pub(in crate::request) fn signpost(
        mut self,
        services: Vec<ServiceSlug>,
        words: Words,
    ) -> Decided {
        let known = |service: &ServiceSlug| self.desk.services.contains_key(service);
        if let Some(place) = services.iter().position(|service| !known(service)) {
            let service = services[place].clone();
            return Err(Refusal::UnknownSignpost { place, service });
        }
        let words = if services.is_empty() { said(words)? } else { words };
        let mut named = BTreeSet::new();
        let services = services.into_iter().filter(|each| named.insert(each.clone())).collect();
        let clocks = self.unfolding.keeper().meet(Promise::Respond);
        let signposted = Change::of(E::Signposted(Signposted { services })).moving(clocks);
        self.unfolding.then(signposted.with(words.personal()));
        Ok(self.done())
    }
}
