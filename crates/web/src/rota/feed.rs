//! One's own shifts as a calendar: `POST /rotas/{team}/feed` gives its address, and
//! `GET /rotas/{team}/{adviser}.ics?token=…` is what calendar programs read. Nobody but the
//! holder is named in it.

use super::{OfTeam, rota_of};
use crate::app::App;
use crate::command::Incoming;
use crate::feed::{self, FeedBody, RevokedBody};
use crate::openapi::{Refused, Write};
use crate::place::{Place, Places};
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::extract::State;
use axum::response::Response;
use calcard::icalendar::ICalendarComponent;
use domain::account::Feed;
use domain::ids::{AccountId, TeamId};
use domain::rota::OwnShift;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// How far a feed looks back and ahead.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 31);
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 366);

/// Get an address at which a calendar program can read one's own shifts. Any earlier address
/// stops working.
#[utoipa::path(
    post, path = "/rotas/{team}/feed", operation_id = "issue_feed", tag = "rota",
    params(OfTeam, Write),
    responses((status = 201, body = FeedBody), Refused),
)]
pub(crate) async fn issue_feed(
    State(app): State<App>,
    Place(team): Place,
    incoming: Incoming,
) -> Result<Written<FeedBody>, Problem> {
    let desk = app.engine.desk().await?;
    let (team, _) = rota_of(&desk, &team)?;
    let folder = format!("rotas/{team}");
    feed::issue(&app, &incoming, Feed::Shifts(team), &folder).await
}

/// Let one's own shifts be read by nobody any longer.
#[utoipa::path(
    post, path = "/rotas/{team}/feed/revoke", operation_id = "revoke_feed", tag = "rota",
    params(OfTeam, Write),
    responses((status = 200, body = RevokedBody), Refused),
)]
pub(crate) async fn revoke_feed(
    State(app): State<App>,
    Place(team): Place,
    incoming: Incoming,
) -> Result<Written<RevokedBody>, Problem> {
    let desk = app.engine.desk().await?;
    let (team, _) = rota_of(&desk, &team)?;
    feed::revoke(&app, &incoming, Feed::Shifts(team)).await
}

/// The shifts of whoever the token is of.
pub(crate) async fn feed(
    State(app): State<App>,
    Places(team, file): Places,
    mut query: Query,
) -> Result<Response, Problem> {
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, &team)?;
    let account = feed::holder(&desk, Feed::Shifts(team.clone()), &file, query.text("token"))?;
    let now = app.engine.now();
    let from = now.saturating_sub(BACK).unwrap_or(Timestamp::MIN);
    let to = now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
    let name = desk.teams.get(&team).map_or_else(|| team.to_string(), |team| team.name.clone());
    let shifts = rota.shifts_of(&account, from, to);
    Ok(feed::calendar("Rota", events(&team, &name, &account, shifts, now)))
}

/// A shift keeps its UID when its hours move.
fn events(
    team: &TeamId,
    name: &str,
    account: &AccountId,
    shifts: Vec<OwnShift>,
    now: Timestamp,
) -> Vec<ICalendarComponent> {
    let mut parts: BTreeMap<String, usize> = BTreeMap::new();
    let event = |shift: OwnShift| {
        let layer = shift.layer.map_or_else(|| "instead".to_owned(), |layer| layer.to_string());
        let turn = format!("{layer}.{}", shift.date);
        let part = parts.entry(turn.clone()).or_default();
        *part += 1;
        let uid = format!("{turn}.{part}.{account}@{team}.frontdoor");
        feed::event(&uid, now, (shift.from, shift.to), &format!("On duty: {name}"))
    };
    shifts.into_iter().map(event).collect()
}
