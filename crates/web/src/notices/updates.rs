//! `GET|PUT /schools/{urn}/updates` and `/accounts/{id}/updates`: how somebody is told of news.

use super::choice::choice;
use super::shown::{ChooseBody, UpdatesBody};
use crate::access::Reach;
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::openapi::{Refused, Unanswered, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use domain::account::Role;
use domain::desk::Desk;
use domain::ids::AccountId;
use domain::notice::Recipient;
use engine::Configured;

/// How a school is told of news about its requests.
#[utoipa::path(
    get, path = "/schools/{urn}/updates", operation_id = "read_updates", tag = "directory",
    params(("urn" = String, Path, description = "The school")),
    responses((status = 200, body = UpdatesBody), Unanswered),
)]
pub(crate) async fn of_school(
    State(app): State<App>,
    permit: Permit,
    Place(urn): Place,
    query: Query,
) -> Result<Json<UpdatesBody>, Problem> {
    query.done()?;
    let desk = app.engine.desk().await?;
    let to = school(&desk, &permit, &urn)?;
    shown(&app, &permit, &to, false).await.map(Json)
}

/// Choose how a school is told of news about its requests.
#[utoipa::path(
    put, path = "/schools/{urn}/updates", operation_id = "choose_updates", tag = "directory",
    params(("urn" = String, Path, description = "The school"), Write),
    request_body(content = ChooseBody, content_type = "application/json"),
    responses((status = 200, body = UpdatesBody), Refused),
)]
pub(crate) async fn choose_for_school(
    State(app): State<App>,
    Place(urn): Place,
    incoming: Incoming,
) -> Result<Written<UpdatesBody>, Problem> {
    let desk = app.engine.desk().await?;
    let to = school(&desk, &incoming.permit, &urn)?;
    choose(&app, &incoming, to).await
}

/// How a member of staff is told of what is escalated to them.
#[utoipa::path(
    get, path = "/accounts/{id}/updates", operation_id = "read_account_updates", tag = "directory",
    params(("id" = String, Path, description = "The account")),
    responses((status = 200, body = UpdatesBody), Unanswered),
)]
pub(crate) async fn of_account(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Json<UpdatesBody>, Problem> {
    query.done()?;
    let desk = app.engine.desk().await?;
    let to = account(&desk, &permit, &id)?;
    shown(&app, &permit, &to, false).await.map(Json)
}

/// Choose how a member of staff is told of what is escalated to them.
#[utoipa::path(
    put, path = "/accounts/{id}/updates", operation_id = "choose_account_updates",
    tag = "directory",
    params(("id" = String, Path, description = "The account"), Write),
    request_body(content = ChooseBody, content_type = "application/json"),
    responses((status = 200, body = UpdatesBody), Refused),
)]
pub(crate) async fn choose_for_account(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<UpdatesBody>, Problem> {
    let desk = app.engine.desk().await?;
    let to = account(&desk, &incoming.permit, &id)?;
    choose(&app, &incoming, to).await
}

/// The school of this URN, if it lies within the caller's reach.
fn school(desk: &Desk, permit: &Permit, urn: &str) -> Result<Recipient, Problem> {
    let known = urn.parse().ok().and_then(|urn| desk.school_by_urn(&urn).map(|(id, _)| id));
    let within = |id| match permit.reach {
        Reach::OwnSchool => permit.caller.school() == Some(id),
        Reach::All => true,
        Reach::No | Reach::OwnService | Reach::OwnLead | Reach::Panels | Reach::Nameless => false,
    };
    known.filter(|id| within(*id)).map(Recipient::School).ok_or_else(Problem::not_found)
}

/// The account of this name, if it is the caller's own or the caller looks after accounts.
fn account(desk: &Desk, permit: &Permit, id: &str) -> Result<Recipient, Problem> {
    let known = id.parse::<AccountId>().ok().filter(|id| desk.accounts.contains_key(id));
    let within = |id: &AccountId| permit.caller.role() == Role::Admin || permit.caller.id() == id;
    known.filter(within).map(Recipient::Account).ok_or_else(Problem::not_found)
}

async fn choose(
    app: &App,
    incoming: &Incoming,
    to: Recipient,
) -> Result<Written<UpdatesBody>, Problem> {
    let chosen = choice(&incoming.body, app.keys)?;
    let channel = chosen.channel;
    let address = chosen.address(|| app.engine.webhook_secret().map_err(Problem::from))?;
    let context = incoming.context(None);
    let (position, replayed) =
        app.engine.choose_updates(&context, to.clone(), channel, address).await?;
    // The secret is read back, so that a retry is shown the one that was made the first time.
    let shown = shown(app, &incoming.permit, &to, true).await?;
    Ok(Written::now(Configured { position, replayed }, None, shown))
}

async fn shown(
    app: &App,
    permit: &Permit,
    to: &Recipient,
    just_chosen: bool,
) -> Result<UpdatesBody, Problem> {
    let channel = app.engine.desk().await?.updates.get(to).map(|updates| updates.channel);
    let who = (permit.caller.id().as_str(), permit.caller.role().code());
    let (operation, why) = permit.doing();
    let doing = (operation, why.as_str());
    let address = app.engine.address_of(who, doing, to).await?;
    Ok(UpdatesBody::of(channel, address, just_chosen))
}
