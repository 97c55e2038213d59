//! A meeting is called, or called off.

use super::super::event::{AgendaSet, CancelReason, Cancelled, Planned, Scheduled};
use super::super::{Around, MeetingRefusal, Phase, Schedule, Sitting, Upshot, ends_at};
use super::{Decided, Step};
use crate::calendar::london;
use crate::event::{DeskEvent, MeetingEntered, MeetingEvent as E, MeetingStruck};
use crate::ids::MeetingId;
use crate::request::{Case, Command, Moment};

/// A panel's meetings never overlap, and none is called for a day that is over.
pub(in crate::meeting) fn schedule(schedule: Schedule, around: &Around<'_>, at: Moment) -> Decided {
    let Schedule { meeting, panel, kind, starts_at, minutes } = schedule;
    let Some((terms, terms_version)) = around.desk.terms(&panel) else {
        return Err(MeetingRefusal::UnknownPanel(panel));
    };
    if london::wall(starts_at).date() < london::wall(at.effective_at).date() {
        return Err(MeetingRefusal::InThePast);
    }
    let minutes = minutes.unwrap_or(terms.minutes_available);
    if !(15..=480).contains(&minutes) {
        return Err(MeetingRefusal::Length);
    }
    let ends_at = ends_at(starts_at, minutes);
    if let Some(other) = around.desk.diary(&panel).overlapping(starts_at, ends_at) {
        return Err(MeetingRefusal::Overlaps(other.clone()));
    }
    let days = terms.papers_due_working_days_before;
    let in_time = around.desk.calendar.close_of_working_day_before(starts_at, days);
    // Called at shorter notice than that, it takes papers until it begins.
    let papers_due_at = if in_time < at.recorded_at { starts_at } else { in_time };
    let entered =
        MeetingEntered { panel: panel.clone(), meeting: meeting.clone(), starts_at, ends_at };
    let scheduled = Scheduled {
        meeting: meeting.clone(),
        panel,
        kind,
        starts_at,
        minutes,
        papers_due_at,
        terms_version,
    };
    Ok(Upshot {
        meetings: [(meeting, vec![E::Scheduled(scheduled)])].into(),
        diary: vec![DeskEvent::MeetingEntered(entered)],
        ..Upshot::default()
    })
}

impl<'a> Step<'a> {
    /// Its items go before another meeting of the panel, or back into the queue.
    pub(in crate::meeting) fn cancel(
        mut self,
        why: CancelReason,
        move_to: Option<MeetingId>,
    ) -> Decided {
        let other = match &move_to {
            None => None,
            Some(id) => Some(self.other(id)?),
        };
        let requests: Vec<_> = self.sitting.items.iter().map(|item| item.request).collect();
        for request in requests {
            if !self.has_still(request) {
                continue;
            }
            self.request(request, Command::TakeOffAgenda)?;
            if let Some(other) = other {
                let waits = self.around.case(request).is_some_and(Case::is_waiting);
                if !waits {
                    self.request(request, Command::PutOnAgenda(other.id.clone()))?;
                }
            }
        }
        if let Some(other) = other {
            self.hand_items_to(other);
        }
        let struck =
            MeetingStruck { panel: self.sitting.panel.clone(), meeting: self.sitting.id.clone() };
        self.happens(E::Cancelled(Cancelled { why, moved_to: move_to }));
        self.enter(DeskEvent::MeetingStruck(struck));
        Ok(self.upshot)
    }

    /// The meeting to which items go: of the same panel, and not begun.
    fn other(&self, id: &MeetingId) -> Result<&'a Sitting, MeetingRefusal> {
        let fits = |other: &&Sitting| {
            let to_come = matches!(other.phase, Phase::Planned | Phase::Published);
            to_come && other.panel == self.sitting.panel && other.id != self.sitting.id
        };
        let other = self.around.other.filter(|other| other.id == *id).filter(fits);
        other.ok_or_else(|| MeetingRefusal::CannotMoveTo(id.clone()))
    }

    /// After those that it has. What is too much for its time it shows, for its clerk to settle.
    fn hand_items_to(&mut self, other: &Sitting) {
        let goes = |request: crate::ids::RequestId| {
            let case = self.around.case(request);
            self.has_still(request) && case.is_some_and(|case| !case.is_waiting())
        };
        let moved = self.sitting.items.iter().filter(|item| goes(item.request));
        let items: Vec<_> = other.items.iter().chain(moved).map(Planned::again).collect();
        if items.len() > other.items.len() {
            self.happens_at(other.id.clone(), E::AgendaSet(AgendaSet { items }));
        }
    }
}

impl Planned {
    /// An item as it was planned.
    pub(in crate::meeting) fn again(item: &super::super::Item) -> Self {
        Self { request: item.request, depth: item.depth, minutes: item.minutes }
    }
}
