//! `GET /audit/events`: the log itself, in the order of positions, and `GET
//! /audit/events/{position}`: one record of it.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use serde_json::value::RawValue;
use utoipa::IntoParams;

/// Which events.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct EventQuery {
    /// Events after this position; from the first when left out.
    after: Option<u64>,
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
}

/// Events exactly as they are stored: codes in the clear, everything personal sealed. The
/// bytes of each are a leaf of the Merkle tree that checkpoints sign.
#[utoipa::path(
    get, path = "/audit/events", operation_id = "read_events", tag = "audit",
    params(EventQuery),
    responses((status = 200, body = Page<Object>, description = "`next` is the position to go on `after`"), Unanswered),
)]
pub(crate) async fn events(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<Page<Box<RawValue>>>, Problem> {
    let after = query.number("after", 0, u64::MAX);
    let limit = query.limit();
    query.done()?;
    let records = app.engine.raw_history(after, limit).await?;
    let last = records.last().map(|(position, _)| *position);
    let next = last.filter(|last| *last < app.engine.head()).map(|last| last.to_string());
    let items = records.into_iter().map(|(_, json)| json).collect();
    Ok(Json(Page { items, next }))
}

/// One event exactly as it is stored. `GET /audit/proofs/inclusion` proves that it is in the log.
#[utoipa::path(
    get, path = "/audit/events/{position}", operation_id = "read_event", tag = "audit",
    params(("position" = u64, Path, minimum = 1, description = "Its place in the log")),
    responses((status = 200, body = Object), Unanswered),
)]
pub(crate) async fn event(
    State(app): State<App>,
    _: Permit,
    Place(position): Place,
    query: Query,
) -> Result<Json<Box<RawValue>>, Problem> {
    query.done()?;
    let position = position.parse::<u64>().ok().and_then(|it| it.checked_sub(1));
    let after = position.ok_or_else(Problem::not_found)?;
    let found = app.engine.raw_history(after, 1).await?.into_iter().next();
    found.map(|(_, json)| Json(json)).ok_or_else(Problem::not_found)
}
