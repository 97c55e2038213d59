//! A panel's meetings as a calendar (RFC 5545): `GET /panels/{id}/meetings.ics` with a key, and
//! `GET /panels/{id}/{account}.ics?token=…` for calendar programs, which send none.
//!
//! A meeting keeps its UID for ever; one that is called off stays in, as cancelled and with a
//! higher sequence, so that it is struck from everybody's calendar. Nothing about what a
//! meeting takes up is in it, nor who comes.

use super::{OfPanel, terms_of};
use crate::access::{Operation, Reach};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::feed::{self, FeedBody, RevokedBody, text};
use crate::identity::Caller;
use crate::openapi::{Refused, Unanswered, Write};
use crate::place::{Place, Places};
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::extract::State;
use axum::response::Response;
use calcard::icalendar::{ICalendarComponent, ICalendarProperty, ICalendarValue};
use domain::account::Feed;
use domain::ids::PanelId;
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
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Response, Problem> {
    query.done()?;
    let desk = app.engine.desk().await?;
    calendar_of(&app, terms_of(&desk, &permit, &id)?.0).await
}

/// Get an address at which a calendar program can read a panel's meetings. Any earlier address
/// stops working.
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
    let desk = app.engine.desk().await?;
    let panel = &terms_of(&desk, &incoming.permit, &id)?.0.id;
    let folder = format!("panels/{panel}");
    feed::issue(&app, &incoming, Feed::Meetings(panel.clone()), &folder).await
}

/// Let the panel's meetings be read with the caller's address no longer.
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
    let desk = app.engine.desk().await?;
    let panel = &terms_of(&desk, &incoming.permit, &id)?.0.id;
    feed::revoke(&app, &incoming, Feed::Meetings(panel.clone())).await
}

/// The meetings of a panel, for whoever holds the token.
pub(crate) async fn with_a_token(
    State(app): State<App>,
    Places(id, file): Places,
    mut query: Query,
) -> Result<Response, Problem> {
    let desk = app.engine.desk().await?;
    let panel: PanelId = id.parse().map_err(|_| Problem::not_found())?;
    let (terms, _) = desk.terms(&panel).ok_or_else(Problem::not_found)?;
    let holder = feed::holder(&desk, Feed::Meetings(panel), &file, query.text("token"))?;
    let holder = app.keys.account(&holder, &desk).ok_or_else(Problem::not_found)?;
    let caller = Caller::with_feed(holder, app.keys, &desk);
    let reach = Operation::ReadPanelCalendar.reach(caller.role());
    let sits = || caller.panels().contains(&terms.id);
    if reach == Reach::No || (reach == Reach::Panels && !sits()) {
        return Err(Problem::not_found());
    }
    calendar_of(&app, terms).await
}

async fn calendar_of(app: &App, terms: &Panel) -> Result<Response, Problem> {
    app.fresh(0).await?;
    let from = app.engine.now().saturating_sub(BACK).unwrap_or(Timestamp::MIN);
    let panel = Some(terms.id.clone());
    let filter = MeetingFilter { panel, from: Some(from), ..MeetingFilter::default() };
    let page = views::Page { limit: views::MOST_ON_A_PAGE, cursor: None };
    let meetings = app.views.meetings(filter, page).await?.items;
    Ok(feed::calendar("Panels", meetings.iter().map(|meeting| event(terms, meeting)).collect()))
}

/// A meeting, stamped when it last changed for a calendar: when it was called, or called off.
fn event(terms: &Panel, meeting: &MeetingItem) -> ICalendarComponent {
    let is_off = meeting.state == MeetingState::Cancelled;
    let changed_at = meeting.cancelled_at.unwrap_or(meeting.called_at);
    let status = if is_off { "CANCELLED" } else { "CONFIRMED" };
    let uid = format!("{}@meetings.frontdoor", meeting.id);
    let when = (meeting.starts_at, meeting.ends_at);
    let mut event = feed::event(&uid, changed_at, when, &terms.name);
    let sequence = ICalendarValue::Integer(i64::from(is_off));
    event.add_property(ICalendarProperty::Sequence, sequence);
    event.add_property(ICalendarProperty::Status, text(status));
    event
}
