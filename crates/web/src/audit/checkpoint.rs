//! `GET /audit/checkpoint`: a signed statement of how far the log has come.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use engine::Engine;
use serde::Serialize;
use utoipa::ToSchema;

/// A checkpoint. Keep it elsewhere: later it proves that the log only grew.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckpointBody {
    /// Whose log.
    origin: String,
    /// How many events it has.
    size: u64,
    /// The root of the Merkle tree over them (RFC 6962), in base 64.
    root: String,
    /// The C2SP signed note that says so.
    note: String,
    /// The key to check the note with.
    public_key: Option<String>,
}

/// A checkpoint of the log as it is now: as JSON, or with `Accept: text/plain` as the signed
/// note itself.
#[utoipa::path(
    get, path = "/audit/checkpoint", operation_id = "read_checkpoint", tag = "audit",
    responses((status = 200, body = CheckpointBody), Unanswered),
)]
pub(crate) async fn checkpoint(
    State(app): State<App>,
    _: Permit,
    headers: HeaderMap,
    query: Query,
) -> Result<Response, Problem> {
    query.done()?;
    let note = String::from_utf8_lossy(&app.engine.checkpoint().await?).into_owned();
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    if accept.is_some_and(|accept| accept.starts_with("text/plain")) {
        return Ok(note.into_response());
    }
    Ok(Json(CheckpointBody::of(note, &app.engine)).into_response())
}

impl CheckpointBody {
    fn of(note: String, engine: &Engine) -> Self {
        let mut lines = note.lines();
        let origin = lines.next().unwrap_or_default().to_owned();
        let size = lines.next().and_then(|size| size.parse().ok()).unwrap_or_default();
        let root = lines.next().unwrap_or_default().to_owned();
        Self { origin, size, root, note, public_key: engine.public_key() }
    }

    /// The one that speaks of the log up to a position, and of nothing after it.
    pub(super) async fn up_to(engine: &Engine, position: u64) -> Result<Self, Problem> {
        let note = engine.checkpoint_of(position).await?;
        Ok(Self::of(String::from_utf8_lossy(&note).into_owned(), engine))
    }
}
