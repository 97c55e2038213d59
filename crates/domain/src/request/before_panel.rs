//! Where a panel leaves a request: on its agenda, off it, decided, taken back.

use super::event::{PanelDecided, PanelDecision};
use super::{Case, Happened, Stage};
use crate::codes::Ending;
use crate::event::RequestEvent as E;
use crate::ids::{EventId, MeetingId, PanelId};
use crate::package::Supported;
use crate::package::event::{PackageEnd, ReviewThen};
use crate::panel::{Depth, Suggestion};
use crate::triage::{Route, Why};
use jiff::Timestamp;
use std::collections::BTreeSet;

impl Case {
    /// How deep it is discussed: as a person says, or as is suggested.
    #[must_use]
    pub fn depth(&self) -> Depth {
        self.depth_set.unwrap_or_else(|| self.suggested_depth().depth)
    }

    /// How deep it had better be discussed, and why.
    #[must_use]
    pub fn suggested_depth(&self) -> Suggestion {
        Suggestion::of(self)
    }

    /// The meeting that will take it up, also while the school is waited for.
    #[must_use]
    pub fn agenda(&self) -> Option<&MeetingId> {
        if let Stage::OnAgenda { meeting, .. } = self.place() { Some(meeting) } else { None }
    }

    /// The panel that has it before it, also while the school is waited for.
    #[must_use]
    pub fn awaits(&self) -> Option<&PanelId> {
        if let Stage::AwaitingPanel { panel }
        | Stage::OnAgenda { panel, .. }
        | Stage::AwaitingRatification { panel } = self.place()
        {
            Some(panel)
        } else {
            None
        }
    }

    /// Where it stands, or will when the school has answered.
    fn place(&self) -> &Stage {
        if let Stage::AwaitingInformation { back_to: Some(there) } = &self.stage {
            there
        } else {
            &self.stage
        }
    }

    /// The panels that have to do with it: the one that has it before it, and the one that
    /// decided it and may be asked why.
    #[must_use]
    pub fn panels(&self) -> BTreeSet<&PanelId> {
        let sent =
            if let Some(Route::Panel { panel, .. }) = &self.route { Some(panel) } else { None };
        let agreed = self.support.as_ref().map(|support| &support.panel);
        let all = [sent, self.awaits(), self.decided_by.as_ref(), agreed];
        all.into_iter().flatten().collect()
    }

    /// Whether the school is waited for.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.stage, Stage::AwaitingInformation { .. })
    }

    /// Follows what a panel does to it.
    pub(super) fn before_panel(&mut self, happened: &Happened<'_>) {
        if let E::DepthSet(set) = happened.event {
            self.depth_set = Some(set.depth);
        } else if let E::PutOnAgenda(put) = happened.event {
            self.put_on_agenda(put.meeting.clone());
        } else if let E::TakenOffAgenda(_) = happened.event {
            self.take_off_agenda();
        } else if let E::Deferred(_) = happened.event {
            self.deferred();
        } else if let E::PanelDecided(decided) = happened.event {
            self.panel_decided(decided, happened);
        } else if let E::DecisionRatified(_) = happened.event {
            self.ratified(happened);
        } else if let E::DecisionSetAside(_) = happened.event {
            self.set_aside();
        } else if let E::PackageReviewed(reviewed) = happened.event {
            self.reviewed(&reviewed.then);
        } else if let E::PackageEnded(ended) = happened.event
            && self.ends_with_package(ended.why)
        {
            self.stage = Stage::Closed { ending: Ending::SupportComplete };
        }
    }

    /// The package that a panel agreed and that goes on, wherever the request stands.
    #[must_use]
    pub fn package_in_force(&self) -> Option<&Supported> {
        self.support.as_deref().filter(|support| support.over.is_none())
    }

    /// Whether the request has ended when its package is over: it was open for nothing else.
    pub(super) fn ends_with_package(&self, why: PackageEnd) -> bool {
        let place = if let Stage::AwaitingInformation { back_to: Some(there) } = &self.stage {
            there
        } else {
            &self.stage
        };
        why.by_itself() && *place == Stage::Supported
    }

    fn put_on_agenda(&mut self, meeting: MeetingId) {
        if let Some(panel) = self.panel().cloned() {
            self.stage = Stage::OnAgenda { panel, meeting };
        }
    }

    /// Back to the queue, also while the school is waited for.
    fn take_off_agenda(&mut self) {
        let place = if let Stage::AwaitingInformation { back_to: Some(there) } = &mut self.stage {
            &mut **there
        } else {
            &mut self.stage
        };
        if let Stage::OnAgenda { panel, .. } = place {
            *place = Stage::AwaitingPanel { panel: panel.clone() };
        }
    }

    fn deferred(&mut self) {
        self.deferrals = self.deferrals.saturating_add(1);
        self.take_off_agenda();
    }

    fn panel_decided(&mut self, decided: &PanelDecided, happened: &Happened<'_>) {
        self.undecided = false;
        if decided.awaits.is_some() {
            self.pending = Some(decided.clone());
            self.pending_in = Some(happened.id);
            self.stage = Stage::AwaitingRatification { panel: decided.panel.clone() };
        } else {
            self.comes_into_force(decided, happened.id, happened.effective_at);
        }
    }

    fn ratified(&mut self, happened: &Happened<'_>) {
        if let (Some(decided), Some(words_in)) = (self.pending.take(), self.pending_in.take()) {
            self.comes_into_force(&decided, words_in, happened.effective_at);
            if decided.decision == PanelDecision::Advice {
                self.conversation.offered = Some(Ending::AdviceGiven);
            }
        }
    }

    /// Back in the panel's queue, with nothing left of what was decided.
    fn set_aside(&mut self) {
        self.pending_in = None;
        let pending = self.pending.take().map(|decided| decided.panel);
        if let (None, Some(support)) = (&pending, &self.support) {
            for service in support.package.services() {
                self.contributing.remove(service);
            }
        }
        let panel = pending.or_else(|| self.decided_by.clone());
        self.back_to(panel);
    }

    fn reviewed(&mut self, then: &ReviewThen) {
        if *then == ReviewThen::Refer {
            let panel = self.support.as_ref().map(|support| support.panel.clone());
            self.back_to(panel);
        }
    }

    fn back_to(&mut self, panel: Option<PanelId>) {
        if let Some(panel) = panel {
            self.send(Route::Panel { panel, candidates: vec![] });
        }
    }

    fn comes_into_force(&mut self, decided: &PanelDecided, words_in: EventId, at: Timestamp) {
        self.decided_by = Some(decided.panel.clone());
        match &decided.decision {
            PanelDecision::Package { package } => {
                let (package, panel) = (package.clone(), decided.panel.clone());
                let past = self.support.take().map(|before| before.past).unwrap_or_default();
                let begun = Supported::begun(package, past, panel, at, words_in);
                self.support = Some(Box::new(begun));
                self.stage = Stage::Supported;
            }
            PanelDecision::Service { service } | PanelDecision::EhcAssessment { service } => {
                self.send(Route::Service { service: service.clone() });
            }
            PanelDecision::Advice => self.send(Route::Duty { why: Why::PanelAdvice }),
            PanelDecision::Decline => self.send(Route::Duty { why: Why::Declined }),
            PanelDecision::Defer => self.deferred(),
            // To whom it goes is said by an event of its own.
            PanelDecision::Redirect { .. } => {}
        }
    }
}
