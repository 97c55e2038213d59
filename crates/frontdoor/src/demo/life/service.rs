//! With a service: taken on or declined, first contact, outcome.

use super::{Step, Turn, Who, step};
use crate::demo::phrases::say;
use domain::clock::Promise;
use domain::codes::{OutcomeCode, ReasonCode};
use domain::ids::ServiceSlug;
use domain::request::event::Reason;
use domain::request::{Command, Stated};

const OUTCOMES: [OutcomeCode; 5] = [
    OutcomeCode::GoalsMet,
    OutcomeCode::GoalsMet,
    OutcomeCode::GoalsPartlyMet,
    OutcomeCode::SupportInPlace,
    OutcomeCode::GoalsNotMet,
];

impl Turn<'_> {
    /// Most services take what the rules send them.
    pub(super) fn offered(&mut self, service: &ServiceSlug) -> Step {
        let statutory = *service == self.desk.rules.statutory_service;
        let declines = if self.case.bounces.is_empty() { 9 } else { 40 };
        match self.life.dice.below(100) {
            0..5 if self.is_open(Promise::Respond) => self.question(),
            5..7 if !statutory && self.case.bounces.is_empty() => {
                let at = self.in_days(1, 3);
                self.route(at, std::slice::from_ref(service), ReasonCode::ProfessionalJudgement)
            }
            7..10 if !statutory && self.case.bounces.is_empty() => {
                self.handed_over(service).unwrap_or_else(|| self.accepted(service))
            }
            luck if luck >= 100 - declines && !statutory => self.declined(service),
            _ => self.accepted(service),
        }
    }

    /// Early enough for the first contact, unless it is late altogether.
    fn accepted(&mut self, service: &ServiceSlug) -> Step {
        let by_response = self.by_due(Promise::Respond);
        let contact_due = self.open(Promise::FirstContact).and_then(|clock| clock.due_at);
        let early = contact_due.map(|due| self.desk.calendar.working_minutes(self.at, due) / 2);
        let at = match early {
            Some(minutes) if minutes > 0 && !self.would_be_late(by_response) => {
                let minutes = self.life.dice.between(minutes / 10..=minutes);
                self.in_minutes(minutes).min(by_response)
            }
            Some(_) | None => by_response,
        };
        step(at, Who::Service(service.clone()), Command::Accept(service.clone()))
    }

    fn declined(&mut self, service: &ServiceSlug) -> Step {
        let at = self.in_days(1, 5);
        let stated = self.why_declined(service);
        step(at, Who::Service(service.clone()), Command::Decline(service.clone(), stated))
    }

    /// The way in whose criteria are not met, and what the service found.
    pub(super) fn why_declined(&mut self, service: &ServiceSlug) -> Stated {
        let rules = self.desk.rules.services().iter().find(|rule| rule.service == *service);
        let ways = rules.map(|rule| rule.ways_in.as_slice()).unwrap_or_default();
        let way = self.life.dice.pick(ways).map_or("", |way| way.id.as_str());
        let criteria = vec![format!("{service}/{way}")];
        match self.life.dice.pick(&self.phrases.declines) {
            Some(decline) => Stated {
                reason: Some(Reason { code: decline.code, criteria }),
                words: domain::personal::Words::text(decline.text.clone()),
            },
            None => Stated::default(),
        }
    }

    /// The family is called, work is done, something comes of it.
    pub(super) fn supporting(&mut self, service: &ServiceSlug) -> Step {
        let who = Who::Service(service.clone());
        if self.is_open(Promise::FirstContact) {
            let words = say(&self.phrases.contact, &mut self.life.dice);
            let at = self.by_due(Promise::FirstContact);
            return step(at, who, Command::RecordContact(service.clone(), words));
        }
        if let Some(note) = self.note() {
            return note;
        }
        if let Some(further) = self.by_law(service).or_else(|| self.together(service)) {
            return further;
        }
        let outcome = self.life.dice.pick(&OUTCOMES).copied().unwrap_or(OutcomeCode::GoalsMet);
        let words = say(&self.phrases.outcomes, &mut self.life.dice);
        let at = self.in_days(12, 45);
        step(at, who, Command::RecordOutcome(service.clone(), outcome, words))
    }
}
