//! A decision as it unfolds: each step is decided in the state that the step before left.

use super::{Case, Happened, Moment, Request, Stage};
use crate::clock::{Allowance, Promise};
use crate::desk::Desk;
use crate::event::{Change, Event};
use crate::ids::{EventId, ServiceSlug};
use crate::promises::{ClockChange, Clocks, Timekeeper};
use crate::triage::Route;
use jiff::Timestamp;
use uuid::Uuid;

/// The changes so far, and the request as they leave it.
pub(super) struct Unfolding<'a> {
    request: Request,
    desk: &'a Desk,
    at: Moment,
    changes: Vec<Change>,
}

static NO_CLOCKS: Clocks = Clocks::NONE;

impl<'a> Unfolding<'a> {
    pub(super) fn of(request: Request, desk: &'a Desk, at: Moment) -> Self {
        Self { request, desk, at, changes: Vec::new() }
    }

    /// The next step. Its id is not known before it is recorded, and nothing here needs it.
    pub(super) fn then(&mut self, change: Change) {
        if let Event::Request(event) = &change.event {
            let (id, effective_at) = (EventId(Uuid::nil()), self.at.effective_at);
            let happened = Happened { id, effective_at, event, clocks: &change.clocks };
            self.request = std::mem::take(&mut self.request).evolve(&happened);
        }
        self.changes.push(change);
    }

    pub(super) fn changes(self) -> Vec<Change> {
        self.changes
    }

    /// When it happens.
    pub(super) const fn at(&self) -> Moment {
        self.at
    }

    pub(super) fn case(&self) -> Option<&Case> {
        self.request.case()
    }

    pub(super) fn keeper(&self) -> Timekeeper<'_> {
        self.keeper_at(self.at.effective_at)
    }

    pub(super) fn keeper_at(&self, at: Timestamp) -> Timekeeper<'_> {
        let clocks = self.case().map_or(&NO_CLOCKS, |case| &case.clocks);
        Timekeeper { clocks, calendar: &self.desk.calendar, calendars: self.desk, at }
    }

    /// When something with this allowance is due, if it begins now.
    pub(super) fn due(&self, allowance: Allowance) -> Timestamp {
        allowance.due(self.at.effective_at, &self.desk.calendar)
    }

    pub(super) const fn recorded_at(&self) -> Timestamp {
        self.at.recorded_at
    }

    pub(super) fn start(
        &self,
        promise: Promise,
        service: Option<&ServiceSlug>,
    ) -> Vec<ClockChange> {
        self.keeper().start(promise, self.desk.allowance(promise, service))
    }

    /// What is promised where this route leads.
    pub(super) fn promises_of(&self, route: &Route) -> Vec<ClockChange> {
        match route {
            Route::Service { service } => {
                let mut clocks = self.start(Promise::FirstContact, Some(service));
                if *service == self.desk.rules.statutory_service && !self.assessing() {
                    let statutory = Promise::STATUTORY.into_iter();
                    clocks.extend(statutory.flat_map(|promise| self.start(promise, None)));
                }
                clocks
            }
            Route::Panel { .. } => self.start(Promise::PanelDecision, None),
            Route::Duty { .. } | Route::Information { .. } => vec![],
        }
    }

    /// Whether the statutory clocks have begun. They begin once, whoever has the request then.
    fn assessing(&self) -> bool {
        self.case().is_some_and(Case::is_statutory)
    }

    /// What happens to promises when a person moves the request: those of its old place
    /// lapse, those of its new place begin, those that wait for the school run on.
    pub(super) fn moving_to(&self, route: &Route) -> Vec<ClockChange> {
        let waiting =
            self.case().is_some_and(|case| matches!(case.stage, Stage::AwaitingInformation { .. }));
        let old = [Promise::FirstContact, Promise::PanelDecision];
        let mut clocks = if waiting { self.keeper().resume() } else { vec![] };
        clocks.retain(|change| !old.contains(&change.promise()));
        clocks.extend(old.into_iter().flat_map(|promise| self.keeper().lapse(promise)));
        clocks.extend(self.promises_of(route));
        clocks
    }
}
