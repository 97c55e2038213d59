//! `GET /audit/requests/{id}`: a request as it stood at a moment, and what proves it.

use super::checkpoint::CheckpointBody;
use super::moment::{AsAtQuery, Asked, Then};
use super::past::Past;
use super::reader::Reader;
use crate::app::{App, Permit};
use crate::openapi::{OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::actions::request_id;
use crate::requests::clocks::{ClockShown, clocks_at};
use crate::requests::read::{RequestShown, shown};
use crate::requests::timeline::{EventShown, lines};
use crate::requests::triage::{TriageShown, explained};
use axum::Json;
use axum::extract::State;
use domain::ids::RequestId;
use engine::Engine;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use views::Scope;

/// A request as it stood at a moment: what was known of it then, whatever was learnt later.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestThen {
    /// The moment.
    #[schema(value_type = String, format = DateTime)]
    as_at: Timestamp,
    /// The last position of the log that was known of.
    position: u64,
    /// What was signed for the log up to there.
    checkpoint: CheckpointBody,
    #[serde(flatten)]
    standing: StandingThen,
    /// Its events up to there, in order.
    events: Vec<EventShown>,
}

/// Where a request stood, which is what two moments are compared by.
#[derive(Serialize, ToSchema)]
pub(super) struct StandingThen {
    #[serde(flatten)]
    request: RequestShown,
    /// Where the rules had sent it, and why; null while they had not.
    triage: Option<TriageShown>,
    /// Its promises, as they stood at the moment.
    clocks: Vec<ClockShown>,
}

/// A request as it stood at a moment, with everything that had happened to it and the checkpoint
/// that proves it. The moment is one of recording: what had been learnt by then.
#[utoipa::path(
    get, path = "/audit/requests/{id}", operation_id = "read_request_as_at", tag = "audit",
    params(OfRequest, AsAtQuery),
    responses((status = 200, body = RequestThen), Unanswered),
)]
pub(crate) async fn as_at(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<RequestThen>, Problem> {
    let asked = Asked::read(&mut query);
    query.done()?;
    let request = request_id(&id)?;
    let then = asked.then(&app.engine).await?;
    let reader = Reader::Permitted(&app, &permit);
    request_then(&app.engine, &reader, permit.scope(), request, then).await.map(Json)
}

/// A request as it stood, as far as the reader may know it.
pub(super) async fn request_then(
    engine: &Engine,
    reader: &Reader<'_>,
    scope: Scope,
    request: RequestId,
    then: Then,
) -> Result<RequestThen, Problem> {
    let (standing, events) = standing(engine, reader, scope, request, then).await?;
    let checkpoint = CheckpointBody::up_to(engine, then.position).await?;
    let Then { position, at: as_at, .. } = then;
    Ok(RequestThen { as_at, position, checkpoint, standing, events })
}

/// Where it stood, and what had happened.
pub(super) async fn standing(
    engine: &Engine,
    reader: &Reader<'_>,
    scope: Scope,
    request: RequestId,
    then: Then,
) -> Result<(StandingThen, Vec<EventShown>), Problem> {
    let past = Past::of(engine, request, then).await?;
    let known = past.shown_to(scope).await?.ok_or_else(Problem::not_found)?;
    // Rules and calendars are looked up by the versions that the events name; these stay.
    let desk = engine.desk().await?;
    let case = &known.detail.case;
    let triage = case.triage.clone().map(|triage| explained(triage, &desk));
    let clocks = clocks_at(case, then.at, &*desk);
    let request = shown(reader, known.detail, vec![]).await?;
    let events = lines(reader, known.timeline, false).await?;
    Ok((StandingThen { request, triage, clocks }, events))
}
