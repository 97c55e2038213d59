//! `GET|POST|PUT /rotas/{team}/swaps`, and `…/{id}/accept`, `refuse`, `withdraw`: turns that
//! change hands between colleagues.

use super::{OfMonth, OfTeam, as_themselves, change, month, name_of, read, rota_of};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::form::{Faults, Form, code, date};
use crate::openapi::{Refused, Unanswered, Write};
use crate::page::Page;
use crate::place::{Place, Places};
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use domain::calendar::london;
use domain::desk::Desk;
use domain::ids::SwapId;
use domain::rota::{Month, Rota, RotaCommand, Swap, SwapState, Turn};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A shift of a date.
#[derive(Serialize, ToSchema)]
pub(crate) struct TurnItem {
    /// The shift, by its id.
    #[schema(example = "monday-1")]
    shift: String,
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// From when; null where the month has no such shift any more.
    #[schema(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Up to when.
    #[schema(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
}

/// A shift offered to a colleague.
#[derive(Serialize, ToSchema)]
pub(crate) struct SwapItem {
    #[schema(value_type = String, format = Uuid)]
    id: SwapId,
    shift: TurnItem,
    /// Whose shift it is, by account.
    holder: String,
    holder_name: Option<String>,
    /// Who is asked to take it, by account.
    colleague: String,
    colleague_name: Option<String>,
    /// The colleague's shift that the holder takes in return.
    in_return: Option<TurnItem>,
    /// `offered`, `accepted`, `refused` or `withdrawn`.
    #[schema(value_type = String, example = "offered")]
    state: SwapState,
}

/// A shift to be offered to a colleague.
#[derive(ToSchema)]
#[schema(example = json!({"shift": {"shift": "monday-1", "date": "2026-11-30"},
    "colleague": "ben-achebe"}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SwapBody {
    /// Its name, for whoever wants to choose it.
    #[schema(format = Uuid)]
    id: Option<String>,
    #[schema(value_type = Object)]
    shift: Value,
    /// By account; whoever calls, when left out.
    holder: Option<String>,
    colleague: String,
    #[schema(value_type = Option<Object>)]
    in_return: Option<Value>,
}

/// Which swap.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfSwap {
    /// The team.
    #[param(example = "front-door")]
    team: String,
    /// The swap.
    #[param(format = Uuid)]
    id: String,
}

/// Which swaps.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SwapsQuery {
    /// Only those that wait for an answer and are of today or later, of whichever month.
    waiting: Option<bool>,
}

/// The swaps that move a shift of a month, or those that wait for an answer.
#[utoipa::path(
    get, path = "/rotas/{team}/swaps", operation_id = "read_swaps", tag = "rota",
    params(OfTeam, OfMonth, SwapsQuery),
    responses((status = 200, body = Page<SwapItem>), Unanswered),
)]
pub(crate) async fn read_swaps(
    State(app): State<App>,
    _: Permit,
    Place(team): Place,
    mut query: Query,
) -> Result<Json<Page<SwapItem>>, Problem> {
    let waiting = query.read("waiting").unwrap_or(false);
    let month = month(&app, &mut query);
    query.done()?;
    let desk = app.engine.desk().await?;
    let (_, rota) = rota_of(&desk, &team)?;
    let of_month = || rota.month(month).into_iter().flat_map(|month| &month.swaps).collect();
    let today = london::wall(app.engine.now()).date();
    let swaps: Vec<_> = if waiting { unanswered(rota, today) } else { of_month() };
    let items = swaps.into_iter().map(|(swap, state)| item(&desk, rota, swap, *state)).collect();
    Ok(Json(Page { items, next: None }))
}

/// Offers that somebody can still answer, each once, although two months may know of it.
fn unanswered(rota: &Rota, today: Date) -> Vec<&(Swap, SwapState)> {
    let months = rota.months().flat_map(|(month, it)| it.swaps.iter().map(move |it| (month, it)));
    let waits = |(swap, state): &(Swap, SwapState)| {
        *state == SwapState::Offered && swap.turns().all(|turn| turn.date >= today)
    };
    let first = |month: Month, swap: &Swap| swap.months().first() == Some(&month);
    let waiting = months.filter(|(month, it)| waits(it) && first(*month, &it.0));
    waiting.map(|(_, it)| it).collect()
}

/// Offer a shift to a colleague. Until the colleague accepts, nothing changes.
#[utoipa::path(
    post, path = "/rotas/{team}/swaps", operation_id = "offer_swap", tag = "rota",
    params(OfTeam, Write),
    request_body(content = SwapBody, content_type = "application/json"),
    responses((status = 201, body = SwapItem), Refused),
)]
pub(crate) async fn offer_swap(
    State(app): State<App>,
    Place(team): Place,
    incoming: Incoming,
) -> Result<Written<SwapItem>, Problem> {
    offer(&app, &team, &incoming).await
}

