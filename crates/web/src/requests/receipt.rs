//! `GET /requests/{id}/receipt`: what a school keeps, to prove without us what we were sent.
//!
//! A receipt holds the event's exact bytes, in which everything personal is sealed, its proof,
//! and a signed checkpoint. It goes on proving the same after the child was erased.

use super::actions::request_id;
use super::timeline::WHY;
use crate::access::Reach;
use crate::app::{App, Permit};
use crate::audit::proofs::{note, texts};
use crate::openapi::{OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use engine::Included;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::Entry;

/// A receipt for which of the request's events.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ReceiptQuery {
    /// The event's id; that of the request's arrival when nothing is said.
    event: Option<Uuid>,
    /// The event's position.
    position: Option<u64>,
    /// The size of a checkpoint that is kept; one of now when left out.
    size: Option<u64>,
}

/// A receipt: `frontdoor verify --receipt` checks it, and so does any program that knows RFC
/// 6962 and C2SP signed notes.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReceiptShown {
    request: Uuid,
    event: Uuid,
    #[serde(rename = "type")]
    #[schema(example = "request.received")]
    name: String,
    position: u64,
    /// The event's number in the tree, from 0.
    leaf_index: u64,
    /// The event's exact bytes, in base 64.
    leaf: String,
    /// How many records the tree has.
    size: u64,
    /// The audit path from the leaf's sibling up, in base 64.
    hashes: Vec<String>,
    /// The tree's root, in base 64; the checkpoint says the same.
    root: String,
    /// The C2SP signed note.
    checkpoint: String,
    /// Whose log.
    origin: String,
    /// What to check the note with. Compare it with the one that the council publishes.
    public_key: Option<String>,
}

/// A receipt for the arrival of a request, or for another of its events: as JSON, or with
/// `Accept: text/plain` as a C2SP tlog-proof.
#[utoipa::path(
    get, path = "/requests/{id}/receipt", operation_id = "read_receipt", tag = "audit",
    params(OfRequest, ReceiptQuery),
    responses((status = 200, body = ReceiptShown), Unanswered),
)]
pub(crate) async fn receipt(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let (event, position) = (query.read::<Uuid>("event"), query.read::<u64>("position"));
    let size = query.read::<u64>("size");
    query.done()?;
    let request = request_id(&id)?;
    app.fresh(0).await?;
    let entries = app.views.timeline(permit.scope(), request).await?;
    let entries = entries.ok_or_else(Problem::not_found)?;
    let asked = |entry: &&Entry| {
        let arrival = event.is_none() && position.is_none() && entry.name == "request.received";
        arrival
            || (event.is_none_or(|it| it == entry.id.0)
                && position.is_none_or(|it| it == entry.position)
                && (event.is_some() || position.is_some()))
    };
    let entry = entries.iter().find(asked).ok_or_else(Problem::not_found)?;
    let included = app.engine.inclusion(entry.position, size).await?;
    let included = included.filter(|it| !it.proof.note.is_empty()).ok_or_else(|| {
        let detail = "there is no checkpoint of this size that knows of the event";
        Problem::fault("size", detail)
    })?;
    if permit.reach == Reach::OwnSchool && !is_for_the_school(entry, &included.proof.leaf) {
        return Err(Problem::not_found());
    }
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    if accept.is_some_and(|accept| accept.starts_with("text/plain")) {
        return Ok(included.proof.to_text().into_response());
    }
    Ok(Json(ReceiptShown::of(&app, request.0, entry, &included)).into_response())
}

/// A receipt is the whole event. The school gets it when it may read all of it: not when the
/// words in it, sealed or not, are among the council's own people.
fn is_for_the_school(entry: &Entry, leaf: &[u8]) -> bool {
    let Ok(stored) = serde_json::from_slice::<Value>(leaf) else { return false };
    let why = WHY.iter().any(|member| stored["data"].get(member).is_some());
    entry.words_visible_to_school || (stored.get("sealed").is_none() && !why)
}

impl ReceiptShown {
    fn of(app: &App, request: Uuid, entry: &Entry, included: &Included) -> Self {
        let checkpoint = note(&included.proof.note).unwrap_or_default();
        Self {
            request,
            event: entry.id.0,
            name: entry.name.clone(),
            position: entry.position,
            leaf_index: included.proof.index,
            leaf: BASE64_STANDARD.encode(&included.proof.leaf),
            size: included.size,
            hashes: texts(&included.proof.hashes),
            root: included.root.to_string(),
            origin: checkpoint.lines().next().unwrap_or_default().to_owned(),
            checkpoint,
            public_key: app.engine.public_key(),
        }
    }
}
