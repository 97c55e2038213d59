//! What becomes of a panel's queue if nothing else is done: what its next meeting would take up,
//! and which promises that leaves at risk.

use crate::app::App;
use crate::problem::Problem;
use domain::desk::Desk;
use domain::ids::RequestId;
use domain::panel::{MeetingToCome, Panel, Proposal, Waiting};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use views::{MeetingFilter, MeetingItem, QueueState, Standing};

/// A panel's queue, and what its next meeting would take up of it.
pub(crate) struct Plan {
    /// The whole queue, in promise order.
    pub(super) standing: Vec<Standing>,
    /// The meeting for which it is planned; `None`: the panel meets no more.
    pub(super) meeting: Option<MeetingToCome>,
    /// When the meeting after it is over.
    pub(super) decides_next_at: Option<Timestamp>,
    /// How long the meeting may take,
    pub(super) minutes_available: u32,
    /// and how much of that is taken: by what is on its agenda, and what it is to ratify.
    pub(super) minutes_taken: u32,
    /// What else it would take up.
    pub(crate) proposal: Proposal,
}

impl Plan {
    /// For the panel's next meeting, in the time that it has or in so many minutes.
    pub(super) async fn of(
        app: &App,
        desk: &Desk,
        terms: &Panel,
        minutes: Option<u32>,
    ) -> Result<Self, Problem> {
        let mut to_come = desk.meetings_to_come(&terms.id, app.engine.now(), 2).into_iter();
        let (meeting, after) = (to_come.next(), to_come.next());
        Self::between(app, desk, terms, (meeting, after), minutes).await
    }

    /// For this meeting of the panel, and the one after it.
    pub(crate) async fn between(
        app: &App,
        desk: &Desk,
        terms: &Panel,
        (meeting, after): (Option<MeetingToCome>, Option<MeetingToCome>),
        minutes: Option<u32>,
    ) -> Result<Self, Problem> {
        let standing = app.views.standing_before(terms.id.clone()).await?;
        let called = called(app, terms, meeting.as_ref()).await?;
        let lasts = called.as_ref().map_or(terms.minutes_available, |it| it.minutes);
        let to_ratify = desk.diary(&terms.id).delegated.len();
        let to_ratify = u32::try_from(to_ratify).unwrap_or(u32::MAX);
        let planned = called.map_or(0, |it| u32::try_from(it.minutes_planned).unwrap_or(u32::MAX));
        let of_each = u32::from(terms.minutes_for.consent);
        let minutes_taken = planned.saturating_add(to_ratify.saturating_mul(of_each));
        let minutes_available = minutes.unwrap_or_else(|| u32::from(lasts));
        let decides_next_at = after.map(|after| after.ends_at);
        let waiting = standing.iter().filter(|it| it.state == QueueState::Queued);
        let waiting = waiting.map(|it| waits(it, terms)).collect();
        let proposal = Proposal::of(waiting, minutes_available, minutes_taken, decides_next_at);
        Ok(Self { standing, meeting, decides_next_at, minutes_available, minutes_taken, proposal })
    }

    /// The requests whose promise will be broken as things stand, and is not broken yet: it ends
    /// before the meeting is over that would decide.
    pub(super) fn at_risk(
        &self,
        desk: &Desk,
        terms: &Panel,
        now: Timestamp,
    ) -> BTreeSet<RequestId> {
        let left: BTreeSet<RequestId> =
            self.proposal.at_risk.iter().map(|item| item.request).collect();
        let over: BTreeMap<_, _> = desk
            .diary(&terms.id)
            .meetings
            .into_iter()
            .map(|(id, slot)| (id, slot.ends_at))
            .collect();
        let next = self.meeting.as_ref().map(|meeting| meeting.ends_at);
        let too_late = |it: &Standing| {
            let decided_at = it.meeting.as_ref().map_or(next, |id| over.get(id).copied());
            it.due_at.is_some_and(|due| decided_at.is_none_or(|at| due < at))
        };
        let kept_so_far = |it: &&Standing| it.due_at.is_some_and(|due| due >= now);
        let running = self.standing.iter().filter(kept_so_far);
        let at_risk = running.filter(|it| left.contains(&it.request) || too_late(it));
        at_risk.map(|it| it.request).collect()
    }
}

fn waits(standing: &Standing, terms: &Panel) -> Waiting {
    let Standing { request, due_at, since, depth, .. } = *standing;
    Waiting { request, due_at, since, depth, minutes: terms.minutes_for.depth(depth) }
}

/// The meeting as the calendar has it, once it was called.
async fn called(
    app: &App,
    terms: &Panel,
    meeting: Option<&MeetingToCome>,
) -> Result<Option<MeetingItem>, Problem> {
    let Some(to_come) = meeting else { return Ok(None) };
    let filter = MeetingFilter {
        panel: Some(terms.id.clone()),
        from: Some(to_come.starts_at),
        ..MeetingFilter::default()
    };
    // The first is that one, unless another begins at the same instant and was called off.
    let page = views::Page { limit: 10, cursor: None };
    let mut found = app.views.meetings(filter, page).await?.items.into_iter();
    Ok(found.find(|item| Some(&item.id) == to_come.meeting.as_ref()))
}
