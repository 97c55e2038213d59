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
use engine::EventsSought;
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
    /// Only of this kind: `request.routed`, or `request` for whatever happens to requests.
    #[param(rename = "type", example = "request.routed")]
    kind: Option<String>,
    /// Only by this account, or this part of the front door itself.
    #[param(example = "demo-adviser")]
    actor: Option<String>,
    /// Only those recorded at this instant, or on this day in London, or later.
    from: Option<String>,
    /// Only those recorded before this instant, or by the end of this day in London.
    to: Option<String>,
}

/// Events exactly as they are stored: codes in the clear, everything personal sealed. The
/// bytes of each are a leaf of the Merkle tree that checkpoints sign.
#[utoipa::path(
    get, path = "/audit/events", operation_id = "read_events", tag = "audit",
    params(EventQuery),
    responses((status = 200, body = Page<Object>, description = "`next` is the position to go on `after`. For one page at most 10,000 records are gone through, so that with `type` or `actor` a page may be short, or empty, and still go on."), Unanswered),
)]
pub(crate) async fn events(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<Page<Box<RawValue>>>, Problem> {
    let after = query.number("after", 0, u64::MAX);
    let limit = query.limit();
    let sought = EventsSought {
        kind: query.read("type"),
        actor: query.text("actor"),
        from: query.instant("from"),
        until: query.until("to"),
    };
    query.done()?;
    if sought.from.zip(sought.until).is_some_and(|(from, until)| from > until) {
        return Err(Problem::fault("from", "this is later than “to”"));
    }
    let found = app.engine.events_sought(&sought, after, limit).await?;
    let next = found.next.map(|position| position.to_string());
    let items = found.events.into_iter().map(|(_, json)| json).collect();
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
