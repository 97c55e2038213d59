//! Panels of the desk: their terms of reference, and their diaries.

use super::{Desk, DeskRefusal};
use crate::event::{DeskEvent, PanelEstablished};
use crate::ids::{AccountId, PanelId};
use crate::panel::{Diary, Panel, Slot};
use std::collections::BTreeSet;

impl Desk {
    /// A panel's terms of reference and their version.
    #[must_use]
    pub fn terms(&self, panel: &PanelId) -> Option<(&Panel, u32)> {
        let version = self.terms_versions.get(panel).copied().unwrap_or_default();
        Some((self.panels.get(panel)?, version))
    }

    /// The panels whose terms of reference, as they are in force, name somebody.
    #[must_use]
    pub fn panels_of(&self, account: &AccountId) -> BTreeSet<PanelId> {
        let own = self.panels.values().filter(|panel| panel.names(account));
        own.map(|panel| panel.id.clone()).collect()
    }

    /// What a panel has before it.
    #[must_use]
    pub fn diary(&self, panel: &PanelId) -> Diary {
        self.diaries.get(panel).cloned().unwrap_or_default()
    }

    pub(super) fn establish(&self, panel: Panel) -> Result<Option<DeskEvent>, DeskRefusal> {
        if self.panels.get(&panel.id) == Some(&panel) {
            return Ok(None);
        }
        let faults = panel.faults();
        if !faults.is_empty() {
            return Err(DeskRefusal::FaultyPanel(faults));
        }
        Ok(Some(DeskEvent::PanelEstablished(PanelEstablished { panel })))
    }

    pub(super) fn follow_diary(&mut self, event: &DeskEvent) {
        if let DeskEvent::MeetingEntered(entered) = event {
            let (starts_at, ends_at) = (entered.starts_at, entered.ends_at);
            let slot = Slot { starts_at, ends_at, closed: false };
            let diary = self.diary_of(&entered.panel);
            diary.names.insert(entered.meeting.clone());
            diary.meetings.insert(entered.meeting.clone(), slot);
        } else if let DeskEvent::MeetingStruck(struck) = event {
            self.diary_of(&struck.panel).meetings.remove(&struck.meeting);
        } else if let DeskEvent::MeetingHeld(held) = event {
            let slot = self.diary_of(&held.panel).meetings.get_mut(&held.meeting);
            if let Some(slot) = slot {
                slot.closed = true;
            }
        } else if let DeskEvent::DecisionDelegated(it) = event {
            self.diary_of(&it.panel).delegated.insert(it.request);
        } else if let DeskEvent::DelegationSettled(it) = event {
            self.diary_of(&it.panel).delegated.remove(&it.request);
        }
    }

    fn diary_of(&mut self, panel: &PanelId) -> &mut Diary {
        self.diaries.entry(panel.clone()).or_default()
    }
}
