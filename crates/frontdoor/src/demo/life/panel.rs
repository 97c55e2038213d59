//! With a panel: answered meanwhile, then its meeting's; a decision gets its officer's word, and
//! services do their part.

use super::{DAY_MINUTES, Once, Step, Turn, Who, step};
use crate::demo::phrases::{because, say};
use domain::clock::Promise;
use domain::codes::ReasonCode;
use domain::request::{Command, Stated};

impl Turn<'_> {
    /// The school hears from the adviser first; then the request waits for its meeting.
    pub(super) fn queued(&mut self) -> Option<Step> {
        if !self.is_open(Promise::Respond) {
            return None;
        }
        let asks = self.life.stays.is_none() && self.life.dice.chance(12);
        let waiting = &self.phrases.waiting_advice;
        Some(if asks { self.question() } else { self.advice(waiting) })
    }

    /// The officer, whose word a decision awaits, gives it within a few days.
    pub(super) fn awaiting_the_officer(&mut self) -> Option<Step> {
        let officer = self.case.pending.as_ref()?.awaits.clone()?;
        let at = self.in_days(1, 4);
        let agreed = !self.life.dice.chance(6);
        let stated = if agreed {
            Stated::default()
        } else {
            let (code, lines) = (ReasonCode::EvidenceMissing, &self.phrases.officer_declines);
            because(code, "terms of reference", lines, &mut self.life.dice)
        };
        Some(step(at, Who::Panel, Command::Ratify(officer, agreed, stated)))
    }

    /// Each service that contributes to a package takes its part on and calls the family.
    pub(super) fn contributed(&mut self) -> Option<Step> {
        let waits = self
            .case
            .contributing
            .iter()
            .find(|(_, part)| !part.accepted || part.contacted_at.is_none());
        let (service, part) = waits?;
        let who = Who::Service(service.clone());
        let minutes = self.life.dice.between(30..=DAY_MINUTES);
        let at = self.in_minutes(minutes);
        if !part.accepted {
            return Some(step(at, who, Command::Accept(service.clone())));
        }
        let words = say(&self.phrases.contact, &mut self.life.dice);
        let command = Command::RecordContact(service.clone(), words);
        Some(step(at, who, command))
    }

    /// A package goes on until its time is over or a review ends it.
    pub(super) fn packaged(&mut self) -> Option<Step> {
        let next = self.contributed();
        if next.is_some() || self.life.did(Once::Noted) {
            return next;
        }
        self.note()
    }
}
