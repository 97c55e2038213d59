//! `GET|POST|PUT /rotas/{team}/absences`: who is away. What waits for them is handed on when
//! they go.

use super::{OfMonth, OfTeam, as_themselves, change, month, name_of, read, rota_of};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::form::{code, instant};
use crate::openapi::{Refused, Unanswered, Write};
use crate::page::Page;
use crate::place::{Place, Places};
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use domain::desk::Desk;
use domain::ids::{AbsenceId, AccountId};
use domain::rota::{Absence, RotaCommand, RotaRefusal};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Somebody is away.
#[derive(Serialize, ToSchema)]
pub(crate) struct AbsenceItem {
    #[schema(value_type = String, format = Uuid)]
    id: AbsenceId,
    /// By account.
    adviser: String,
    name: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
}

/// Somebody will be away.
#[derive(ToSchema)]
#[schema(example = json!({"adviser": "amara-okafor", "from": "2026-11-23T00:00:00Z",
    "to": "2026-11-28T00:00:00Z"}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AbsenceBody {
    /// Its name, for whoever wants to choose it.
    #[schema(format = Uuid)]
    id: Option<String>,
    /// By account; whoever calls, when left out.
    adviser: Option<String>,
    #[schema(format = DateTime)]
    from: String,
    /// Within a year.
    #[schema(format = DateTime)]
    to: String,
}

/// Somebody is back.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct BackBody {
    /// From this instant on; now when left out. At or before the beginning: they never were
    /// away.
    #[schema(format = DateTime)]
    at: Option<String>,
}

/// Which absence.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfAbsence {
    /// The team.
    #[param(example = "front-door")]
    team: String,
    /// The absence.
    #[param(format = Uuid)]
    id: String,
}

/// Who is away in a month.
#[utoipa::path(
    get, path = "/rotas/{team}/absences", operation_id = "read_absences", tag = "rota",
    params(OfTeam, OfMonth),
    responses((status = 200, body = Page<AbsenceItem>), Unanswered),
)]
pub(crate) async fn read_absences(
    State(app): State<App>,
    _: Permit,
    Place(team): Place,
    mut query: Query,
) -> Result<Json<Page<AbsenceItem>>, Problem> {
    let month = month(&app, &mut query);
    query.done()?;
    let desk = app.engine.desk().await?;
    let (_, rota) = rota_of(&desk, &team)?;
    let absences = rota.month(month).map(|month| month.absences.as_slice()).unwrap_or_default();
    Ok(Json(Page { items: absences.iter().map(|it| item(&desk, it)).collect(), next: None }))
}

/// Record that somebody is away: an adviser themselves, whoever keeps the rota anybody.
#[utoipa::path(
    post, path = "/rotas/{team}/absences", operation_id = "record_absence", tag = "rota",
    params(OfTeam, Write),
    request_body(content = AbsenceBody, content_type = "application/json"),
    responses((status = 201, body = AbsenceItem), Refused),
)]
pub(crate) async fn record_absence(
    State(app): State<App>,
    Place(team): Place,
    incoming: Incoming,
) -> Result<Written<AbsenceItem>, Problem> {
    record(&app, &team, &incoming).await
}

/// The same, under a name that the caller chooses: again and again, it is one absence.
#[utoipa::path(
    put, path = "/rotas/{team}/absences", operation_id = "put_absence", tag = "rota",
    params(OfTeam, Write),
    request_body(content = AbsenceBody, content_type = "application/json"),
    responses((status = 201, body = AbsenceItem), Refused),
)]
pub(crate) async fn put_absence(
    State(app): State<App>,
    Place(team): Place,
    incoming: Incoming,
) -> Result<Written<AbsenceItem>, Problem> {
    record(&app, &team, &incoming).await
}

async fn record(
    app: &App,
    team: &str,
    incoming: &Incoming,
) -> Result<Written<AbsenceItem>, Problem> {
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, team)?;
    // The same for every retry of one command.
    let fresh = incoming.context(None).command;
    let caller = incoming.permit.caller.id();
    let absence = read(&incoming.body, |form, faults| {
        let id: Option<Uuid> = form.optional("id", faults, code);
        let adviser: Option<AccountId> = form.optional("adviser", faults, code);
        let from = form.required("from", faults, instant);
        let to = form.required("to", faults, instant);
        let (id, adviser) = (id.unwrap_or(fresh), adviser.unwrap_or_else(|| caller.clone()));
        Some(Absence { id: AbsenceId(id), adviser, from: from?, to: to? })
    })?;
    only_themselves(incoming, &absence.adviser)?;
    let command = RotaCommand::RecordAbsence(absence.clone());
    let months = command.months(rota);
    let position = change(app, incoming, &team, months, command).await?;
    hand_on(app).await;
    Ok(Written::new(position, None, item(&desk, &absence)))
}

/// Say that somebody is back, or never goes.
#[utoipa::path(
    post, path = "/rotas/{team}/absences/{id}/end", operation_id = "end_absence", tag = "rota",
    params(OfAbsence, Write),
    request_body(content = BackBody, content_type = "application/json"),
    responses((status = 200, body = AbsenceItem), Refused),
)]
pub(crate) async fn end_absence(
    State(app): State<App>,
    Places(team, id): Places,
    incoming: Incoming,
) -> Result<Written<AbsenceItem>, Problem> {
    let at = read(&incoming.body, |form, faults| Some(form.optional("at", faults, instant)))?;
    let at = at.unwrap_or_else(|| app.engine.now());
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, &team)?;
    let id = Uuid::try_parse(&id).map(AbsenceId).map_err(|_| Problem::not_found())?;
    let mut absences = rota.months().flat_map(|(_, month)| &month.absences);
    let absence = absences.find(|absence| absence.id == id).cloned();
    let absence = absence.ok_or(RotaRefusal::UnknownAbsence)?;
    only_themselves(&incoming, &absence.adviser)?;
    let command = RotaCommand::EndAbsence(id, at);
    let months = command.months(rota);
    let position = change(&app, &incoming, &team, months, command).await?;
    let absence = Absence { to: absence.to.min(at.max(absence.from)), ..absence };
    Ok(Written::now(position, None, item(&desk, &absence)))
}

/// An adviser speaks of their own absence only.
fn only_themselves(incoming: &Incoming, adviser: &AccountId) -> Result<(), Problem> {
    match as_themselves(incoming) {
        Some(caller) if caller != *adviser => {
            Err(Problem::forbidden("An adviser records their own absence only."))
        }
        _ => Ok(()),
    }
}

/// Hands on what waits for somebody who is away already. What cannot be done now is done by
/// the timers: the absence stands either way.
async fn hand_on(app: &App) {
    if let Err(failure) = app.engine.cover_absences().await {
        tracing::warn!(cause = %failure, "requests of an absent adviser were not handed on yet");
    }
}

fn item(desk: &Desk, absence: &Absence) -> AbsenceItem {
    let (adviser, name) = (absence.adviser.to_string(), name_of(desk, &absence.adviser));
    AbsenceItem { id: absence.id, adviser, name, from: absence.from, to: absence.to }
}
