//! `GET /meetings`: the calendar of panels' meetings. Nothing in it is about a child.

use crate::access::{Operation, Reach};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::meeting::event::{CancelReason, MeetingKind};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use views::{MeetingFilter, MeetingItem};

/// A meeting as one line of a calendar.
#[derive(Serialize, ToSchema)]
pub(crate) struct MeetingLine {
    #[schema(example = "semh-2026-12-02")]
    id: String,
    #[schema(example = "semh")]
    panel: String,
    /// `cycle` or `special`.
    #[schema(value_type = String, example = "cycle")]
    kind: MeetingKind,
    /// `scheduled published open closed signed cancelled`.
    #[schema(value_type = String, example = "scheduled")]
    state: &'static str,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    /// How long it may take.
    minutes: u16,
    #[schema(value_type = String, format = DateTime)]
    papers_due_at: Timestamp,
    /// The version of the terms of reference under which it was called.
    terms_version: u32,
    /// How many items it takes up,
    items: Option<u64>,
    /// how long they may take,
    minutes_planned: Option<u64>,
    /// how many of them are decided,
    decided: Option<u64>,
    /// and how many put off: all null for whoever may read neither the meeting nor the queue.
    deferred: Option<u64>,
    /// Why it does not take place.
    #[schema(value_type = Option<String>)]
    cancelled_because: Option<CancelReason>,
    /// The meeting to which its items went.
    #[schema(value_type = Option<String>)]
    moved_to: Option<String>,
    /// For `If-Match`; null where the items are.
    version: Option<u32>,
}

/// Whether somebody who sees that a panel meets may also know how much it takes up.
fn sees_items(permit: &Permit) -> bool {
    let reads = |operation: Operation| operation.reach(permit.caller.role()) != Reach::No;
    reads(Operation::ReadMeeting) || reads(Operation::ReadPanelQueue)
}

impl MeetingLine {
    fn of(item: &MeetingItem, sees_items: bool) -> Self {
        let count = |count: u64| sees_items.then_some(count);
        Self {
            id: item.id.to_string(),
            panel: item.panel.to_string(),
            kind: item.kind,
            state: item.state.as_str(),
            starts_at: item.starts_at,
            ends_at: item.ends_at,
            minutes: item.minutes,
            papers_due_at: item.papers_due_at,
            terms_version: item.terms_version,
            items: count(item.items),
            minutes_planned: count(item.minutes_planned),
            decided: count(item.decided),
            deferred: count(item.deferred),
            cancelled_because: item.cancelled_because,
            moved_to: item.moved_to.as_ref().map(ToString::to_string),
            version: sees_items.then_some(item.version),
        }
    }
}

/// Which meetings.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct MeetingsQuery {
    /// Of this panel.
    panel: Option<String>,
    /// On this day or later,
    #[param(format = Date)]
    from: Option<String>,
    /// and on this day or earlier.
    #[param(format = Date)]
    to: Option<String>,
    /// `scheduled published open closed signed cancelled`.
    state: Option<String>,
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// Panels' meetings, the earliest first.
#[utoipa::path(
    get, path = "/meetings", operation_id = "list_meetings", tag = "panels",
    params(MeetingsQuery),
    responses((status = 200, body = Page<MeetingLine>), Unanswered),
)]
pub(crate) async fn meetings(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<Page<MeetingLine>>, Problem> {
    let filter = MeetingFilter {
        panel: query.read("panel"),
        panels: permit.panels(),
        from: query.instant("from"),
        before: query.until("to"),
        state: query.read("state"),
    };
    let page = views::Page { limit: query.limit(), cursor: query.text("cursor") };
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let listing = app.views.meetings(filter, page).await?;
    let sees = sees_items(&permit);
    let items = listing.items.iter().map(|item| MeetingLine::of(item, sees)).collect();
    Ok(Json(Page { items, next: listing.next }))
}
