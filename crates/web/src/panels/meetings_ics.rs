//! A panel's meetings as a calendar (RFC 5545): `GET /panels/{id}/meetings.ics` with a key, and
//! `GET /panels/{id}/{account}.ics?token=…` for calendar programs, which send none.
//!
//! A meeting keeps its UID for ever; one that is called off stays in, as cancelled and with a
//! higher sequence, so that it is struck from everybody's calendar. Nothing about what a
//! meeting takes up is in it, nor who comes.

use super::{OfPanel, terms_of};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::identity::hash_of;
use crate::openapi::{Refused, Unanswered, Write};
use crate::place::{Place, Places};
use crate::problem::Problem;
use crate::query::Query;
use crate::rota::feed::{FeedBody, RevokedBody, instant, opens, text, token, utc};
use crate::rota::{Written, read};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Component, ICalendarProperty,
    ICalendarValue,
};
use domain::desk::DeskCommand;
use domain::ids::AccountId;
use domain::panel::Panel;
use jiff::{SignedDuration, Timestamp};
use views::{MeetingFilter, MeetingItem, MeetingState};

/// How far a calendar looks back, ahead it has no end: meetings are called one by one.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 183);

/// A panel's meetings, for a calendar program.
#[utoipa::path(
    get, path = "/panels/{id}/meetings.ics", operation_id = "read_panel_calendar", tag = "panels",
    params(OfPanel),
    responses((status = 200, body = String, content_type = "text/calendar"), Unanswered),
)]
pub(crate) async fn with_a_key(
    State(app): State<App>,
    _: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Response, Problem> {
    query.done()?;
    calendar_of(&app, &id).await
}

/// Get an address at which a calendar program can read a panel's meetings. Any earlier address,
/// also that of one's own shifts, stops working.
#[utoipa::path(
    post, path = "/panels/{id}/feed", operation_id = "issue_panel_feed", tag = "panels",
    params(OfPanel, Write),
    responses((status = 201, body = FeedBody), Refused),
)]
pub(crate) async fn issue(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<FeedBody>, Problem> {
    read(&incoming.body, |_, _| Some(()))?;
    let desk = app.engine.desk().await?;
    let (terms, _) = terms_of(&desk, &id)?;
    let (account, context) = (incoming.permit.caller.id().clone(), incoming.context(None));
    let token = token(&app, &account, &context);
    let command = DeskCommand::IssueFeed(account.clone(), hash_of(&token));
    let done = app.engine.configure(&context, vec![command]).await?;
    let url = format!("/api/v1/panels/{}/{account}.ics?token={token}", terms.id);
    Ok(Written::new(done, None, FeedBody { url }))
}

/// Let nothing be read with the caller's address any longer.
#[utoipa::path(
    post, path = "/panels/{id}/feed/revoke", operation_id = "revoke_panel_feed", tag = "panels",
    params(OfPanel, Write),
    responses((status = 200, body = RevokedBody), Refused),
)]
pub(crate) async fn revoke(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<RevokedBody>, Problem> {
    read(&incoming.body, |_, _| Some(()))?;
    let desk = app.engine.desk().await?;
    terms_of(&desk, &id)?;
    let command = DeskCommand::RevokeFeed(incoming.permit.caller.id().clone());
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    Ok(Written::now(done, None, RevokedBody::now()))
}

/// The meetings of a panel, for whoever holds the token. Whatever is wrong with the address,
/// nothing is there.
pub(crate) async fn with_a_token(
    State(app): State<App>,
    Places(id, file): Places,
    mut query: Query,
) -> Result<Response, Problem> {
    let shown = query.text("token").unwrap_or_default();
    let account = file.strip_suffix(".ics").and_then(|name| name.parse::<AccountId>().ok());
    let account = account.ok_or_else(Problem::not_found)?;
    let desk = app.engine.desk().await?;
    if !opens(&desk, &account, &shown) {
        return Err(Problem::not_found());
    }
    calendar_of(&app, &id).await
}

async fn calendar_of(app: &App, id: &str) -> Result<Response, Problem> {
    let desk = app.engine.desk().await?;
    let (terms, _) = terms_of(&desk, id)?;
    app.fresh(0).await?;
    let from = app.engine.now().saturating_sub(BACK).unwrap_or(Timestamp::MIN);
    let panel = Some(terms.id.clone());
    let filter = MeetingFilter { panel, from: Some(from), ..MeetingFilter::default() };
    let page = views::Page { limit: views::MOST_ON_A_PAGE, cursor: None };
    let meetings = app.views.meetings(filter, page).await?.items;
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok((kind, calendar(terms, &meetings).to_string()).into_response())
}

fn calendar(terms: &Panel, meetings: &[MeetingItem]) -> ICalendar {
    let mut calendar = ICalendarComponent::new(Component::VCalendar);
    calendar.add_property(ICalendarProperty::Version, text("2.0"));
    calendar.add_property(ICalendarProperty::Prodid, text("-//Front Door//Panels//EN"));
    let events: Vec<_> = meetings.iter().map(|meeting| event(terms, meeting)).collect();
    calendar.component_ids = (1..).take(events.len()).collect();
    ICalendar { components: std::iter::once(calendar).chain(events).collect() }
}

/// A meeting, stamped when it last changed for a calendar: when it was called, or called off.
fn event(terms: &Panel, meeting: &MeetingItem) -> ICalendarComponent {
    let is_off = meeting.state == MeetingState::Cancelled;
    let changed_at = meeting.cancelled_at.unwrap_or(meeting.called_at);
    let status = if is_off { "CANCELLED" } else { "CONFIRMED" };
    let mut event = ICalendarComponent::new(Component::VEvent);
    event.add_uid(&format!("{}@meetings.frontdoor", meeting.id));
    event.add_dtstamp(utc(changed_at));
    let sequence = ICalendarValue::Integer(i64::from(is_off));
    event.add_property(ICalendarProperty::Sequence, sequence);
    event.add_property(ICalendarProperty::Status, text(status));
    event.add_property(ICalendarProperty::Dtstart, instant(meeting.starts_at));
    event.add_property(ICalendarProperty::Dtend, instant(meeting.ends_at));
    event.add_property(ICalendarProperty::Summary, text(&terms.name));
    event
}
