//! `GET /requests/{id}/hand-over-record`: what another authority is given with a request.

use super::read::{RequestShown, detail, opened};
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::Authority;
use serde::Serialize;
use utoipa::ToSchema;

/// A request as it is given to another authority: what was asked, by whom, the child, the
/// needs, the evidence, the consent, and what the school answered since.
#[derive(Serialize, ToSchema)]
pub(crate) struct HandOverRecord {
    /// Our authority,
    #[schema(value_type = Option<String>, example = "865")]
    from: Option<Authority>,
    /// and our name.
    council: String,
    /// The authority in which the child lives.
    #[schema(value_type = String, example = "835")]
    to: Authority,
    request: RequestShown,
}

/// The record of a redirected request, to give to the other authority. That it was opened is
/// put on record like every look at a child.
#[utoipa::path(
    get, path = "/requests/{id}/hand-over-record", operation_id = "read_hand_over_record",
    tag = "requests",
    params(OfRequest, AtLeast),
    responses(
        (status = 200, body = HandOverRecord),
        (status = 409, description = "It was not redirected", content_type = "application/problem+json", body = Problem),
        Unanswered,
    ),
)]
pub(crate) async fn hand_over_record(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Json<HandOverRecord>, Problem> {
    let detail = detail(&app, &permit, &id, query).await?;
    let Some(to) = detail.case.redirected.clone() else {
        return Err(Problem::conflict("confirm the redirect first; there is nobody to give it to"));
    };
    let request = opened(&app, &permit, detail).await?;
    let desk = app.engine.desk().await?;
    let (from, council) = (desk.authority.clone(), desk.council.clone());
    Ok(Json(HandOverRecord { from, council, to, request }))
}
