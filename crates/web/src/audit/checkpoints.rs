//! `GET /audit/checkpoints`: every checkpoint that was signed, with the words of its witnesses.

use crate::app::{App, Permit};
use crate::openapi::{PageQuery, Unanswered};
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use engine::Engine;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A checkpoint as it is kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckpointKept {
    /// How many records it speaks of.
    size: u64,
    /// The C2SP signed note, with every signature under it.
    note: String,
    /// Which known witnesses saw it, and when they say that they did.
    cosignatures: Vec<CosignatureShown>,
}

/// The word of a witness.
#[derive(Serialize, ToSchema)]
pub(crate) struct CosignatureShown {
    #[schema(example = "witness.example/w1")]
    witness: String,
    /// By the witness's own clock.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

impl CheckpointKept {
    pub(super) fn of(engine: &Engine, size: u64, note: &[u8]) -> Self {
        let shown = |it: engine::Cosigned| CosignatureShown {
            at: Timestamp::from_second(it.at_seconds).ok(),
            witness: it.witness,
        };
        let cosignatures = engine.cosigned(note).into_iter().map(shown).collect();
        Self { size, note: String::from_utf8_lossy(note).into_owned(), cosignatures }
    }
}

/// Checkpoints that were signed, smallest first. Keep one elsewhere, or sign under it.
#[utoipa::path(
    get, path = "/audit/checkpoints", operation_id = "list_checkpoints", tag = "audit",
    params(PageQuery),
    responses((status = 200, body = Page<CheckpointKept>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<Page<CheckpointKept>>, Problem> {
    let (limit, after) = (query.limit(), query.read::<u64>("cursor"));
    query.done()?;
    let mut kept = app.engine.checkpoints(after).await?;
    kept.truncate(limit.saturating_add(1));
    let shown = |it: &engine::Checkpoint| CheckpointKept::of(&app.engine, it.size, &it.note);
    let kept = kept.iter().map(shown).collect();
    Ok(Json(Page::of(kept, limit, |last| last.size.to_string())))
}
