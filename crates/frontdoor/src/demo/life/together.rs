//! Services that work together: one asks another to contribute, or hands over to it.

use super::{Once, Step, Turn, Who, step};
use crate::demo::phrases::{because, say};
use domain::codes::ReasonCode;
use domain::ids::ServiceSlug;
use domain::request::{Command, Contribution};

impl Turn<'_> {
    /// What a contributing service does next, or what brings one in.
    pub(super) fn together(&mut self, lead: &ServiceSlug) -> Option<Step> {
        let contributing = self.case.contributing.first_key_value();
        if let Some((service, part)) = contributing {
            return self.part(lead, service, part);
        }
        if self.life.did(Once::Involved) || !self.life.dice.chance(9) {
            return None;
        }
        self.life.note(Once::Involved);
        let another = self.another(lead)?;
        let words = say(&self.phrases.involved, &mut self.life.dice);
        let command = Command::Involve(Some(lead.clone()), another, words);
        Some(step(self.in_days(2, 8), Who::Service(lead.clone()), command))
    }

    /// Asked, it takes its part on, calls the family, and is let go before the end, or not.
    fn part(
        &mut self,
        lead: &ServiceSlug,
        service: &ServiceSlug,
        part: &Contribution,
    ) -> Option<Step> {
        let who = Who::Service(service.clone());
        if !part.accepted {
            let at = self.in_days(1, 5);
            let command = if self.life.dice.chance(15) {
                Command::Decline(service.clone(), self.why_declined(service))
            } else {
                Command::Accept(service.clone())
            };
            return Some(step(at, who, command));
        }
        if part.contacted_at.is_none() {
            let words = say(&self.phrases.contact, &mut self.life.dice);
            return Some(step(
                self.in_days(1, 7),
                who,
                Command::RecordContact(service.clone(), words),
            ));
        }
        if !self.life.dice.chance(50) {
            return None;
        }
        let words = say(&self.phrases.released, &mut self.life.dice);
        let command = Command::Release(Some(lead.clone()), service.clone(), words);
        Some(step(self.in_days(8, 20), Who::Service(lead.clone()), command))
    }

    /// Straight to another service, that knows the child.
    pub(super) fn handed_over(&mut self, service: &ServiceSlug) -> Option<Step> {
        let another = self.another(service)?;
        let code = ReasonCode::WrongService;
        let lines = &self.phrases.handed_over;
        let stated = because(code, "professional view", lines, &mut self.life.dice);
        let command = Command::HandOver(service.clone(), another, stated);
        Some(step(self.in_days(1, 3), Who::Service(service.clone()), command))
    }

    /// A service that takes requests, other than this one and than the one of the law.
    pub(super) fn another(&mut self, than: &ServiceSlug) -> Option<ServiceSlug> {
        let statutory = &self.desk.rules.statutory_service;
        let fitting = self.desk.services.iter().filter(|(slug, service)| {
            service.takes_requests()
                && *slug != than
                && *slug != statutory
                && !self.case.declined_by.contains(*slug)
                && !self.case.contributing.contains_key(*slug)
        });
        let fitting: Vec<_> = fitting.map(|(slug, _)| slug).collect();
        self.life.dice.pick(&fitting).map(|slug| (*slug).clone())
    }
}
