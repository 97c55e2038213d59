//! `GET /audit/meetings/{id}`: a panel's meeting as it stood at a moment.

use super::entry_then::{EntryThen, story};
use super::moment::{AsAtQuery, Asked};
use crate::app::{App, Permit};
use crate::meetings::OfMeeting;
use crate::meetings::shown::MeetingShown;
use crate::openapi::Unanswered;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::event::Event;
use domain::ids::MeetingId;
use domain::meeting::Meeting;
use engine::Recorded;

/// A meeting as it stood at a moment: who was in the room, what was decided by whom. A meeting's
/// record names no child.
#[utoipa::path(
    get, path = "/audit/meetings/{id}", operation_id = "read_meeting_as_at", tag = "audit",
    params(OfMeeting, AsAtQuery),
    responses((status = 200, body = EntryThen<MeetingShown>), Unanswered),
)]
pub(crate) async fn meeting(
    State(app): State<App>,
    _: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<EntryThen<MeetingShown>>, Problem> {
    let asked = Asked::read(&mut query);
    query.done()?;
    let id: MeetingId = id.parse().map_err(|_| Problem::not_found())?;
    let then = asked.then(&app.engine).await?;
    let events = story(&app.engine, &format!("meeting-{id}"), then).await?;
    let version = events.last().map_or(0, |event| event.version);
    let meeting = events.iter().fold(Meeting::default(), follow);
    let sitting = meeting.sitting().ok_or_else(Problem::not_found)?;
    let state = MeetingShown::of(sitting, version);
    EntryThen::of(&app.engine, then, events, state).await.map(Json)
}

fn follow(meeting: Meeting, recorded: &Recorded) -> Meeting {
    match &recorded.event {
        Some(Event::Meeting(event)) => meeting.evolve(event, recorded.effective_at),
        Some(
            Event::Request(_)
            | Event::Child(_)
            | Event::Desk(_)
            | Event::Draft(_)
            | Event::Notice(_),
        )
        | None => meeting,
    }
}
