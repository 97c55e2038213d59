//! What follows where several services work on one request: the lead asks others to
//! contribute, and each answers for its own part. Where the request stands does not change.

use super::super::Refusal;
use super::super::event::{
    ContributionAccepted, ContributionDeclined, FirstContactMade, Involved, Released,
};
use super::{Decided, Move, Stated, said};
use crate::clock::Promise;
use crate::event::{Change, RequestEvent as E};
use crate::ids::ServiceSlug;
use crate::personal::Words;

impl Move<'_> {
    pub(in crate::request) fn involve(
        mut self,
        by: Option<&ServiceSlug>,
        service: ServiceSlug,
        words: Words,
    ) -> Decided {
        self.led_by(by)?;
        self.takes(&service)?;
        if self.case.leading() == Some(&service) {
            return Err(Refusal::AlreadyWithService(service));
        }
        if self.case.contributing.contains_key(&service) {
            return Err(Refusal::AlreadyInvolved(service));
        }
        let allowance = self.desk.allowance(Promise::FirstContact, Some(&service));
        let contact_by = self.unfolding.due(allowance);
        let involved = Change::of(E::Involved(Involved { service, contact_by }));
        self.unfolding.then(involved.with(words.personal()));
        Ok(self.done())
    }

    pub(in crate::request) fn release(
        mut self,
        by: Option<&ServiceSlug>,
        service: ServiceSlug,
        words: Words,
    ) -> Decided {
        if by != Some(&service) {
            self.led_by(by)?;
        }
        if !self.case.contributing.contains_key(&service) {
            return Err(Refusal::NotInvolved(service));
        }
        let words = said(words)?;
        let released = Change::of(E::Released(Released { service }));
        self.unfolding.then(released.with(words.personal()));
        Ok(self.done())
    }

    /// Whether whoever acts is the service that leads, or the adviser, who may for any.
    fn led_by(&self, by: Option<&ServiceSlug>) -> Result<(), Refusal> {
        match (by, self.case.leading()) {
            (Some(by), Some(lead)) if by != lead => {
                Err(Refusal::AnotherService { service: lead.clone() })
            }
            (Some(_), None) => Err(self.case.refuse("given or rid of a contributing service")),
            _ => Ok(()),
        }
    }

    pub(in crate::request) fn accept_part(mut self, service: ServiceSlug) -> Vec<Change> {
        self.unfolding.then(Change::of(E::ContributionAccepted(ContributionAccepted { service })));
        self.done()
    }

    pub(in crate::request) fn decline_part(
        mut self,
        service: ServiceSlug,
        stated: Stated,
    ) -> Decided {
        let reason = Self::reason_to_decline(&stated)?;
        let declined =
            Change::of(E::ContributionDeclined(ContributionDeclined { service, reason }));
        self.unfolding.then(declined.with(stated.words.personal()));
        Ok(self.done())
    }

    /// The lead's promise is the lead's to keep: a contributing service has its own.
    pub(in crate::request) fn contact_of_part(
        mut self,
        service: ServiceSlug,
        words: Words,
    ) -> Vec<Change> {
        let contacted = Change::of(E::FirstContactMade(FirstContactMade { service }));
        self.unfolding.then(contacted.with(words.personal()));
        self.done()
    }
}
