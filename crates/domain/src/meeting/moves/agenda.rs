//! What a meeting takes up.

use super::super::MeetingRefusal;
use super::super::event::{AgendaSet, Planned};
use super::{Decided, Step};
use crate::event::MeetingEvent as E;
use crate::request::{Command, Stage};
use std::collections::BTreeSet;

impl Step<'_> {
    /// These items, in this order, and no others: what is not among them goes back to the
    /// queue.
    pub(in crate::meeting) fn set_agenda(mut self, items: Vec<Planned>) -> Decided {
        let before: Vec<_> = self.sitting.items.iter().map(Planned::again).collect();
        if before == items {
            return Ok(self.upshot);
        }
        self.fits(&items)?;
        let kept: BTreeSet<_> = items.iter().map(|item| item.request).collect();
        for item in before.iter().filter(|item| !kept.contains(&item.request)) {
            if self.has_still(item.request) {
                self.request(item.request, Command::TakeOffAgenda)?;
            }
        }
        for item in &items {
            if !self.has_still(item.request) {
                let meeting = self.sitting.id.clone();
                self.request(item.request, Command::PutOnAgenda(meeting))?;
            }
        }
        self.happens(E::AgendaSet(AgendaSet { items }));
        Ok(self.upshot)
    }

    /// Whether these can be taken up, in the time that there is.
    fn fits(&self, items: &[Planned]) -> Result<(), MeetingRefusal> {
        let mut seen = BTreeSet::new();
        for (place, item) in items.iter().enumerate() {
            if !seen.insert(item.request) {
                return Err(MeetingRefusal::Twice { place });
            }
            let queued = self.around.case(item.request).is_some_and(|case| {
                matches!(&case.stage, Stage::AwaitingPanel { panel } if *panel == self.sitting.panel)
            });
            if !queued && !self.has_still(item.request) {
                return Err(MeetingRefusal::NotInQueue { place });
            }
        }
        let planned: u32 = items.iter().map(|item| u32::from(item.minutes)).sum();
        let available = self.sitting.minutes;
        if planned > u32::from(available) {
            return Err(MeetingRefusal::Overfull { planned, available });
        }
        Ok(())
    }
}
