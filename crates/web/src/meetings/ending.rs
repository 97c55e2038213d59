//! `POST /meetings/{id}/close` and `…/minutes/sign`: a meeting ends, and its minutes are the
//! chair's word.

use super::{Convened, OfMeeting, Sat, convene};
use crate::app::App;
use crate::command::Incoming;
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::actions::read;
use axum::extract::State;
use domain::meeting::MeetingCommand;

/// End the meeting. What was not reached goes back to the queue.
#[utoipa::path(
    post,
    path = "/meetings/{id}/close",
    operation_id = "close_meeting",
    tag = "meetings",
    params(OfMeeting, Write),
    responses(Convened, Refused)
)]
pub(crate) async fn close_meeting(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let ((), effective_at) = read(&incoming.body, |_, _| Some(()))?;
    convene(&app, &incoming, &id, effective_at, MeetingCommand::Close).await
}

/// Sign the minutes, as the panel's chair or vice-chair.
#[utoipa::path(
    post,
    path = "/meetings/{id}/minutes/sign",
    operation_id = "sign_minutes",
    tag = "meetings",
    params(OfMeeting, Write),
    responses(Convened, Refused)
)]
pub(crate) async fn sign_minutes(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let ((), effective_at) = read(&incoming.body, |_, _| Some(()))?;
    let by = incoming.permit.caller.id().clone();
    convene(&app, &incoming, &id, effective_at, MeetingCommand::Sign(by)).await
}
