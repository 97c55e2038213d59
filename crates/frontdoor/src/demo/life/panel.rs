//! With a panel: answered meanwhile, then its meeting's; a decision gets its officer's word.

use super::{Step, Turn, Who, step};
use crate::demo::phrases::because;
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
}
