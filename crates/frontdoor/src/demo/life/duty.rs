//! With the duty adviser: advising, sending on, or handing over.

use super::{Once, Step, Turn, Who, step};
use crate::demo::phrases::{because, say};
use domain::calendar::london;
use domain::clock::Promise;
use domain::codes::{AdviceKind, Ending, ReasonCode};
use domain::ids::ServiceSlug;
use domain::personal::Receipt;
use domain::request::{Command, Stated};
use domain::triage::{Route, Why};

/// Who takes what nobody was made for.
const GENERALISTS: [&str; 2] = ["educational-psychology", "specialist-sen"];

impl Turn<'_> {
    pub(super) fn with_adviser(&mut self) -> Step {
        let Some(Route::Duty { why }) = &self.case.route else {
            return self.advised(Ending::AdviceGiven);
        };
        match why {
            Why::Redirect { authority } if self.case.redirected.is_none() => {
                let words = say(&self.phrases.redirected, &mut self.life.dice);
                let at = self.by_due(Promise::Respond);
                let stated = Stated { reason: None, words };
                step(at, Who::Adviser, Command::Redirect(authority.clone(), stated))
            }
            Why::Redirect { .. } => {
                let at = self.in_days(2, 6);
                let received_on = london::wall(at).date();
                let command = Command::RecordReceipt(received_on, Receipt::default());
                step(at, Who::Adviser, command)
            }
            Why::CriticalIncident => self.urgent(),
            Why::Declined if self.case.clocks.latest(Promise::PanelDecision).is_none() => {
                self.after_decline()
            }
            Why::Declined => self.advised(Ending::NotEligible),
            Why::Advice
            | Why::Confirm { .. }
            | Why::PanelAdvice
            | Why::Reopened
            | Why::OutcomeDisputed => self.advised(Ending::AdviceGiven),
            Why::Unanswered => self.unanswered(),
        }
    }

    /// Asks at times, then advises, then ends it.
    fn advised(&mut self, ending: Ending) -> Step {
        if self.is_open(Promise::Respond) && self.life.dice.chance(14) {
            return self.question();
        }
        if self.life.did(Once::Advised) {
            if let Some(choice) = self.choice() {
                return choice;
            }
            let ending = self.case.conversation.offered.unwrap_or(ending);
            let words = say(&self.phrases.closing, &mut self.life.dice);
            return step(self.in_days(3, 12), Who::Adviser, Command::Close(ending, words));
        }
        self.life.note(Once::Advised);
        let declined = ending == Ending::NotEligible;
        if !declined && self.life.dice.chance(14) {
            return self.signpost();
        }
        self.advice(if declined { &self.phrases.panel_declined } else { &self.phrases.advice })
    }

    /// To somebody who can help without a request.
    fn signpost(&mut self) -> Step {
        let services: Vec<&ServiceSlug> = self.desk.services.keys().collect();
        let service = self.life.dice.pick(&services).map(|slug| (*slug).clone());
        let words = say(&self.phrases.signposts, &mut self.life.dice);
        let at = self.by_due(Promise::Respond);
        step(at, Who::Adviser, Command::Signpost(service.into_iter().collect(), words))
    }

    /// Within the hour; then a psychologist comes.
    fn urgent(&mut self) -> Step {
        let minutes = self.life.dice.between(10..=50);
        let at = self.in_minutes(minutes);
        if !self.life.did(Once::Advised) {
            self.life.note(Once::Advised);
            let words = say(&self.phrases.urgent_advice, &mut self.life.dice);
            return step(at, Who::Adviser, Command::Advise(AdviceKind::NextSteps, words));
        }
        self.route(at, &[], ReasonCode::UrgentNeed)
    }

    /// A service said no: to the panel, or to another service.
    fn after_decline(&mut self) -> Step {
        let at = self.in_days(1, 3);
        let declined = self.case.triage.as_ref().map(domain::triage::Triage::fitting);
        if self.life.dice.chance(60) {
            let code = ReasonCode::NewInformation;
            let stated = because(code, "panel", &self.phrases.referred, &mut self.life.dice);
            return step(at, Who::Adviser, Command::ReferToPanel(None, stated));
        }
        self.route(at, &declined.unwrap_or_default(), ReasonCode::WrongService)
    }

    /// To a service that takes many things, and is none of these.
    pub(super) fn route(
        &mut self,
        at: jiff::Timestamp,
        not: &[ServiceSlug],
        code: ReasonCode,
    ) -> Step {
        let stated =
            because(code, "professional view", &self.phrases.overrules, &mut self.life.dice);
        let another = self
            .desk
            .services
            .keys()
            .filter(|slug| GENERALISTS.contains(&slug.as_str()))
            .find(|slug| !not.contains(slug));
        let command = match another {
            Some(slug) => Command::Route(slug.clone(), stated),
            None => Command::ReferToPanel(None, stated),
        };
        step(at, Who::Adviser, command)
    }
}
