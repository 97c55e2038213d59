//! `GET /duty`: who is on duty at an instant, and under which version of the rota.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::TeamId;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Who answers for what arrives at an instant.
#[derive(Serialize, ToSchema)]
pub(crate) struct DutyBody {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(example = "front-door")]
    team: String,
    /// The adviser, by account; null when the rota names nobody within two months.
    adviser: Option<String>,
    /// The adviser's name.
    name: Option<String>,
    /// The version of that month of the rota.
    rota_version: Option<u32>,
    /// Whether the adviser is on at that very instant.
    on_duty: bool,
    /// When the adviser's shift begins, if nobody is on.
    #[schema(value_type = Option<String>, format = DateTime)]
    from_next_shift_at: Option<Timestamp>,
}

/// At which instant.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct DutyQuery {
    /// The instant; now when left out.
    #[param(format = DateTime)]
    at: Option<String>,
    /// The team; `front-door` when left out.
    team: Option<String>,
}

/// Who is on duty at an instant, under the rota as it is known now.
#[utoipa::path(
    get, path = "/duty", operation_id = "read_duty", tag = "directory",
    params(DutyQuery),
    responses((status = 200, body = DutyBody), Unanswered),
)]
pub(crate) async fn duty(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<DutyBody>, Problem> {
    let at = query.read::<Timestamp>("at").unwrap_or_else(|| app.engine.now());
    let team = query.read::<TeamId>("team").unwrap_or_else(TeamId::front_door);
    query.done()?;
    let desk = app.engine.desk().await?;
    let rota = desk.rotas.get(&team).ok_or_else(Problem::not_found)?;
    let duty = rota.duty(at);
    let name = duty.adviser.as_ref().and_then(|id| desk.accounts.get(id));
    Ok(Json(DutyBody {
        at,
        team: team.to_string(),
        name: name.map(|account| account.name.clone()),
        on_duty: duty.adviser.is_some() && duty.from_next_shift_at.is_none(),
        adviser: duty.adviser.map(|id| id.to_string()),
        rota_version: duty.rota_version,
        from_next_shift_at: duty.from_next_shift_at,
    }))
}
