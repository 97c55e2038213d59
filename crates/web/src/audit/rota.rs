//! `GET /audit/rotas/{team}/{month}`: a month of a rota as it was known at a moment, and who was
//! on duty by it.

use super::entry_then::{EntryThen, story};
use super::moment::{AsAtQuery, Asked};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::place::Places;
use crate::problem::Problem;
use crate::query::Query;
use crate::rota::shifts::{ShiftItem, shifts_of};
use axum::Json;
use axum::extract::State;
use domain::ids::TeamId;
use domain::rota::Month;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which month of which team.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfRotaMonth {
    /// The team.
    #[param(example = "front-door")]
    team: String,
    /// The month.
    #[param(example = "2026-11")]
    month: String,
}

/// A month of a rota as it was known. What was put over it and who was away is in the events.
#[derive(Serialize, ToSchema)]
pub(crate) struct RotaThen {
    shifts: Vec<ShiftItem>,
    /// Who was on duty at the moment itself, by account; null: nobody.
    on_duty: Option<String>,
    /// By which version of the rota.
    rota_version: Option<u32>,
}

/// A month of a rota as it was known at a moment, and who was on duty then by what was known.
#[utoipa::path(
    get, path = "/audit/rotas/{team}/{month}", operation_id = "read_rota_as_at", tag = "audit",
    params(OfRotaMonth, AsAtQuery),
    responses((status = 200, body = EntryThen<RotaThen>), Unanswered),
)]
pub(crate) async fn rota(
    State(app): State<App>,
    _: Permit,
    Places(team, month): Places,
    mut query: Query,
) -> Result<Json<EntryThen<RotaThen>>, Problem> {
    let asked = Asked::read(&mut query);
    query.done()?;
    let team: TeamId = team.parse().map_err(|_| Problem::not_found())?;
    let month: Month = month.parse().map_err(|_| Problem::not_found())?;
    let then = asked.then(&app.engine).await?;
    let events = story(&app.engine, &format!("rota-{team}-{month}"), then).await?;
    let desk = app.engine.desk_at(then.position).await?;
    let rota = desk.rotas.get(&team).ok_or_else(Problem::not_found)?;
    let on_duty = rota.on_duty(then.at);
    let state = RotaThen {
        shifts: shifts_of(rota, month),
        rota_version: on_duty.as_ref().map(|on| on.rota_version),
        on_duty: on_duty.map(|on| on.adviser.to_string()),
    };
    EntryThen::of(&app.engine, then, events, state).await.map(Json)
}
