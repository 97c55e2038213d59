//! Services that contribute to a request beside the one that leads, and every service's part.

use super::event::{ContributionDeclined, Released};
use super::{Case, Happened, Stage};
use crate::clock::Promise;
use crate::event::RequestEvent as E;
use crate::ids::ServiceSlug;
use crate::triage::Route;
use jiff::Timestamp;

/// What became of a contributing service's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Whether it took its part on.
    pub accepted: bool,
    /// When it should have been in touch with the family.
    pub contact_by: Timestamp,
    /// When it was.
    pub contacted_at: Option<Timestamp>,
}

/// How a service stands to a request that is with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartState {
    /// It was sent and not yet taken on.
    Waiting,
    /// It was taken on.
    Accepted,
    /// Nothing is left to do.
    Over,
}

/// One service's part in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Which service.
    pub service: &'a ServiceSlug,
    /// Whether it leads; the others contribute.
    pub leads: bool,
    /// How it stands.
    pub state: PartState,
    /// When it should be in touch with the family. Not known while the lead waits for the
    /// school.
    pub contact_by: Option<Timestamp>,
    /// When it was.
    pub contacted_at: Option<Timestamp>,
}

impl Case {
    /// Every service that has a part in the request: the one to which it was last sent, and
    /// those that contribute. Whoever declined or was released has none.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let leading = self.leading();
        let contributing = self.contributing.iter();
        let contributing = contributing.filter(move |(service, _)| leading != Some(service));
        self.leading_part().into_iter().chain(contributing.map(|(service, part)| {
            let closed = matches!(self.stage, Stage::Closed { .. });
            Part {
                service,
                leads: false,
                state: match (closed, part.accepted) {
                    (true, _) => PartState::Over,
                    (false, true) => PartState::Accepted,
                    (false, false) => PartState::Waiting,
                },
                contact_by: Some(part.contact_by),
                contacted_at: part.contacted_at,
            }
        }))
    }

    /// Whether this service has a part in it.
    #[must_use]
    pub fn is_with(&self, service: &ServiceSlug) -> bool {
        self.parts().any(|part| part.service == service)
    }

    /// The service that leads, or led when it ended or support began.
    #[must_use]
    pub fn leading(&self) -> Option<&ServiceSlug> {
        if let Some(Route::Service { service }) = &self.route { Some(service) } else { None }
    }

    fn leading_part(&self) -> Option<Part<'_>> {
        let service = self.leading()?;
        let state = match self.lead() {
            Some((_, true)) => PartState::Accepted,
            Some((_, false)) => PartState::Waiting,
            None => PartState::Over,
        };
        let contact = self.clocks.latest(Promise::FirstContact);
        // While the service has it, only a first contact stops the clock.
        let stopped_at = contact.and_then(|clock| clock.stopped_at);
        let contacted_at = stopped_at.filter(|_| state != PartState::Over);
        let contact_by = contact.and_then(|clock| clock.due_at);
        Some(Part { service, leads: true, state, contact_by, contacted_at })
    }

    /// Follows what services that contribute are asked and do.
    pub(super) fn follow_contributions(&mut self, happened: &Happened<'_>) {
        let parts = &mut self.contributing;
        if let E::Involved(involved) = happened.event {
            let contact_by = involved.contact_by;
            let part = Contribution { accepted: false, contact_by, contacted_at: None };
            parts.insert(involved.service.clone(), part);
        } else if let E::ContributionAccepted(it) = happened.event {
            parts.entry(it.service.clone()).and_modify(|part| part.accepted = true);
        } else if let E::FirstContactMade(made) = happened.event {
            let at = happened.effective_at;
            parts.entry(made.service.clone()).and_modify(|part| {
                part.contacted_at.get_or_insert(at);
            });
        } else if let E::ContributionDeclined(ContributionDeclined { service, .. })
        | E::Released(Released { service }) = happened.event
        {
            parts.remove(service);
        }
    }
}
