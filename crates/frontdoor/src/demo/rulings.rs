//! What a panel of the made-up county decides on a request, and what it says to it.

use super::child::Names;
use super::dice::Dice;
use super::packages::{Composed, Larder};
use super::phrases::Phrases;
use domain::calendar::london;
use domain::codes::{About, ReasonCode};
use domain::desk::Desk;
use domain::ids::{AccountId, ServiceSlug};
use domain::meeting::Deciding;
use domain::meeting::event::{DecisionKind, Votes};
use domain::need::{Area, Need};
use domain::package::Frequency;
use domain::panel::DecidesBy;
use domain::personal::{Dissent, RulingWords};
use domain::request::event::{Evidence, Reason};
use domain::request::{Case, Decision};
use domain::triage::Route;
use jiff::Timestamp;

/// What there is to decide from.
pub(super) struct Deliberation<'a> {
    pub(super) case: &'a Case,
    pub(super) desk: &'a Desk,
    pub(super) phrases: &'a Phrases,
    pub(super) names: &'a Names,
    pub(super) larder: &'a Larder,
    pub(super) dice: &'a mut Dice,
    pub(super) at: Timestamp,
}

impl Deliberation<'_> {
    /// What these decide.
    pub(super) fn come_to(mut self, room: &[AccountId], by: DecidesBy) -> Deciding {
        let (decision, mut words) = self.decision();
        let kind = decision.kind();
        words.criteria = vec![self.dice.line(&self.phrases.panel_criteria)];
        let code = match kind {
            DecisionKind::Decline => ReasonCode::CriteriaNotMet,
            DecisionKind::Defer => ReasonCode::EvidenceMissing,
            DecisionKind::Package
            | DecisionKind::Service
            | DecisionKind::Advice
            | DecisionKind::EhcAssessment
            | DecisionKind::Redirect => ReasonCode::NeedBeyondOrdinary,
        };
        let shared = kind == DecisionKind::Defer;
        let against = room.last().filter(|_| !shared && self.dice.chance(9)).cloned();
        let votes = (by == DecidesBy::Majority && !shared).then(|| votes(room, against.as_ref()));
        let dissent = against.map(|member| {
            let text = self.dice.line(&self.phrases.dissent);
            Dissent { member, text }
        });
        Deciding {
            request: self.case.id,
            decision,
            reason: Some(Reason { code, criteria: vec!["terms of reference".to_owned()] }),
            evidence: self.evidence(),
            words,
            votes,
            dissent: dissent.into_iter().collect(),
        }
    }

    fn decision(&mut self) -> (Decision, RulingWords) {
        let about_a_child = self.case.intake.about == About::Child;
        match self.dice.below(100) {
            0..9 if self.case.deferrals == 0 => self.deferred(),
            9..14 if about_a_child && !self.case.is_statutory() => {
                (Decision::EhcAssessment, self.says(&self.phrases.panel_ehc))
            }
            14..30 => match self.one_service() {
                Some(service) => {
                    (Decision::Service(service), self.says(&self.phrases.panel_service))
                }
                None => self.advice(),
            },
            30..42 => self.advice(),
            42..49 => (Decision::Decline, self.says(&self.phrases.panel_decline)),
            _ => self.package(),
        }
    }

    fn advice(&mut self) -> (Decision, RulingWords) {
        (Decision::Advice, self.says(&self.phrases.panel_advice))
    }

    fn deferred(&mut self) -> (Decision, RulingWords) {
        let questions = vec![self.dice.line(&self.phrases.panel_questions)];
        let words = self.says(&self.phrases.panel_deferred);
        (Decision::Defer, RulingWords { questions, ..words })
    }

    fn package(&mut self) -> (Decision, RulingWords) {
        let area = self.case.intake.primary_need.map_or(Area::Other, Need::area);
        let on = london::wall(self.at).date();
        let Composed { mut draft, words } = self.larder.compose(area, on, self.names, self.dice);
        if draft.price(self.desk).is_err() {
            // Nobody has said yet when the terms of that school year begin and end.
            for each in &mut draft.contributions {
                each.frequency = without_terms(each.frequency);
            }
        }
        let said = self.says(&self.phrases.package);
        (Decision::Package(draft), RulingWords { package: Some(words), ..said })
    }

    fn says(&mut self, lines: &[String]) -> RulingWords {
        RulingWords { text: Some(self.dice.line(lines)), ..RulingWords::default() }
    }

    /// The request itself, and whatever of it can be looked at by itself.
    fn evidence(&self) -> Vec<Evidence> {
        let intake = &self.case.intake;
        let cycle = (!intake.tried.is_empty()).then_some(Evidence::Cycle(1));
        let provision = (!intake.provision.is_empty()).then_some(Evidence::Provision);
        let specialist = intake.specialists.first().copied().map(Evidence::Specialist);
        std::iter::once(Evidence::Request).chain(cycle).chain(provision).chain(specialist).collect()
    }

    /// A candidate that takes requests, or the service that knows the area best.
    fn one_service(&self) -> Option<ServiceSlug> {
        let takes = |slug: &&ServiceSlug| {
            self.desk.services.get(*slug).is_some_and(domain::service::Service::takes_requests)
        };
        if let Some(Route::Panel { candidates, .. }) = &self.case.route
            && let Some(candidate) = candidates.iter().find(takes)
        {
            return Some(candidate.clone());
        }
        let best = match self.case.intake.primary_need.map(Need::area) {
            Some(Area::Semh) => "emotional-wellbeing",
            Some(Area::SensoryPhysical) => "sensory-support",
            Some(Area::CognitionLearning | Area::CommunicationInteraction | Area::Other) | None => {
                "specialist-sen"
            }
        };
        best.parse().ok()
    }
}

fn without_terms(frequency: Frequency) -> Frequency {
    if frequency == Frequency::TermWeekly { Frequency::Weekly } else { frequency }
}

/// Everybody is for it, but the one.
fn votes(room: &[AccountId], against: Option<&AccountId>) -> Votes {
    let for_it = room.iter().filter(|member| Some(*member) != against).cloned().collect();
    Votes { for_it, against: against.cloned().into_iter().collect(), abstained: vec![] }
}
