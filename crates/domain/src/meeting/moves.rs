//! What follows from each thing that may be done to a meeting.

mod agenda;
mod calling;
mod deciding;
mod ending;
mod papers;
mod room;

pub(super) use calling::schedule;

use super::{Around, Meeting, MeetingRefusal, Sitting, Upshot};
use crate::event::{DeskEvent, MeetingEvent};
use crate::ids::{AccountId, MeetingId, RequestId};
use crate::panel::Panel;
use crate::request::{Command, Moment, Request};

type Decided = Result<Upshot, MeetingRefusal>;

/// One thing being done to a meeting that was called.
pub(super) struct Step<'a> {
    sitting: &'a Sitting,
    around: &'a Around<'a>,
    at: Moment,
    upshot: Upshot,
}

impl<'a> Step<'a> {
    pub(super) fn new(sitting: &'a Sitting, around: &'a Around<'a>, at: Moment) -> Self {
        Self { sitting, around, at, upshot: Upshot::default() }
    }

    fn happens(&mut self, event: MeetingEvent) {
        self.happens_at(self.sitting.id.clone(), event);
    }

    fn happens_at(&mut self, meeting: MeetingId, event: MeetingEvent) {
        self.upshot.meetings.entry(meeting).or_default().push(event);
    }

    fn enter(&mut self, event: DeskEvent) {
        self.upshot.diary.push(event);
    }

    /// Does something to a request, as the steps before left it.
    fn request(&mut self, id: RequestId, command: Command) -> Result<(), MeetingRefusal> {
        let nothing = Request::default();
        let at_hand = self.around.requests.get(&id).map_or(&nothing, |it| &it.request);
        let before = self.upshot.requests.get(&id).cloned().unwrap_or_default();
        let now = at_hand.clone().after(&before, self.at);
        let changes = now.proceed(command, self.around.desk, self.at)?;
        if !changes.is_empty() {
            self.upshot.requests.entry(id).or_default().extend(changes);
        }
        Ok(())
    }

    /// The terms of reference by which the panel works now.
    fn terms(&self) -> Result<&'a Panel, MeetingRefusal> {
        let panel = &self.sitting.panel;
        let terms = self.around.desk.panels.get(panel);
        terms.ok_or_else(|| MeetingRefusal::UnknownPanel(panel.clone()))
    }

    fn appointed(&self, member: &AccountId) -> Result<(), MeetingRefusal> {
        let known = self.terms()?.member(member).is_some();
        if known { Ok(()) } else { Err(MeetingRefusal::NotAMember(member.clone())) }
    }

    /// Whether the request stands on this meeting's agenda, whatever it waits for.
    fn has_still(&self, request: RequestId) -> bool {
        let on = |case: &'a crate::request::Case| case.agenda();
        self.around.case(request).and_then(on) == Some(&self.sitting.id)
    }
}

impl Meeting {
    /// The name of a panel's next meeting on a London day: the panel's, the day, and a number
    /// where there was one that day before.
    #[must_use]
    pub fn name(
        desk: &crate::desk::Desk,
        panel: &crate::ids::PanelId,
        starts_at: jiff::Timestamp,
    ) -> Option<MeetingId> {
        let day = crate::calendar::london::wall(starts_at).date();
        let taken = desk.diary(panel).names;
        let numbered = (2..=99_u8).map(|number| format!("{panel}-{day}-{number}"));
        let mut names = std::iter::once(format!("{panel}-{day}")).chain(numbered);
        names.find_map(|name| name.parse().ok().filter(|name| !taken.contains(name)))
    }
}
