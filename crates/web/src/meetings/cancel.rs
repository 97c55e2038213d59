//! `POST /meetings/{id}/cancel`: a meeting does not take place, and nothing on its agenda is
//! lost.

use super::{Convened, OfMeeting, Sat, convene};
use crate::app::App;
use crate::command::Incoming;
use crate::form::code;
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::actions::read;
use axum::extract::State;
use domain::meeting::MeetingCommand;
use utoipa::ToSchema;

/// Why, and where its items go.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"why": "no_quorum", "move_to": "semh-2026-12-09"}))]
pub(crate) struct CancelBody {
    /// `no_quorum no_items unavailable weather rescheduled other`.
    why: String,
    /// Another meeting of the panel that has not begun; otherwise items go back to the queue.
    move_to: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Call a meeting off. Its items go before another meeting, or back to the queue.
#[utoipa::path(
    post, path = "/meetings/{id}/cancel", operation_id = "cancel_meeting", tag = "meetings",
    params(OfMeeting, Write),
    request_body(content = CancelBody, content_type = "application/json"),
    responses(Convened, Refused),
)]
pub(crate) async fn cancel(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let ((why, move_to), effective_at) = read(&incoming.body, |form, faults| {
        let why = form.required("why", faults, code);
        let move_to = form.optional("move_to", faults, code);
        Some((why?, move_to))
    })?;
    convene(&app, &incoming, &id, effective_at, MeetingCommand::Cancel(why, move_to)).await
}
