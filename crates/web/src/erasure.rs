//! `GET /children/{id}/erasure`: the certificate of an erasure, for keeping elsewhere.

use crate::app::{App, Permit};
use crate::audit::proofs::inclusion::InclusionShown;
use crate::audit::proofs::texts;
use crate::openapi::Unanswered;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::child::ErasureReason;
use domain::ids::{ChildId, HoldId, RequestId};
use engine::{Actor, Certificate};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What was erased, who asked for it, and what proves that nothing else was touched. It names
/// nobody.
#[derive(Serialize, ToSchema)]
pub(crate) struct CertificateShown {
    /// Every pseudonym that the child had.
    #[schema(value_type = Vec<String>)]
    children: Vec<ChildId>,
    /// The requests about the child. They stand; what was personal in them is noise.
    #[schema(value_type = Vec<String>)]
    requests: Vec<RequestId>,
    #[schema(value_type = String, format = DateTime)]
    erased_at: Timestamp,
    /// Why, if it was said.
    #[schema(value_type = Option<String>, example = "request")]
    reason: Option<ErasureReason>,
    /// Who asked for it.
    #[schema(value_type = Object)]
    erased_by: Actor,
    /// The keys that were destroyed, by name.
    keys: Vec<String>,
    /// How many sealed parts of events can be opened by nobody any more.
    sealed_boxes: u64,
    /// How many drafts went with the child: those that became its requests, and those that named
    /// it and were not sent yet.
    drafts: u64,
    /// How many documents can be opened by nobody any more.
    documents: u64,
    /// The holds that had been placed on the child. None of them held then.
    #[schema(value_type = Vec<String>)]
    holds_checked: Vec<HoldId>,
    /// The log just before it was recorded.
    before: TreeShown,
    /// That it was recorded: the record's place in the tree, and the signed checkpoint.
    recorded: InclusionShown,
    /// That the tree with the record begins with the tree before it (RFC 6962, section 2.1.2), in
    /// base 64.
    consistency: Vec<String>,
}

/// A tree of records.
#[derive(Serialize, ToSchema)]
pub(crate) struct TreeShown {
    /// How many records it has.
    size: u64,
    /// Its RFC 6962 root, in base 64.
    root: String,
}

/// The certificate of a child's erasure.
#[utoipa::path(
    get, path = "/children/{id}/erasure", operation_id = "read_erasure", tag = "privacy",
    params(("id" = String, Path, format = Uuid, description = "Any of the child's pseudonyms")),
    responses((status = 200, body = CertificateShown), Unanswered),
)]
pub(crate) async fn certificate(
    State(app): State<App>,
    _: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Json<CertificateShown>, Problem> {
    query.done()?;
    let child = Uuid::try_parse(&id).map(ChildId).map_err(|_| Problem::not_found())?;
    let certificate = app.engine.certificate(child).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(certificate.into()))
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

impl From<Certificate> for CertificateShown {
    fn from(certificate: Certificate) -> Self {
        let Certificate { erasure, keys, reached, holds, included, consistent } = certificate;
        Self {
            children: erasure.children,
            requests: reached.requests.into_iter().collect(),
            erased_at: erasure.erased_at,
            reason: erasure.reason,
            erased_by: erasure.by,
            keys,
            sealed_boxes: reached.boxes,
            drafts: count(reached.drafts.len()),
            documents: count(reached.documents.len()),
            holds_checked: holds,
            before: TreeShown { size: consistent.from, root: consistent.from_root.to_string() },
            recorded: included.into(),
            consistency: texts(&consistent.hashes),
        }
    }
}
