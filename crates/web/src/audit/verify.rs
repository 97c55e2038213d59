//! `GET /audit/verify`: the log, verified now, for whoever has no shell on the machine.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use engine::Verified;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// When to ask again while another verification has not ended.
const AGAIN_AFTER_SECONDS: u64 = 5;

/// What came of verifying the log.
#[derive(Serialize, ToSchema)]
pub(crate) struct VerifiedShown {
    /// `sound`; `damaged`; or `too_long`, when it is too long to be verified while somebody
    /// waits: then `frontdoor verify` does it on the machine.
    #[schema(example = "sound")]
    verdict: &'static str,
    /// When it was found.
    #[schema(value_type = String, format = DateTime)]
    verified_at: Timestamp,
    /// How many records were verified.
    records: u64,
    /// The root of the Merkle tree over them (RFC 6962), in base 64; null unless it is sound.
    root: Option<String>,
    /// How many streams they form,
    streams: Option<usize>,
    /// how many checkpoints agree with them,
    checkpoints: Option<usize>,
    /// and how many records are under no checkpoint yet.
    unsigned_records: Option<u64>,
    /// The first position at which something is not as it was written.
    position: Option<u64>,
    /// What is wrong there.
    what: Option<String>,
    /// With which key checkpoints were checked.
    public_key: Option<String>,
}

/// Verify the log now: every record in its place, every hash, and every checkpoint that was
/// signed, as `frontdoor verify` does. One at a time: while another has not ended, 429.
#[utoipa::path(
    get, path = "/audit/verify", operation_id = "verify_log", tag = "audit",
    responses((status = 200, body = VerifiedShown), Unanswered),
)]
pub(crate) async fn verify(
    State(app): State<App>,
    _: Permit,
    query: Query,
) -> Result<Response, Problem> {
    query.done()?;
    let verified = app.engine.verify().await?;
    let unknown = VerifiedShown {
        verdict: "sound",
        verified_at: app.engine.now(),
        records: 0,
        root: None,
        streams: None,
        checkpoints: None,
        unsigned_records: None,
        position: None,
        what: None,
        public_key: app.engine.public_key(),
    };
    let shown = match verified {
        Verified::Sound { records, root, streams, checkpoints, unsigned_records } => {
            VerifiedShown {
                records,
                root: Some(root.to_string()),
                streams: Some(streams),
                checkpoints: Some(checkpoints),
                unsigned_records: Some(unsigned_records),
                ..unknown
            }
        }
        Verified::Damaged { position, what } => VerifiedShown {
            verdict: "damaged",
            records: position.unwrap_or_default().saturating_sub(1),
            position,
            what: Some(what),
            ..unknown
        },
        Verified::TooLong { reached } => {
            VerifiedShown { verdict: "too_long", records: reached, ..unknown }
        }
        Verified::UnderWay => return Ok(Problem::too_many(AGAIN_AFTER_SECONDS)),
    };
    Ok(Json(shown).into_response())
}
