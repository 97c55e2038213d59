//! `/teams` and `/rotas/{team}/…`: who shares a rota, who is on, who is away, and the working
//! time that nobody covers.

pub(crate) mod absences;
pub(crate) mod days;
pub(crate) mod feed;
pub(crate) mod gaps;
pub(crate) mod overrides;
mod refused;
pub(crate) mod shifts;
mod shifts_form;
pub(crate) mod swaps;
pub(crate) mod teams;

use crate::app::App;
use crate::form::{Faults, Form};
use crate::problem::Problem;
use crate::query::Query;
use domain::account::Role;
use domain::desk::{Desk, DeskCommand};
use domain::ids::{AccountId, TeamId};
use domain::rota::{Month, Rota, RotaCommand};
use engine::Configured;
use serde_json::Value;
use utoipa::IntoParams;

use crate::command::Incoming;

/// Which team.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfTeam {
    /// The team.
    #[param(example = "front-door")]
    team: String,
}

/// Which month.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfMonth {
    /// The month; the present one when left out.
    #[param(example = "2026-11")]
    month: Option<String>,
}

/// A team that has a rota, or could have one.
fn rota_of<'a>(desk: &'a Desk, team: &str) -> Result<(TeamId, &'a Rota), Problem> {
    let team: TeamId = team.parse().map_err(|_| Problem::not_found())?;
    let rota = desk.rotas.get(&team).ok_or_else(Problem::not_found)?;
    Ok((team, rota))
}

/// The month asked about.
fn month(app: &App, query: &mut Query) -> Month {
    query.read("month").unwrap_or_else(|| Month::at(app.engine.now()))
}

/// Reads a body, down to the last unknown field.
pub(crate) fn read<T>(
    body: &Value,
    said: impl FnOnce(&mut Form<'_>, &mut Faults) -> Option<T>,
) -> Result<T, Problem> {
    let mut faults = Faults::default();
    let read = Form::of(body, "", &mut faults).and_then(|mut form| {
        let said = said(&mut form, &mut faults);
        form.done(&mut faults);
        said
    });
    faults.or(read)
}

/// Tells a change to every month that it touches, all or none.
async fn change(
    app: &App,
    incoming: &Incoming,
    team: &TeamId,
    months: Vec<Month>,
    command: RotaCommand,
) -> Result<Configured, Problem> {
    let told = |month| DeskCommand::ChangeRota(team.clone(), month, command.clone());
    let commands = months.into_iter().map(told).collect();
    Ok(app.engine.configure(&incoming.context(None), commands).await?)
}

/// As whom an adviser acts: as nobody but themselves. Whoever keeps the rota acts for anybody.
fn as_themselves(incoming: &Incoming) -> Option<AccountId> {
    let caller = &incoming.permit.caller;
    (caller.role() == Role::Adviser).then(|| caller.id().clone())
}

/// How somebody is called, where it is known.
fn name_of(desk: &Desk, account: &AccountId) -> Option<String> {
    desk.accounts.get(account).map(|account| account.name.clone())
}
