//! `GET /duty`: who is on duty at an instant, under which version of the rota, as it is known
//! now or as it was known then.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::desk::Desk;
use domain::ids::TeamId;
use domain::rota::{Answering, OnDuty, Rota};
use domain::team::Skill;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Who answers for what arrives at an instant.
#[derive(Serialize, ToSchema)]
pub(crate) struct DutyBody {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Up to when what was recorded of the rota counts; null: up to now.
    #[schema(value_type = Option<String>, format = DateTime)]
    known_at: Option<Timestamp>,
    #[schema(example = "front-door")]
    team: String,
    /// The adviser, by account: the first of `people`. Where the rota names nobody within two
    /// months, the line manager; null where there is none.
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
    /// Up to when the adviser is on, if they are.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// Everybody who is on, or comes on then.
    people: Vec<PersonItem>,
    /// Who answers after the adviser; null where the rota names nobody else within two months.
    next: Option<NextItem>,
}

/// Somebody who answers from then on.
#[derive(Serialize, ToSchema)]
pub(crate) struct NextItem {
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[serde(flatten)]
    person: PersonItem,
}

/// Somebody who is on.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonItem {
    /// By account.
    adviser: String,
    name: Option<String>,
    /// By which shift; null: by an override.
    shift: Option<String>,
    /// For which skill, if the shift asks for one.
    #[schema(value_type = Option<String>)]
    skill: Option<Skill>,
    rota_version: u32,
}

/// At which instant.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct DutyQuery {
    /// The instant; now when left out.
    #[param(format = DateTime)]
    at: Option<String>,
    /// As the rota was known at this instant; as it is known now when left out.
    #[param(format = DateTime)]
    known_at: Option<String>,
    /// The team; `front-door` when left out.
    team: Option<String>,
}

/// Who is on duty at an instant: as the rota is known now, or as it was known then.
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
    let at = query.instant("at").unwrap_or_else(|| app.engine.now());
    let known_at = query.instant("known_at");
    let team = query.read::<TeamId>("team").unwrap_or_else(TeamId::front_door);
    query.done()?;
    let desk = app.engine.desk().await?;
    let now_known = desk.rotas.get(&team).ok_or_else(Problem::not_found)?;
    let then_known = match known_at {
        Some(known_at) => app.engine.rota_as_known(&team, at, known_at).await?.unwrap_or_default(),
        None => Rota::default(),
    };
    let rota = if known_at.is_some() { &then_known } else { now_known };
    let duty = rota.duty(at);
    let Answering { people, from_next_shift_at } = rota.answering(at);
    let name = duty.adviser.as_ref().and_then(|id| desk.accounts.get(id));
    let starts_at = from_next_shift_at.unwrap_or(at);
    let until = people.first().and_then(|on| rota.on_until(&on.adviser, starts_at));
    Ok(Json(DutyBody {
        at,
        known_at,
        team: team.to_string(),
        name: name.map(|account| account.name.clone()),
        on_duty: !people.is_empty() && from_next_shift_at.is_none(),
        adviser: duty.adviser.map(|id| id.to_string()),
        rota_version: duty.rota_version,
        from_next_shift_at,
        until,
        people: people.into_iter().map(|on| person(&desk, on)).collect(),
        next: rota.relief(at).map(|(from, on)| NextItem { from, person: person(&desk, on) }),
    }))
}

pub(crate) fn person(desk: &Desk, on: OnDuty) -> PersonItem {
    PersonItem {
        name: desk.accounts.get(&on.adviser).map(|account| account.name.clone()),
        adviser: on.adviser.to_string(),
        shift: on.layer.map(|layer| layer.to_string()),
        skill: on.skill,
        rota_version: on.rota_version,
    }
}
