//! `POST /drafts` and `PUT /drafts/{id}`: what a school has so far, stored as it is.
//!
//! Faults are told, as hints, and refused nothing for: a draft is for what is not finished.

use super::{draft_id, own};
use crate::app::App;
use crate::command::Incoming;
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::{Fault, Problem};
use crate::requests::submission;
use crate::written::Written;
use axum::extract::State;
use domain::ids::DraftId;
use engine::{Configured, DraftDone};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// That a draft was saved.
#[derive(Serialize, ToSchema)]
pub(crate) struct DraftSaved {
    id: Uuid,
    #[schema(value_type = String, format = DateTime)]
    saved_at: Timestamp,
    /// For `If-Match`.
    version: u32,
    /// What would have to be put right before it can be submitted.
    faults: Vec<Fault>,
}

/// Save what there is of a request: any part of it, as it is.
#[utoipa::path(
    post, path = "/drafts", operation_id = "save_draft", tag = "drafts",
    params(Write),
    request_body(content = Object, description = "Any part of a request", content_type = "application/json"),
    responses((status = 201, body = DraftSaved), Refused),
)]
pub(crate) async fn save(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Written<DraftSaved>, Problem> {
    let saved = store(&app, &incoming, None).await?;
    let place = format!("/api/v1/drafts/{}", saved.body.id);
    Ok(saved.at(place))
}

/// Save it again, in place of what was saved before.
#[utoipa::path(
    put, path = "/drafts/{id}", operation_id = "resave_draft", tag = "drafts",
    params(("id" = String, Path, format = Uuid), Write),
    request_body(content = Object, description = "Any part of a request", content_type = "application/json"),
    responses((status = 200, body = DraftSaved), Refused),
)]
pub(crate) async fn resave(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<DraftSaved>, Problem> {
    store(&app, &incoming, Some(draft_id(&id)?)).await
}

async fn store(
    app: &App,
    incoming: &Incoming,
    draft: Option<DraftId>,
) -> Result<Written<DraftSaved>, Problem> {
    let school = own(&incoming.permit)?;
    // A body that was lost on its way must not take the place of what was saved before.
    if incoming.bodiless || !incoming.body.is_object() {
        return Err(Problem::fault("", "an object, in braces"));
    }
    let (context, said) = (incoming.context(None), incoming.body.to_string());
    let DraftDone { draft, saved_at, version, position, replayed } =
        app.engine.save_draft(&context, draft, school, said).await?;
    let desk = app.engine.desk().await?;
    let faults = submission::faults(&incoming.body, app.engine.now(), &desk);
    let saved = DraftSaved { id: draft.0, saved_at, version, faults };
    Ok(Written::now(Configured { position, replayed }, Some(version), saved))
}
