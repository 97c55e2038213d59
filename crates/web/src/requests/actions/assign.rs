//! A person makes somebody accountable.

use super::reason::words;
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::code;
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use axum::extract::State;
use domain::request::Command;
use utoipa::ToSchema;

/// Somebody who becomes accountable.
#[derive(ToSchema)]
#[schema(example = json!({"adviser": "amara-okafor", "text": "She knows the school."}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AssignBody {
    /// By account: an adviser, or somebody of a team.
    adviser: String,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Make somebody accountable.
#[utoipa::path(
    post, path = "/requests/{id}/actions/assign", operation_id = "assign", tag = "duty",
    params(OfRequest, Write),
    request_body(content = AssignBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn assign(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((adviser, words), effective_at) = read(&incoming.body, |form, faults| {
        let adviser = form.required("adviser", faults, code);
        let words = words(form, faults);
        Some((adviser?, words))
    })?;
    act(&app, &incoming, &id, effective_at, Command::Assign(adviser, words)).await
}
