//! What follows from what a service does: taking a request, or letting it go.

use super::super::event::{
    Accepted, CriteriaGapFound, Declined, FirstContactMade, OutcomeRecorded, Reason, RoutedBy,
};
use super::super::{Case, Refusal};
use super::{Decided, Move, Stated, reason_for};
use crate::clock::Promise;
use crate::codes::OutcomeCode;
use crate::event::{Change, RequestEvent as E};
use crate::ids::ServiceSlug;
use crate::personal::Words;
use crate::triage::Route;

/// A request declined, or sent from one service to another, this often goes to its panel by
/// itself: the criteria have a gap that nobody should be sent round.
const BOUNCES_TO_PANEL: usize = 2;

impl Move<'_> {
    /// Whether the request can be sent to this service.
    pub(super) fn takes(&self, service: &ServiceSlug) -> Result<(), Refusal> {
        let Some(entry) = self.desk.services.get(service) else {
            return Err(Refusal::UnknownService(service.clone()));
        };
        if self.case.service() == Some(service) {
            return Err(Refusal::AlreadyWithService(service.clone()));
        }
        if entry.takes_requests() { Ok(()) } else { Err(Refusal::ServiceGone(service.clone())) }
    }

    pub(in crate::request) fn accept(mut self, service: ServiceSlug) -> Vec<Change> {
        let clocks = self.unfolding.keeper().meet(Promise::Respond);
        self.unfolding.then(Change::of(E::Accepted(Accepted { service })).moving(clocks));
        self.done()
    }

    /// A decline without its reason, its criteria and its text is refused.
    pub(in crate::request) fn decline(mut self, service: ServiceSlug, stated: Stated) -> Decided {
        let reason = Self::reason_to_decline(&stated)?;
        let clocks = self.unfolding.keeper().lapse(Promise::FirstContact);
        let declined = Change::of(E::Declined(Declined { service, reason })).moving(clocks);
        self.unfolding.then(declined.with(stated.words.personal()));
        Ok(self.not_sent_round())
    }

    /// Straight to another service, without the adviser in between.
    pub(in crate::request) fn hand_over(mut self, to: ServiceSlug, stated: Stated) -> Decided {
        self.takes(&to)?;
        reason_for("a hand-over", &stated)?;
        self.go(Route::Service { service: to }, RoutedBy::HandOver, stated);
        Ok(self.not_sent_round())
    }

    pub(in crate::request) fn contacted(
        mut self,
        service: ServiceSlug,
        words: Words,
    ) -> Vec<Change> {
        let clocks = self.unfolding.keeper().meet(Promise::FirstContact);
        let contacted = Change::of(E::FirstContactMade(FirstContactMade { service }));
        self.unfolding.then(contacted.moving(clocks).with(words.personal()));
        self.done()
    }

    pub(in crate::request) fn outcome(
        mut self,
        service: ServiceSlug,
        outcome: OutcomeCode,
        words: Words,
    ) -> Vec<Change> {
        let recorded = Change::of(E::OutcomeRecorded(OutcomeRecorded { service, outcome }));
        let clocks = self.unfolding.keeper().lapse(Promise::FirstContact);
        self.unfolding.then(recorded.moving(clocks).with(words.personal()));
        self.done()
    }

    /// Why a service does not take a request, or its part in one, on: code, criteria, text.
    pub(super) fn reason_to_decline(stated: &Stated) -> Result<Reason, Refusal> {
        let reason = reason_for("a decline", stated)?;
        let named = reason.criteria.iter().chain(&stated.words.criteria).next();
        named.map(|_| reason.clone()).ok_or(Refusal::CriteriaRequired)
    }

    /// Done, unless this step sent it round once too often: then the criteria have a gap, and
    /// its panel takes it, if nobody has sent it to one.
    pub(super) fn not_sent_round(mut self) -> Vec<Change> {
        let before = self.case.bounces.len();
        let too_often =
            |now: &&Case| now.bounces.len() > before && now.bounces.len() >= BOUNCES_TO_PANEL;
        let Some(now) = self.unfolding.case().filter(too_often) else { return self.done() };
        let gap = CriteriaGapFound {
            services: now.bounces.iter().map(|bounce| bounce.service.clone()).collect(),
            codes: now.bounces.iter().filter_map(|bounce| bounce.code).collect(),
        };
        let with_panel = now.panel().is_some();
        self.unfolding.then(Change::of(E::CriteriaGapFound(gap)));
        if !with_panel {
            let route = Route::Panel { panel: self.own_panel(), candidates: self.candidates() };
            self.go(route, RoutedBy::Bounce, Stated::default());
        }
        self.done()
    }
}