/// The same, under a name that the caller chooses.
#[utoipa::path(
    put, path = "/rotas/{team}/swaps", operation_id = "put_swap", tag = "rota",
    params(OfTeam, Write),
    request_body(content = SwapBody, content_type = "application/json"),
    responses((status = 201, body = SwapItem), Refused),
)]
pub(crate) async fn put_swap(
    State(app): State<App>,
    Place(team): Place,
    incoming: Incoming,
) -> Result<Written<SwapItem>, Problem> {
    offer(&app, &team, &incoming).await
}

async fn offer(app: &App, team: &str, incoming: &Incoming) -> Result<Written<SwapItem>, Problem> {
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, team)?;
    let fresh = incoming.context(None).command;
    let caller = incoming.permit.caller.id();
    let swap = read(&incoming.body, |form, faults| {
        let id: Option<Uuid> = form.optional("id", faults, code);
        let offered = form.required("shift", faults, turn);
        let holder = form.optional("holder", faults, code);
        let colleague = form.required("colleague", faults, code);
        let in_return = form.optional("in_return", faults, turn);
        Some(Swap {
            id: SwapId(id.unwrap_or(fresh)),
            turn: offered?,
            holder: holder.unwrap_or_else(|| caller.clone()),
            colleague: colleague?,
            in_return,
        })
    })?;
    if as_themselves(incoming).is_some_and(|caller| caller != swap.holder) {
        return Err(Problem::forbidden("An adviser offers their own shifts only."));
    }
    let command = RotaCommand::OfferSwap(swap.clone(), app.engine.now());
    let months = command.months(rota);
    let position = change(app, incoming, &team, months, command).await?;
    Ok(Written::new(position, None, item(&desk, rota, &swap, SwapState::Offered)))
}

/// Take the shift.
#[utoipa::path(
    post, path = "/rotas/{team}/swaps/{id}/accept", operation_id = "accept_swap", tag = "rota",
    params(OfSwap, Write),
    responses((status = 200, body = SwapItem), Refused),
)]
pub(crate) async fn accept_swap(
    State(app): State<App>,
    places: Places,
    incoming: Incoming,
) -> Result<Written<SwapItem>, Problem> {
    settle(&app, places, &incoming, SwapState::Accepted).await
}

/// Not take the shift.
#[utoipa::path(
    post, path = "/rotas/{team}/swaps/{id}/refuse", operation_id = "refuse_swap", tag = "rota",
    params(OfSwap, Write),
    responses((status = 200, body = SwapItem), Refused),
)]
pub(crate) async fn refuse_swap(
    State(app): State<App>,
    places: Places,
    incoming: Incoming,
) -> Result<Written<SwapItem>, Problem> {
    settle(&app, places, &incoming, SwapState::Refused).await
}

/// Take the offer back.
#[utoipa::path(
    post, path = "/rotas/{team}/swaps/{id}/withdraw", operation_id = "withdraw_swap", tag = "rota",
    params(OfSwap, Write),
    responses((status = 200, body = SwapItem), Refused),
)]
pub(crate) async fn withdraw_swap(
    State(app): State<App>,
    places: Places,
    incoming: Incoming,
) -> Result<Written<SwapItem>, Problem> {
    settle(&app, places, &incoming, SwapState::Withdrawn).await
}

async fn settle(
    app: &App,
    Places(team, id): Places,
    incoming: &Incoming,
    how: SwapState,
) -> Result<Written<SwapItem>, Problem> {
    read(&incoming.body, |_, _| Some(()))?;
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, &team)?;
    let id = Uuid::try_parse(&id).map(SwapId).map_err(|_| Problem::not_found())?;
    let mut swaps = rota.months().flat_map(|(_, month)| &month.swaps);
    let swap = swaps.find(|(swap, _)| swap.id == id).ok_or_else(Problem::not_found)?.0.clone();
    let by = as_themselves(incoming);
    let command = RotaCommand::SettleSwap(id, how, by, app.engine.now());
    let months = command.months(rota);
    let position = change(app, incoming, &team, months, command).await?;
    Ok(Written::now(position, None, item(&desk, rota, &swap, how)))
}

fn turn(value: &Value, at: &str, faults: &mut Faults) -> Option<Turn> {
    let mut form = Form::of(value, at, faults)?;
    let layer = form.required("shift", faults, code);
    let date = form.required("date", faults, date);
    form.done(faults);
    Some(Turn { layer: layer?, date: date? })
}

fn item(desk: &Desk, rota: &Rota, swap: &Swap, state: SwapState) -> SwapItem {
    let turn = |turn: &Turn| {
        let month = rota.month(Month::of(turn.date));
        let layer = month.and_then(|it| it.layers.iter().find(|layer| layer.id == turn.layer));
        let (from, to) = layer.and_then(|layer| layer.hours_on(turn.date)).unzip();
        TurnItem { shift: turn.layer.to_string(), date: turn.date, from, to }
    };
    SwapItem {
        id: swap.id,
        shift: turn(&swap.turn),
        holder: swap.holder.to_string(),
        holder_name: name_of(desk, &swap.holder),
        colleague: swap.colleague.to_string(),
        colleague_name: name_of(desk, &swap.colleague),
        in_return: swap.in_return.as_ref().map(turn),
        state,
    }
}
