//! What follows from each thing that may be done to an open request, one function each.

mod assign;
mod check;
mod choice;
mod conversation;
mod documents;
mod elsewhere;
mod glass;
mod merging;
mod package;
mod package_time;
mod panel;
mod parts;
mod services;
mod silence;
mod statutory;

use super::command::Stated;
use super::event::{Closed, Noted, Reason, Reopened, Routed, RoutedBy, Withdrawn};
use super::unfolding::Unfolding;
use super::{Case, Moment, Refusal, Request};
use crate::clock::Promise;
use crate::codes::Ending;
use crate::desk::Desk;
use crate::event::{Change, RequestEvent as E};
use crate::ids::{PanelId, ServiceSlug};
use crate::package::event::PackageEnd;
use crate::personal::Words;
use crate::triage::{Route, Why};

type Decided = Result<Vec<Change>, Refusal>;

/// One thing being done to a request that was received.
pub(super) struct Move<'a> {
    case: &'a Case,
    desk: &'a Desk,
    unfolding: Unfolding<'a>,
}

impl<'a> Move<'a> {
    pub(super) fn new(case: &'a Case, desk: &'a Desk, at: Moment) -> Self {
        let request = Request::Received(Box::new(case.clone()));
        Self { case, desk, unfolding: Unfolding::of(request, desk, at) }
    }

    fn done(self) -> Vec<Change> {
        self.unfolding.changes()
    }

    pub(super) fn note(mut self, words: Words) -> Decided {
        let said = said(words)?;
        self.unfolding.then(Change::of(E::Noted(Noted {})).with(said.personal()));
        Ok(self.done())
    }

    pub(super) fn withdraw(mut self, words: Words) -> Vec<Change> {
        self.end_package(PackageEnd::RequestEnded);
        let clocks = self.unfolding.keeper().lapse_all();
        let withdrawn = Change::of(E::Withdrawn(Withdrawn {})).moving(clocks);
        self.unfolding.then(withdrawn.with(words.personal()));
        self.done()
    }

    /// Closing answers the school; every other promise lapses.
    /// One that was redirected has not ended before the other authority says that it has it.
    pub(super) fn close(mut self, ending: Ending, words: Words) -> Decided {
        if ending == Ending::Redirected {
            return Err(Refusal::NotReceipted);
        }
        self.end_package(PackageEnd::RequestEnded);
        let clocks = self.unfolding.keeper().meet_and_lapse_the_rest(Promise::Respond);
        let closed = Change::of(E::Closed(Closed { ending })).moving(clocks);
        self.unfolding.then(closed.with(words.personal()));
        Ok(self.done())
    }

    pub(super) fn reopen(mut self, words: Words) -> Vec<Change> {
        let clocks = self.unfolding.start(Promise::Respond, None);
        let reopened = Change::of(E::Reopened(Reopened {})).moving(clocks);
        self.unfolding.then(reopened.with(words.personal()));
        self.done()
    }

    /// To a service, on a person's word: with a reason where the rules say otherwise.
    pub(super) fn route_to(self, service: ServiceSlug, stated: Stated) -> Decided {
        self.takes(&service)?;
        self.send(Route::Service { service }, stated)
    }

    /// To a panel, on a person's word.
    pub(super) fn refer_to(self, panel: Option<PanelId>, stated: Stated) -> Decided {
        let panel = match panel {
            Some(panel) if self.desk.panels.contains_key(&panel) => panel,
            Some(panel) => return Err(Refusal::UnknownPanel(panel)),
            None => self.own_panel(),
        };
        let candidates = self.candidates();
        self.send(Route::Panel { panel, candidates }, stated)
    }

    fn send(mut self, route: Route, stated: Stated) -> Decided {
        let by = if self.overrules(&route) { RoutedBy::Overrule } else { RoutedBy::Person };
        if by == RoutedBy::Overrule {
            reason_for("an overrule", &stated)?;
        }
        self.go(route, by, stated);
        Ok(self.not_sent_round())
    }

    /// Moves it on: what was promised for where it stood lapses, what its new place promises
    /// begins, and nobody waits for the school any longer.
    fn go(&mut self, route: Route, by: RoutedBy, stated: Stated) {
        let clocks = self.unfolding.moving_to(&route);
        let routed = Routed { route, by, reason: stated.reason };
        let routed = Change::of(E::Routed(routed)).moving(clocks);
        self.unfolding.then(routed.with(stated.words.personal()));
    }

    /// Whether the rules said otherwise. After a service declined they have nothing to say;
    /// where they asked a person to look, the person decides.
    fn overrules(&self, route: &Route) -> bool {
        match (self.recommended(), route) {
            (None | Some(Route::Duty { .. }), _)
            | (Some(Route::Panel { .. }), Route::Panel { .. }) => false,
            (Some(Route::Information { .. }), _) => true,
            (Some(Route::Service { service: said }), Route::Service { service }) => {
                said != service && self.case.bounces.is_empty()
            }
            (Some(Route::Panel { .. } | Route::Service { .. }), _) => self.case.bounces.is_empty(),
        }
    }

    /// What the rules said, also where they only recommend.
    fn recommended(&self) -> Option<&Route> {
        match self.case.triage.as_ref().map(|triage| &triage.outcome) {
            Some(Route::Duty { why: Why::Confirm { recommended } }) => Some(recommended),
            said => said,
        }
    }

    fn own_panel(&self) -> PanelId {
        self.desk.rules.panel_for(self.case.intake.primary_need.map(crate::need::Need::area))
    }

    fn candidates(&self) -> Vec<ServiceSlug> {
        self.case.triage.as_ref().map(crate::triage::Triage::fitting).unwrap_or_default()
    }
}

fn said(words: Words) -> Result<Words, Refusal> {
    if silent(&words) { Err(Refusal::NothingSaid) } else { Ok(words) }
}

fn silent(words: &Words) -> bool {
    let blank = |text: &String| text.trim().is_empty();
    let answers = words.answers.iter().flatten();
    words.text.iter().chain(&words.questions).chain(answers).all(blank)
}

fn reason_for(what: &'static str, stated: &Stated) -> Result<Reason, Refusal> {
    let text = stated.words.text.as_ref().is_some_and(|text| !text.trim().is_empty());
    stated.reason.clone().filter(|_| text).ok_or(Refusal::ReasonRequired(what))
}
