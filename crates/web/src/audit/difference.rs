//! `GET /audit/requests/{id}/difference`: what changed about a request between two moments.

use super::as_at::standing;
use super::changes::{Changed, changes};
use super::moment::{Asked, Then};
use super::reader::Reader;
use crate::app::{App, Permit};
use crate::openapi::{OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::actions::request_id;
use crate::requests::timeline::EventShown;
use axum::Json;
use axum::extract::State;
use domain::ids::RequestId;
use engine::Engine;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use views::Scope;

/// Between which moments.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct DifferenceQuery {
    /// The earlier moment: an instant, a day in London, or a position of the log.
    from: String,
    /// The later one; now when left out.
    to: Option<String>,
}

/// One end of a comparison.
#[derive(Serialize, ToSchema)]
pub(crate) struct End {
    #[schema(value_type = String, format = DateTime)]
    as_at: Timestamp,
    position: u64,
}

/// What changed about a request.
#[derive(Serialize, ToSchema)]
pub(crate) struct DifferenceShown {
    from: End,
    to: End,
    /// Every member of the request, its triage and its clocks that is not what it was.
    changes: Vec<Changed>,
    /// The events after the first moment up to the second.
    events: Vec<EventShown>,
}

/// What changed about a request between two moments, member by member, and the events that
/// changed it.
#[utoipa::path(
    get, path = "/audit/requests/{id}/difference", operation_id = "read_difference", tag = "audit",
    params(OfRequest, DifferenceQuery),
    responses((status = 200, body = DifferenceShown), Unanswered),
)]
pub(crate) async fn difference(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<DifferenceShown>, Problem> {
    if !query.has("from") {
        query.say("from", "this is required: an instant, or a position of the log");
    }
    let (from, to) = (Asked::either(&mut query, "from"), Asked::either(&mut query, "to"));
    query.done()?;
    let request = request_id(&id)?;
    let (from, to) = (from.then(&app.engine).await?, to.then(&app.engine).await?);
    let reader = Reader::Permitted(&app, &permit);
    between(&app.engine, &reader, permit.scope(), request, (from, to)).await.map(Json)
}

/// What changed between two moments, as far as the reader may know it.
pub(super) async fn between(
    engine: &Engine,
    reader: &Reader<'_>,
    scope: Scope,
    request: RequestId,
    (from, to): (Then, Then),
) -> Result<DifferenceShown, Problem> {
    if from.position > to.position {
        return Err(Problem::fault("to", "this is before “from”"));
    }
    let (before, _) = standing(engine, reader, scope.clone(), request, from).await?;
    let (after, mut events) = standing(engine, reader, scope, request, to).await?;
    events.retain(|event| event.position() > from.position);
    let value = |it| serde_json::to_value(it).map_err(|error| Problem::broken(&error));
    let changes = changes(&value(before)?, &value(after)?);
    let end = |then: Then| End { as_at: then.at, position: then.position };
    Ok(DifferenceShown { from: end(from), to: end(to), changes, events })
}
