//! `GET /audit/proofs/consistency`: that the log only grew.

use super::{beyond, texts};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use engine::Consistent;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which two trees.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ConsistencyQuery {
    /// How many records the smaller tree has: the size in a checkpoint that was kept.
    from: u64,
    /// How many the greater one has; a checkpoint of all there are when left out.
    to: Option<u64>,
}

/// That one tree begins with another: a proof of RFC 6962, section 2.1.2.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsistencyShown {
    from: u64,
    to: u64,
    /// The root of the smaller tree, in base 64: compare it with the one that was kept.
    from_root: String,
    to_root: String,
    /// The proof, in base 64.
    hashes: Vec<String>,
}

/// That the log of so many records begins with the log of fewer.
#[utoipa::path(
    get, path = "/audit/proofs/consistency", operation_id = "read_consistency_proof", tag = "audit",
    params(ConsistencyQuery),
    responses((status = 200, body = ConsistencyShown), Unanswered),
)]
pub(crate) async fn consistency(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<ConsistencyShown>, Problem> {
    let (from, to) = (query.needed("from"), query.read::<u64>("to"));
    query.done()?;
    let head = app.engine.head();
    if to.is_some_and(|to| to > head) {
        return Err(beyond("to", head));
    }
    let consistent = app.engine.consistency(from, to).await?;
    let Consistent { from, to, from_root, to_root, hashes } = consistent.ok_or_else(|| {
        let most = to.unwrap_or(head);
        Problem::fault("from", format!("a size from 0 to {most}, that of the greater tree"))
    })?;
    let (from_root, to_root) = (from_root.to_string(), to_root.to_string());
    Ok(Json(ConsistencyShown { from, to, from_root, to_root, hashes: texts(&hashes) }))
}
