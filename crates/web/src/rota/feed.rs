//! One's own shifts as a calendar: `POST /rotas/{team}/feed` gives its address, and
//! `GET /rotas/{team}/{adviser}.ics?token=…` is what calendar programs read.
//!
//! They send no headers of ours, so the key is in the address: a token of 256 bits that opens
//! these shifts and nothing else, is kept as its hash, and can be taken back. Nobody but the
//! holder is named in it.

use super::{OfTeam, Written, read, rota_of};
use crate::app::App;
use crate::command::Incoming;
use crate::identity::hash_of;
use crate::openapi::{Refused, Write};
use crate::place::{Place, Places};
use crate::problem::Problem;
use crate::query::Query;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Component, ICalendarProperty,
    ICalendarValue,
};
use domain::desk::{Desk, DeskCommand};
use domain::ids::{AccountId, TeamId};
use domain::rota::OwnShift;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

/// How far a feed looks back and ahead.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 31);
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 366);

/// Where a calendar can be read.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedBody {
    /// The address to give to a calendar program, below that of this server. It is shown once.
    #[schema(example = "/api/v1/rotas/front-door/amara-okafor.ics?token=5e88…")]
    pub(crate) url: String,
}

/// That nothing can be read with a token any longer.
#[derive(Serialize, ToSchema)]
pub(crate) struct RevokedBody {
    revoked: bool,
}

impl RevokedBody {
    pub(crate) const fn now() -> Self {
        Self { revoked: true }
    }
}

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
    read(&incoming.body, |_, _| Some(()))?;
    let desk = app.engine.desk().await?;
    let (team, _) = rota_of(&desk, &team)?;
    let (account, context) = (incoming.permit.caller.id().clone(), incoming.context(None));
    let token = token(&app, &account, &context);
    let command = DeskCommand::IssueFeed(account.clone(), hash_of(&token));
    let position = app.engine.configure(&context, vec![command]).await?;
    let url = format!("/api/v1/rotas/{team}/{account}.ics?token={token}");
    Ok(Written::new(position, None, FeedBody { url }))
}

/// A token that nobody can guess, and the same for every retry of one command: an HMAC under
/// a key of the vault, which never leaves it.
pub(crate) fn token(app: &App, account: &AccountId, context: &engine::Context) -> String {
    let asked = format!("feed\0{account}\0{}", context.command);
    let bytes = app.engine.fingerprint(asked.as_bytes());
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _written = write!(hex, "{byte:02x}");
        hex
    })
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
    read(&incoming.body, |_, _| Some(()))?;
    let desk = app.engine.desk().await?;
    rota_of(&desk, &team)?;
    let command = DeskCommand::RevokeFeed(incoming.permit.caller.id().clone());
    let position = app.engine.configure(&incoming.context(None), vec![command]).await?;
    Ok(Written::now(position, None, RevokedBody::now()))
}

/// The shifts of whoever the token is of. Whatever is wrong with the address, nothing is there.
pub(crate) async fn feed(
    State(app): State<App>,
    Places(team, file): Places,
    mut query: Query,
) -> Result<Response, Problem> {
    let shown = query.text("token").unwrap_or_default();
    let account = file.strip_suffix(".ics").and_then(|name| name.parse::<AccountId>().ok());
    let account = account.ok_or_else(Problem::not_found)?;
    let desk = app.engine.desk().await?;
    if !opens(&desk, &account, &shown) {
        return Err(Problem::not_found());
    }
    let (team, rota) = rota_of(&desk, &team)?;
    let now = app.engine.now();
    let from = now.saturating_sub(BACK).unwrap_or(Timestamp::MIN);
    let to = now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
    let name = desk.teams.get(&team).map_or_else(|| team.to_string(), |team| team.name.clone());
    let calendar = calendar(&team, &name, &account, rota.shifts_of(&account, from, to), now);
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((kind, calendar.to_string()).into_response())
}

/// Whether this token is the one that was given to an account last.
pub(crate) fn opens(desk: &Desk, account: &AccountId, shown: &str) -> bool {
    let known = desk.feeds.get(account);
    known.is_some_and(|known| known.0.as_bytes().ct_eq(hash_of(shown).0.as_bytes()).into())
}

/// Shifts as RFC 5545 has them, in UTC. A shift keeps its UID when its hours move.
fn calendar(
    team: &TeamId,
    name: &str,
    account: &AccountId,
    shifts: Vec<OwnShift>,
    now: Timestamp,
) -> ICalendar {
    let mut calendar = ICalendarComponent::new(Component::VCalendar);
    calendar.add_property(ICalendarProperty::Version, text("2.0"));
    calendar.add_property(ICalendarProperty::Prodid, text("-//Front Door//Rota//EN"));
    let mut parts: BTreeMap<String, usize> = BTreeMap::new();
    let mut events = Vec::with_capacity(shifts.len());
    for shift in shifts {
        let layer = shift.layer.map_or_else(|| "instead".to_owned(), |layer| layer.to_string());
        let turn = format!("{layer}.{}", shift.date);
        let part = parts.entry(turn.clone()).or_default();
        *part += 1;
        let mut event = ICalendarComponent::new(Component::VEvent);
        event.add_uid(&format!("{turn}.{part}.{account}@{team}.frontdoor"));
        event.add_dtstamp(utc(now));
        event.add_property(ICalendarProperty::Dtstart, instant(shift.from));
        event.add_property(ICalendarProperty::Dtend, instant(shift.to));
        event.add_property(ICalendarProperty::Summary, text(&format!("On duty: {name}")));
        events.push(event);
    }
    calendar.component_ids = (1..).take(events.len()).collect();
    ICalendar { components: std::iter::once(calendar).chain(events).collect() }
}

pub(crate) fn text(text: &str) -> ICalendarValue {
    ICalendarValue::Text(text.to_owned())
}

pub(crate) fn instant(at: Timestamp) -> ICalendarValue {
    ICalendarValue::PartialDateTime(Box::new(utc(at)))
}

pub(crate) fn utc(at: Timestamp) -> PartialDateTime {
    PartialDateTime::from_utc_timestamp(at.as_second())
}
