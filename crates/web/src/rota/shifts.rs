//! `GET|PUT /rotas/{team}/shifts`: who is on, week by week, in a month.

use super::shifts_form::shifts;
use super::{OfMonth, OfTeam, change, month, read, rota_of};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::openapi::{Refused, Unanswered, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::extract::State;
use domain::ids::{AccountId, TeamId};
use domain::rota::{Day, Layer, Month, Rota, RotaCommand, Slot};
use domain::team::Skill;
use engine::Configured;
use jiff::civil::{Date, Time};
use serde::Serialize;
use utoipa::ToSchema;

/// The shifts of a month.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShiftsBody {
    #[schema(example = "front-door")]
    team: String,
    #[schema(example = "2026-11")]
    month: String,
    /// The version of the month; 0 when nothing was said about it.
    version: u32,
    shifts: Vec<ShiftItem>,
}

/// When somebody is on.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShiftItem {
    #[schema(example = "monday-1")]
    id: String,
    #[schema(value_type = Vec<String>, example = json!(["monday"]))]
    days: Vec<Day>,
    #[schema(value_type = Vec<String>, example = json!([]))]
    dates: Vec<Date>,
    #[schema(example = "09:00")]
    from: String,
    /// `24:00` is the end of the day.
    #[schema(example = "17:00")]
    to: String,
    /// The one whose shift it is, when it is one person's.
    #[schema(value_type = Option<String>)]
    adviser: Option<AccountId>,
    rotation: Vec<SlotItem>,
    rotates_every_weeks: u8,
    /// Turns are counted from the week of this day.
    #[schema(value_type = String, format = Date)]
    since: Date,
}

/// Whose turn it is: a person's, or that of anybody with a skill who is there.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SlotItem {
    #[schema(value_type = String)]
    Adviser(AccountId),
    #[schema(value_type = String)]
    Skill(Skill),
}

/// The shifts of a month, instead of any before.
#[derive(ToSchema)]
#[schema(example = json!({"shifts": [
    {"day": "monday", "from": "09:00", "to": "17:00", "adviser": "amara-okafor"},
    {"id": "sensory", "days": ["tuesday", "thursday"], "from": "09:00", "to": "12:00",
     "rotation": [{"skill": "sensory"}, {"adviser": "amara-okafor"}],
     "rotates_every_weeks": 2, "since": "2026-11-02"}]}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SetShiftsBody {
    /// The month; that of the query when left out.
    month: Option<String>,
    /// Each: `day`, `days` or `dates`; `from` and `to` on the clock in London; `adviser`,
    /// `skill` or a `rotation` of them; `rotates_every_weeks` and `since`; an `id`, so that a
    /// shift whose hours change stays what it was.
    #[schema(max_items = 200)]
    shifts: Vec<serde_json::Value>,
}

/// The shifts of a month.
#[utoipa::path(
    get, path = "/rotas/{team}/shifts", operation_id = "read_shifts", tag = "rota",
    params(OfTeam, OfMonth),
    responses((status = 200, body = ShiftsBody), Unanswered),
)]
pub(crate) async fn read_shifts(
    State(app): State<App>,
    _: Permit,
    Place(team): Place,
    mut query: Query,
) -> Result<Written<ShiftsBody>, Problem> {
    let month = month(&app, &mut query);
    query.done()?;
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, &team)?;
    let known = Configured { position: app.engine.head(), replayed: false };
    Ok(shown(&team, rota, month, known))
}

/// Set the shifts of a month. Several people may be on at once; one person is not on twice.
#[utoipa::path(
    put, path = "/rotas/{team}/shifts", operation_id = "set_shifts", tag = "rota",
    params(OfTeam, OfMonth, Write),
    request_body(content = SetShiftsBody, content_type = "application/json"),
    responses((status = 200, body = ShiftsBody), Refused),
)]
pub(crate) async fn set_shifts(
    State(app): State<App>,
    Place(team): Place,
    mut query: Query,
    incoming: Incoming,
) -> Result<Written<ShiftsBody>, Problem> {
    let asked = month(&app, &mut query);
    query.done()?;
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, &team)?;
    let (month, said) = read(&incoming.body, |form, faults| {
        let month = form.optional("month", faults, crate::form::code).unwrap_or(asked);
        Some((month, shifts(form, month, faults)?))
    })?;
    let command = RotaCommand::SetLayers(said.layers.clone());
    rota.decide(team.clone(), month, command.clone()).map_err(|refused| said.refused(refused))?;
    let position = change(&app, &incoming, &team, vec![month], command).await?;
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, team.as_str())?;
    Ok(shown(&team, rota, month, position))
}

fn shown(team: &TeamId, rota: &Rota, month: Month, done: Configured) -> Written<ShiftsBody> {
    let known = rota.month(month);
    let version = known.map_or(0, |month| month.version);
    let shifts = shifts_of(rota, month);
    let (team, month) = (team.to_string(), month.to_string());
    Written::now(done, Some(version), ShiftsBody { team, month, version, shifts })
}

/// The shifts of a month; none when nothing was said about it.
pub(crate) fn shifts_of(rota: &Rota, month: Month) -> Vec<ShiftItem> {
    let known = rota.month(month);
    known.map(|month| month.layers.iter().map(item).collect()).unwrap_or_default()
}

fn item(layer: &Layer) -> ShiftItem {
    let hour = |time: Time| time.strftime("%H:%M").to_string();
    let Layer { id, days, dates, from, to, slots, rotates_every_weeks, since } = layer.clone();
    let adviser = match slots.as_slice() {
        [Slot::Adviser(adviser)] => Some(adviser.clone()),
        _ => None,
    };
    let rotation = slots.into_iter().map(|slot| match slot {
        Slot::Adviser(adviser) => SlotItem::Adviser(adviser),
        Slot::Skill(skill) => SlotItem::Skill(skill),
    });
    ShiftItem {
        id: id.to_string(),
        days,
        dates,
        from: hour(from),
        to: if to == Time::midnight() { "24:00".to_owned() } else { hour(to) },
        adviser,
        rotation: rotation.collect(),
        rotates_every_weeks,
        since,
    }
}
