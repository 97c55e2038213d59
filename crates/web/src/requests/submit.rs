//! `POST /requests`: a school asks for support.

use super::schema::SubmitBody;
use super::submission;
use crate::access::Reach;
use crate::answer::{Answer, Standing};
use crate::app::App;
use crate::command::Incoming;
use crate::openapi::{Refused, Write};
use crate::problem::Problem;
use axum::extract::State;
use domain::desk::Desk;
use domain::ids::{SchoolId, Urn};
use serde_json::Value;

/// Submit a request for support.
///
/// Always stored when it is well-formed: what is incomplete is asked for. The school never
/// names a service; the answer says where the request went, who is accountable for it, and
/// by when the school hears from us.
#[utoipa::path(
    post, path = "/requests", operation_id = "submit_request", tag = "requests",
    params(Write),
    request_body(content = SubmitBody, description = "The request", content_type = "application/json"),
    responses(
        (status = 201, description = "Stored, routed, promised", body = Standing,
            headers(
                ("Location" = String, description = "Where the request can be read"),
                ("ETag" = String, description = "Its version"),
                ("Frontdoor-Position" = u64, description = "For `at_least`"),
            )),
        Refused,
    ),
)]
pub(crate) async fn submit(State(app): State<App>, incoming: Incoming) -> Result<Answer, Problem> {
    let (school, read) = readable(&app, &incoming, &incoming.body).await?;
    let context = incoming.context(read.effective_at);
    let done = app.engine.submit(&context, school, read.submission).await?;
    Ok(Answer::created(&done))
}

/// A submission that this caller may make, and the school that makes it.
pub(crate) async fn readable(
    app: &App,
    incoming: &Incoming,
    body: &Value,
) -> Result<(SchoolId, submission::Read), Problem> {
    let desk = app.engine.desk().await?;
    let own = incoming.permit.caller.school();
    let read = submission::read(body, app.engine.now(), own.is_some(), &desk)?;
    if read.effective_at.is_some() && !incoming.by_staff() {
        let detail = "only the council's staff can log what reached them earlier";
        return Err(Problem::fault("/effective_at", detail));
    }
    let school = school(incoming.permit.reach, own, read.urn.as_ref(), &desk)?;
    Ok((school, read))
}

/// Which school asks: the caller's own, or for the council's staff the one that is named.
fn school(
    reach: Reach,
    own: Option<SchoolId>,
    named: Option<&Urn>,
    desk: &Desk,
) -> Result<SchoolId, Problem> {
    let named = named.and_then(|urn| desk.school_by_urn(urn)).map(|(id, _)| id);
    match (reach, own, named) {
        (Reach::OwnSchool, Some(own), Some(named)) if own != named => {
            Err(Problem::forbidden("Your key is that of another school."))
        }
        (Reach::OwnSchool, own, _) => own.ok_or_else(Problem::not_found),
        (_, own, named) => {
            named.or(own).ok_or_else(|| Problem::fault("/school_urn", "this is required"))
        }
    }
}
