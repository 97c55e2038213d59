//! Calendars that calendar programs read (RFC 5545).
//!
//! They send no headers of ours, so the key is in the address: a token of 256 bits that opens
//! one calendar and nothing else, is kept as its hash, and can be taken back.

use crate::app::App;
use crate::command::Incoming;
use crate::identity::hash_of;
use crate::problem::Problem;
use crate::rota::read;
use crate::written::Written;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Component, ICalendarProperty,
    ICalendarValue,
};
use domain::account::Feed;
use domain::desk::{Desk, DeskCommand};
use domain::ids::AccountId;
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write as _;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

/// Where a calendar can be read.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedBody {
    /// The address to give to a calendar program, below that of this server. It is shown once.
    #[schema(example = "/api/v1/rotas/front-door/amara-okafor.ics?token=5e88…")]
    url: String,
}

/// That nothing can be read with a token any longer.
#[derive(Serialize, ToSchema)]
pub(crate) struct RevokedBody {
    revoked: bool,
}

/// Gives the caller an address below this folder at which a calendar can be read. Any earlier
/// address of it stops working.
pub(crate) async fn issue(
    app: &App,
    incoming: &Incoming,
    feed: Feed,
    folder: &str,
) -> Result<Written<FeedBody>, Problem> {
    read(&incoming.body, |_, _| Some(()))?;
    let (account, context) = (incoming.permit.caller.id().clone(), incoming.context(None));
    let token = token(app, &account, &context);
    let url = format!("/api/v1/{folder}/{account}.ics?token={token}");
    let command = DeskCommand::IssueFeed(account, feed, hash_of(&token));
    let done = app.engine.configure(&context, vec![command]).await?;
    Ok(Written::new(done, None, FeedBody { url }))
}

/// Lets a calendar be read with no address of the caller's any longer.
pub(crate) async fn revoke(
    app: &App,
    incoming: &Incoming,
    feed: Feed,
) -> Result<Written<RevokedBody>, Problem> {
    read(&incoming.body, |_, _| Some(()))?;
    let command = DeskCommand::RevokeFeed(incoming.permit.caller.id().clone(), feed);
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    Ok(Written::now(done, None, RevokedBody { revoked: true }))
}

/// A token that nobody can guess, and the same for every retry of one command: an HMAC under
/// a key of the vault, which never leaves it.
fn token(app: &App, account: &AccountId, context: &engine::Context) -> String {
    let asked = format!("feed\0{account}\0{}", context.command);
    let bytes = app.engine.fingerprint(asked.as_bytes());
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _written = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whose calendar this is: the account in the file's name, if the token is the one that it was
/// given last. Whatever is wrong with the address, nothing is there.
pub(crate) fn holder(
    desk: &Desk,
    feed: Feed,
    file: &str,
    token: Option<String>,
) -> Result<AccountId, Problem> {
    let account = file.strip_suffix(".ics").and_then(|name| name.parse::<AccountId>().ok());
    let key = (account.ok_or_else(Problem::not_found)?, feed);
    let shown = hash_of(&token.unwrap_or_default());
    let known = desk.feeds.get(&key);
    let opens = known.is_some_and(|known| known.0.as_bytes().ct_eq(shown.0.as_bytes()).into());
    if opens { Ok(key.0) } else { Err(Problem::not_found()) }
}

/// A calendar as it is sent: these events, made by this part of the front door.
pub(crate) fn calendar(part: &str, events: Vec<ICalendarComponent>) -> Response {
    let mut calendar = ICalendarComponent::new(Component::VCalendar);
    calendar.add_property(ICalendarProperty::Version, text("2.0"));
    calendar.add_property(ICalendarProperty::Prodid, text(&format!("-//Front Door//{part}//EN")));
    calendar.component_ids = (1..).take(events.len()).collect();
    let calendar = ICalendar { components: std::iter::once(calendar).chain(events).collect() };
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    (kind, calendar.to_string()).into_response()
}

/// What takes place from one instant to another, in UTC; the UID is what it keeps when it moves.
pub(crate) fn event(
    uid: &str,
    changed_at: Timestamp,
    (from, to): (Timestamp, Timestamp),
    summary: &str,
) -> ICalendarComponent {
    let mut event = ICalendarComponent::new(Component::VEvent);
    event.add_uid(uid);
    event.add_dtstamp(utc(changed_at));
    event.add_property(ICalendarProperty::Dtstart, instant(from));
    event.add_property(ICalendarProperty::Dtend, instant(to));
    event.add_property(ICalendarProperty::Summary, text(summary));
    event
}

pub(crate) fn text(text: &str) -> ICalendarValue {
    ICalendarValue::Text(text.to_owned())
}

fn instant(at: Timestamp) -> ICalendarValue {
    ICalendarValue::PartialDateTime(Box::new(utc(at)))
}

fn utc(at: Timestamp) -> PartialDateTime {
    PartialDateTime::from_utc_timestamp(at.as_second())
}
