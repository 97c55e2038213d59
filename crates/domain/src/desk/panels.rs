//! Panels of the desk: their terms of reference, and their diaries.

use super::{Desk, DeskRefusal};
use crate::event::{DeskEvent, PanelEstablished};
use crate::ids::PanelId;
use crate::panel::{Diary, Panel, Slot};

impl Desk {
    /// A panel's terms of reference and their version.
    #[must_use]
    pub fn terms(&self, panel: &PanelId) -> Option<(&Panel, u32)> {
        let version = self.terms_versions.get(panel).copied().unwrap_or_default();
        Some((self.panels.get(panel)?, version))
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
        match event {
            DeskEvent::MeetingEntered(entered) => {
                let (starts_at, ends_at) = (entered.starts_at, entered.ends_at);
                let slot = Slot { starts_at, ends_at, closed: false };
                let diary = self.diaries.entry(entered.panel.clone()).or_default();
                diary.meetings.insert(entered.meeting.clone(), slot);
            }
            DeskEvent::MeetingStruck(struck) => {
                let diary = self.diaries.entry(struck.panel.clone()).or_default();
                diary.meetings.remove(&struck.meeting);
            }
            DeskEvent::MeetingHeld(held) => {
                let diary = self.diaries.entry(held.panel.clone()).or_default();
                if let Some(slot) = diary.meetings.get_mut(&held.meeting) {
                    slot.closed = true;
                }
            }
            DeskEvent::DecisionDelegated(it) => {
                self.diaries.entry(it.panel.clone()).or_default().delegated.insert(it.request);
            }
            DeskEvent::DelegationSettled(it) => {
                self.diaries.entry(it.panel.clone()).or_default().delegated.remove(&it.request);
            }
            _ => {}
        }
    }
}
