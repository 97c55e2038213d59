//! `GET /audit/proofs/inclusion`: that a record is in the log.

use super::{beyond, note, texts};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use engine::Included;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which record, in which tree.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct InclusionQuery {
    /// The record's position, from 1.
    #[param(minimum = 1)]
    position: u64,
    /// How many records the tree has; a checkpoint of all there are when left out.
    #[param(minimum = 1)]
    size: Option<u64>,
}

/// That a record is in a tree: an audit path of RFC 6962, section 2.1.1.
#[derive(Serialize, ToSchema)]
pub(crate) struct InclusionShown {
    position: u64,
    /// The record's number in the tree, from 0.
    leaf_index: u64,
    /// How many records the tree has.
    size: u64,
    /// SHA-256 of a zero byte and the record's bytes, in base 64.
    leaf_hash: String,
    /// From the leaf's sibling up, in base 64.
    hashes: Vec<String>,
    /// The tree's root, in base 64.
    root: String,
    /// The signed note of a tree of this size, if there is one.
    checkpoint: Option<String>,
}

impl From<Included> for InclusionShown {
    fn from(included: Included) -> Self {
        let Included { size, root, leaf_hash, proof } = included;
        Self {
            position: proof.index.saturating_add(1),
            leaf_index: proof.index,
            size,
            leaf_hash: leaf_hash.to_string(),
            hashes: texts(&proof.hashes),
            root: root.to_string(),
            checkpoint: note(&proof.note),
        }
    }
}

/// That a record is in the log as it was when it had so many.
#[utoipa::path(
    get, path = "/audit/proofs/inclusion", operation_id = "read_inclusion_proof", tag = "audit",
    params(InclusionQuery),
    responses((status = 200, body = InclusionShown), Unanswered),
)]
pub(crate) async fn inclusion(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<InclusionShown>, Problem> {
    let (position, size) = (query.needed("position"), query.read::<u64>("size"));
    query.done()?;
    let head = app.engine.head();
    if size.is_some_and(|size| size > head) {
        return Err(beyond("size", head));
    }
    let included = app.engine.inclusion(position, size).await?;
    let included = included.ok_or_else(|| {
        let most = size.unwrap_or(head);
        Problem::fault("position", format!("a position from 1 to {most}, the size of the tree"))
    })?;
    Ok(Json(included.into()))
}
