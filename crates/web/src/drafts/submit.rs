//! `POST /drafts/{id}/submit`: a draft becomes a request, once, however often it is asked for.

use super::{content, draft_id, own};
use crate::answer::{Answer, Standing};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::submit::readable;
use axum::extract::State;
use domain::draft::Draft;

/// Submit a draft. What is wrong with it is told as for `POST /requests`; submitted again, it
/// gives the first answer again.
#[utoipa::path(
    post, path = "/drafts/{id}/submit", operation_id = "submit_draft", tag = "drafts",
    params(("id" = String, Path, format = Uuid), Write),
    responses((status = 201, description = "Stored, routed, promised", body = Standing), Refused),
)]
pub(crate) async fn submit(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let mut faults = Faults::default();
    let form = Form::of(&incoming.body, "", &mut faults);
    let read = form.map(|form| form.done(&mut faults));
    faults.or(read)?;
    let (id, school) = (draft_id(&id)?, own(&incoming.permit)?);
    let context = incoming.once(&app, id.0, "submit a draft");
    let draft = app.engine.draft(id).await?;
    match draft.state {
        Draft::Open { school: whose, .. } if whose == school => {}
        Draft::Submitted { school: whose, .. } if whose == school => {
            let first = app.engine.answered(&context).await?;
            return first.as_ref().map(Answer::created).ok_or_else(Problem::not_found);
        }
        Draft::Open { .. } | Draft::Submitted { .. } | Draft::Discarded | Draft::Unknown => {
            return Err(Problem::not_found());
        }
    }
    let body = content(&app, &incoming.permit, &draft).await?;
    let (school, read) = readable(&app, &incoming, &body).await?;
    let done = app.engine.submit_draft(&context, &draft, school, read.submission).await?;
    Ok(Answer::created(&done))
}
