//! Subject access: everything that is held about a child, readable, and the clock by which it
//! must be given (UK GDPR, articles 12(3) and 15).

pub(crate) mod apart;
pub(crate) mod ask;
pub(crate) mod clock;
pub(crate) mod gather;
pub(crate) mod held;
pub(crate) mod list;
pub(crate) mod paper;

use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::paper::{Form, answer};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::ids::ChildId;
use held::Held;
use uuid::Uuid;

/// Everything that is held about a child under all its pseudonyms, as JSON, or as a paper for
/// the family (`text/html`, `text/plain`) by `Accept`. What is about other people stands apart,
/// and in the paper not at all; what may name others is marked to be checked before it is given.
#[utoipa::path(
    get, path = "/children/{id}/subject-access", operation_id = "read_subject_access",
    tag = "privacy",
    params(("id" = String, Path, format = Uuid, description = "Any of its pseudonyms"), AtLeast),
    responses((status = 200, content(
        (Held = "application/json"), (String = "text/plain"), (String = "text/html"),
    )), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let at_least = query.at_least();
    query.done()?;
    let child = child_id(&id)?;
    app.fresh(at_least).await?;
    let gathered = gather::gathered(&app, child).await?;
    let opened = permit.open(&app, gathered.boxes()).await?;
    let held = gathered.held(&app, opened).await?;
    answer(Form::wanted(&headers), &held, paper::paper)
}

/// A child's id in a path. What is none names nobody.
pub(crate) fn child_id(id: &str) -> Result<ChildId, Problem> {
    Uuid::try_parse(id).map(ChildId).map_err(|_| Problem::not_found())
}
