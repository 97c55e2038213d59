//! `POST /subject-access-requests/{id}/…`: what stops, moves and ends the clock of a request for
//! access.

use super::ask::{MOST_CHARS, written};
use super::list::AccessRequestShown;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code, date, text_block};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::ids::SubjectAccessId;
use domain::subject_access::SubjectAccessCommand as Command;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// We ask back, or were answered.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct Clarified {
    /// What is asked of whoever asked: `identity` or `clarification`. Left out: they answered.
    awaits: Option<String>,
    /// The day on which we asked, or they answered.
    #[schema(format = Date)]
    on: String,
    /// What we asked, for the record.
    #[schema(max_length = 4000)]
    text: Option<String>,
}

/// It takes longer.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AccessExtended {
    /// `complex` or `many_requests`: there are no other reasons.
    because: String,
    /// The reason in words, as whoever asked was told.
    #[schema(max_length = 4000)]
    text: Option<String>,
}

/// It was answered.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AccessAnswered {
    /// `provided`, `partly_provided`, `nothing_held`, `refused` or `withdrawn`.
    how: String,
    /// On which day.
    #[schema(format = Date)]
    on: String,
}

/// Ask whoever asked for proof of who they are or for what they mean, which stops the clock; or
/// record that they answered, which lets it go on.
#[utoipa::path(
    post, path = "/subject-access-requests/{id}/clarify",
    operation_id = "clarify_subject_access", tag = "privacy",
    params(("id" = String, Path, format = Uuid), Write),
    request_body(content = Clarified, content_type = "application/json"),
    responses((status = 200, body = AccessRequestShown), Refused),
)]
pub(crate) async fn clarify(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<AccessRequestShown>, Problem> {
    carry_out(&app, &id, &incoming, |request, body, faults| {
        let mut form = Form::of(body, "", faults)?;
        let awaits = form.optional("awaits", faults, code);
        let asks_back = form.has("awaits");
        let on = form.required("on", faults, date);
        let text = form.optional("text", faults, text_block(MOST_CHARS));
        if text.is_some() && !asks_back {
            faults.say("/text", "this is for what we ask; what they answer is theirs");
        }
        form.done(faults);
        Some(match awaits {
            Some(awaits) => Command::AskBack(request, awaits, on?, text),
            None => Command::Resume(request, on?),
        })
    })
    .await
}

/// Take two months longer, once, because the request is complex or there are many. Whoever
/// asked must be told within the first month.
#[utoipa::path(
    post, path = "/subject-access-requests/{id}/extend",
    operation_id = "extend_subject_access", tag = "privacy",
    params(("id" = String, Path, format = Uuid), Write),
    request_body(content = AccessExtended, content_type = "application/json"),
    responses((status = 200, body = AccessRequestShown), Refused),
)]
pub(crate) async fn extend(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<AccessRequestShown>, Problem> {
    carry_out(&app, &id, &incoming, |request, body, faults| {
        let mut form = Form::of(body, "", faults)?;
        let because = form.required("because", faults, code);
        let text = form.optional("text", faults, text_block(MOST_CHARS));
        form.done(faults);
        Some(Command::Extend(request, because?, text))
    })
    .await
}

/// Record that it was answered, and how. The clock ends.
#[utoipa::path(
    post, path = "/subject-access-requests/{id}/answer",
    operation_id = "answer_subject_access", tag = "privacy",
    params(("id" = String, Path, format = Uuid), Write),
    request_body(content = AccessAnswered, content_type = "application/json"),
    responses((status = 200, body = AccessRequestShown), Refused),
)]
pub(crate) async fn answer(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<AccessRequestShown>, Problem> {
    carry_out(&app, &id, &incoming, |request, body, faults| {
        let mut form = Form::of(body, "", faults)?;
        let how = form.required("how", faults, code);
        let on = form.required("on", faults, date);
        form.done(faults);
        Some(Command::Answer(request, how?, on?))
    })
    .await
}

async fn carry_out(
    app: &App,
    id: &str,
    incoming: &Incoming,
    read: impl FnOnce(SubjectAccessId, &Value, &mut Faults) -> Option<Command>,
) -> Result<Written<AccessRequestShown>, Problem> {
    let request = Uuid::try_parse(id).map(SubjectAccessId).map_err(|_| Problem::not_found())?;
    app.fresh(0).await?;
    let known = app.views.one_subject_access(request).await?.ok_or_else(Problem::not_found)?;
    let mut faults = Faults::default();
    let command = read(request, &incoming.body, &mut faults);
    let command = faults.or(command)?;
    let done = app.engine.subject_access(&incoming.context(None), known.child, command).await?;
    Ok(written(known.child, done))
}
