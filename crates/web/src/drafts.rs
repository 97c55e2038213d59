//! `/drafts`: what a school has begun to write. Its own accounts resume it; to everybody else,
//! staff among them, it is not there.

pub(crate) mod save;
pub(crate) mod submit;

use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::entry::{Entry, entry};
use crate::openapi::{AtLeast, Refused, Unanswered, Write};
use crate::page::Page;
use crate::place::Place;
use crate::problem::{Fault, Problem};
use crate::query::Query;
use crate::requests::submission;
use crate::written::POSITION;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use domain::draft::Draft;
use domain::ids::{DraftId, SchoolId};
use domain::personal::Personal;
use engine::DraftRead;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// More drafts than any school keeps: the last saved are listed.
const MOST_DRAFTS: usize = 200;

/// A draft as one line of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct DraftLine {
    id: Uuid,
    #[schema(value_type = String, format = DateTime)]
    begun_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    saved_at: Timestamp,
    /// For `If-Match`.
    version: u32,
}

/// A draft with what it says.
#[derive(Serialize, ToSchema)]
pub(crate) struct DraftShown {
    id: Uuid,
    #[schema(value_type = String, format = DateTime)]
    saved_at: Timestamp,
    /// For `If-Match`.
    version: u32,
    /// What was saved, as it was sent.
    #[schema(value_type = Object)]
    content: Value,
    /// What would have to be put right before it can be submitted.
    faults: Vec<Fault>,
}

/// The school's drafts, the last saved first. What they say is not shown here.
#[utoipa::path(
    get, path = "/drafts", operation_id = "list_drafts", tag = "drafts",
    params(AtLeast),
    responses((status = 200, body = Page<DraftLine>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<Page<DraftLine>>, Problem> {
    let at_least = query.at_least();
    query.done()?;
    let school = own(&permit)?;
    app.fresh(at_least).await?;
    let drafts = app.views.drafts(school, MOST_DRAFTS).await?;
    let line = |it: views::DraftListed| DraftLine {
        id: it.id.0,
        begun_at: it.begun_at,
        saved_at: it.saved_at,
        version: it.version,
    };
    Ok(Json(Page { items: drafts.into_iter().map(line).collect(), next: None }))
}

/// A draft, to go on with.
#[utoipa::path(
    get, path = "/drafts/{id}", operation_id = "read_draft", tag = "drafts",
    params(("id" = String, Path, format = Uuid)),
    responses((status = 200, body = DraftShown, headers(("ETag" = String, description = "Its version"))), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
) -> Result<Entry<DraftShown>, Problem> {
    let (id, school) = (draft_id(&id)?, own(&permit)?);
    let draft = app.engine.draft(id).await?;
    let Draft::Open { school: whose, saved_at } = draft.state else {
        return Err(Problem::not_found());
    };
    if whose != school {
        return Err(Problem::not_found());
    }
    let content = content(&app, &permit, &draft).await?;
    let desk = app.engine.desk().await?;
    let faults = submission::faults(&content, app.engine.now(), &desk);
    let version = draft.version;
    Ok(entry(version, DraftShown { id: id.0, saved_at, version, content, faults }))
}

/// Throw a draft away, for good: its key is destroyed.
#[utoipa::path(
    delete, path = "/drafts/{id}", operation_id = "discard_draft", tag = "drafts",
    params(("id" = String, Path, format = Uuid), Write),
    responses((status = 204, description = "It is gone"), Refused),
)]
pub(crate) async fn discard(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<(StatusCode, [(HeaderName, u64); 1]), Problem> {
    let (id, school) = (draft_id(&id)?, own(&incoming.permit)?);
    let position = app.engine.discard_draft(&incoming.context(None), id, school).await?;
    Ok((StatusCode::NO_CONTENT, [(POSITION, position)]))
}

/// The school that asks. Nobody else has drafts.
fn own(permit: &Permit) -> Result<SchoolId, Problem> {
    permit.caller.school().ok_or_else(Problem::not_found)
}

fn draft_id(id: &str) -> Result<DraftId, Problem> {
    Uuid::try_parse(id).map(DraftId).map_err(|_| Problem::not_found())
}

/// What a draft says, after the access is on record. One whose key is gone is gone.
async fn content(app: &App, permit: &Permit, draft: &DraftRead) -> Result<Value, Problem> {
    let sealed = draft.content.clone().ok_or_else(Problem::not_found)?;
    let opened = permit.open(app, vec![sealed]).await?.into_iter().next().flatten();
    let Some(Personal::Draft(text)) = opened else { return Err(Problem::not_found()) };
    serde_json::from_str(&text).map_err(|error| Problem::broken(&error))
}
