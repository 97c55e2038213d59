//! `GET /requests/counts`: how many requests the caller may know of stand where.
//!
//! It opens nothing that is sealed, so a list that keeps itself up to date asks here whether
//! anything moved, and leaves no trace of looking at children every few seconds.

use crate::access::Reach;
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::request::Status;
use serde::Serialize;
use utoipa::ToSchema;

/// How many requests stand where, of those that the caller may know of.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountsShown {
    /// Those about which something is still to be done.
    open: u64,
    /// Open ones for which the caller is accountable.
    mine: u64,
    /// Those that a person must look at.
    with_duty_adviser: u64,
    /// Those that wait for the school.
    awaiting_information: u64,
    /// Those in which it is the school's turn, to answer or to choose.
    waits_for_school: u64,
    /// Those about which a promise is late, whichever it is.
    late: u64,
    /// Open ones about which a line manager was told something; null for schools.
    escalated: Option<u64>,
    closed: u64,
    /// The position of the last event of any of them: another one says that something moved.
    position: u64,
}

/// How many requests that the caller may know of stand where.
#[utoipa::path(
    get, path = "/requests/counts", operation_id = "count_requests", tag = "requests",
    params(AtLeast),
    responses((status = 200, body = CountsShown), Unanswered),
)]
pub(crate) async fn counts(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<CountsShown>, Problem> {
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (me, now) = (permit.caller.id().clone(), app.engine.now());
    let counts = app.views.counts(permit.scope(), me, now).await?;
    let told = permit.reach != Reach::OwnSchool;
    Ok(Json(CountsShown {
        open: counts.open(),
        mine: counts.of_adviser,
        with_duty_adviser: counts.of(Status::WithDutyAdviser),
        awaiting_information: counts.of(Status::AwaitingInformation),
        waits_for_school: counts.waits_for_school,
        late: counts.late,
        escalated: told.then_some(counts.escalated),
        closed: counts.of(Status::Closed),
        position: counts.position,
    }))
}
