//! A request for an EHC needs assessment: decided by the law's steps, mostly in time.

use super::{Step, Turn, Who, step};
use crate::demo::phrases::{because, say};
use domain::clock::Promise;
use domain::codes::ReasonCode;
use domain::ids::ServiceSlug;
use domain::request::{Command, Stated};
use domain::statutory::{ExcusalGround, StatutoryDecision as Decision};

const GROUNDS: [ExcusalGround; 3] = [
    ExcusalGround::AbsentFromArea,
    ExcusalGround::SchoolClosed,
    ExcusalGround::ExceptionalCircumstances,
];

impl Turn<'_> {
    /// What the law asks for next, where it asks for anything.
    pub(super) fn by_law(&mut self, service: &ServiceSlug) -> Option<Step> {
        if !self.case.is_statutory() || *service != self.desk.rules.statutory_service {
            return None;
        }
        let (yes, no, yes_percent) = match self.case.statutory {
            None => (Decision::Assess, Decision::NotAssess, 74),
            Some(Decision::Assess) => (Decision::Issue, Decision::NotIssue, 88),
            Some(Decision::Issue) => (Decision::PlanFinalised, Decision::PlanFinalised, 100),
            Some(Decision::NotAssess | Decision::NotIssue | Decision::PlanFinalised) => {
                return None;
            }
        };
        if let Some(excusal) = self.excusal(service, yes.meets()) {
            return Some(excusal);
        }
        let decision = if self.life.dice.chance(yes_percent) { yes } else { no };
        let stated = if decision.denies() {
            let (code, criteria) = (ReasonCode::CriteriaNotMet, "section 36(8)");
            because(code, criteria, &self.phrases.statutory_denied, &mut self.life.dice)
        } else {
            Stated::default()
        };
        let at = self.by_due(decision.meets());
        let who = Who::Service(service.clone());
        Some(step(at, who, Command::DecideStatutory(service.clone(), decision, stated)))
    }

    /// Now and then, once in a life, something stands in the way that the law excuses.
    fn excusal(&mut self, service: &ServiceSlug, promise: Promise) -> Option<Step> {
        if !self.case.excusals.is_empty() || !self.life.dice.chance(12) {
            return None;
        }
        let ground = *self.life.dice.pick(&GROUNDS)?;
        let words = say(&self.phrases.excusals, &mut self.life.dice);
        let excusal = Command::RecordExcusal(service.clone(), promise, ground, words);
        Some(step(self.in_days(5, 15), Who::Service(service.clone()), excusal))
    }
}
