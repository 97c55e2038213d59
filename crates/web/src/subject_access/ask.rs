//! `POST /children/{id}/subject-access`: somebody asked for access, and the clock begins.

use super::child_id;
use super::list::AccessRequestShown;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code, date, flag, text_block};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::ids::ChildId;
use domain::subject_access::{SubjectAccessCommand, SubjectAccessRefusal};
use engine::{Configured, Failure, SubjectAccessDone};
use serde_json::Value;
use utoipa::ToSchema;

/// The most characters of what somebody says about it.
pub(super) const MOST_CHARS: usize = 4_000;

/// Somebody asked.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AccessAsked {
    /// The day it came in, whoever got it: from there the month counts.
    #[schema(format = Date)]
    received_on: String,
    /// `parent`, `young_person`, `solicitor` or `other`.
    by: String,
    /// Whether it is known that they are who they say. If not, the month has not begun.
    identity_checked: bool,
    /// What they want, if not everything, in their words.
    #[schema(max_length = 4000)]
    scope: Option<String>,
}

/// Record that somebody asked for access to what is held about a child. It must be answered
/// within one calendar month of its receipt.
#[utoipa::path(
    post, path = "/children/{id}/subject-access", operation_id = "ask_subject_access",
    tag = "privacy",
    params(("id" = String, Path, format = Uuid, description = "The child's pseudonym"), Write),
    request_body(content = AccessAsked, content_type = "application/json"),
    responses((status = 201, body = AccessRequestShown), Refused),
)]
pub(crate) async fn ask(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<AccessRequestShown>, Problem> {
    let child = child_id(&id)?;
    let mut faults = Faults::default();
    let command = command(&incoming.body, &mut faults);
    let command = faults.or(command)?;
    let done = app.engine.subject_access(&incoming.context(None), child, command).await;
    if let Err(Failure::SubjectAccessRefused(refusal @ SubjectAccessRefusal::DayToCome)) = &done {
        return Err(Problem::fault("/received_on", refusal.to_string()));
    }
    let done = done?;
    let shown = written(child, done);
    Ok(Written { status: axum::http::StatusCode::CREATED, ..shown })
}

fn command(body: &Value, faults: &mut Faults) -> Option<SubjectAccessCommand> {
    let mut form = Form::of(body, "", faults)?;
    let received_on = form.required("received_on", faults, date);
    let by = form.required("by", faults, code);
    let identity_checked = form.required("identity_checked", faults, flag);
    let scope = form.optional("scope", faults, text_block(MOST_CHARS));
    form.done(faults);
    Some(SubjectAccessCommand::Ask {
        received_on: received_on?,
        by: by?,
        identity_checked: identity_checked?,
        scope,
    })
}

/// Where a request for access stands now.
pub(super) fn written(child: ChildId, done: SubjectAccessDone) -> Written<AccessRequestShown> {
    let SubjectAccessDone { standing, position, replayed } = done;
    let shown = AccessRequestShown::of(child, &standing);
    Written::now(Configured { position, replayed }, None, shown)
}

impl From<SubjectAccessRefusal> for Problem {
    fn from(refusal: SubjectAccessRefusal) -> Self {
        match refusal {
            SubjectAccessRefusal::Unknown => Self::not_found(),
            SubjectAccessRefusal::DayToCome | SubjectAccessRefusal::TooEarly(_) => {
                Self::fault("/on", refusal.to_string())
            }
            SubjectAccessRefusal::Answered
            | SubjectAccessRefusal::Awaits(_)
            | SubjectAccessRefusal::NothingAwaited
            | SubjectAccessRefusal::Extended
            | SubjectAccessRefusal::TooLateToExtend(_) => Self::conflict(refusal.to_string()),
        }
    }
}
