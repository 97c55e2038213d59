//! `GET /requests/{id}/clocks`: every promise, as a ledger that explains itself.

use super::read::detail;
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::calendar::Calendars;
use domain::clock::{Clock, ClockState, Entry, EntryKind, Promise, Recalculation};
use domain::request::Case;
use domain::statutory::ExcusalGround;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The promises made about a request.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClocksShown {
    clocks: Vec<ClockShown>,
}

/// One promise.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClockShown {
    #[schema(value_type = String, example = "respond")]
    promise: Promise,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// Null while it waits for the school.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// When it was due before any wait and before any change of the calendar.
    #[schema(value_type = String, format = DateTime)]
    original_due_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    stopped_at: Option<Timestamp>,
    /// `running`, `paused`, `kept` or `breached`.
    #[schema(value_type = String, example = "running")]
    state: ClockState,
    /// The working minutes that have counted.
    working_minutes: i64,
    /// The working minutes that are left, or were when it stopped; below nought, those by which
    /// it is late. Null while it waits for the school.
    working_minutes_left: Option<i64>,
    /// The version of the calendar that it was promised under.
    calendar_version: u32,
    /// The changes of the calendar that it has gone over to since. A ledger entry that begins
    /// with one names the same event.
    recalculations: Vec<RecalculationShown>,
    /// Whether the law excuses lateness. It stops no clock and moves no due day.
    excused: bool,
    /// Why it does.
    excusals: Vec<ExcusalShown>,
    ledger: Vec<EntryShown>,
}

/// A ground on which lateness is excused.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExcusalShown {
    /// `school_closed provider_closed exceptional_circumstances absent_from_area
    /// missed_appointment`.
    #[schema(value_type = String, example = "absent_from_area")]
    ground: ExcusalGround,
    /// The ground in words.
    says: &'static str,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The event that says so.
    event_id: Uuid,
}

/// From an instant on a promise goes by another calendar.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecalculationShown {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    calendar_version: u32,
    event_id: Uuid,
}

/// One interval of a ledger. Together they cover the time from start to stop, or to now,
/// without holes or overlaps.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryShown {
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    /// `counting`, `closed`, `bank_holiday` or `awaiting_information`.
    #[schema(value_type = String, example = "counting")]
    kind: EntryKind,
    /// Working minutes that counted; they add up to those of the clock.
    working_minutes: i64,
    /// Working minutes by which a wait moved the due instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    waited_minutes: Option<i64>,
    /// The event that caused it.
    event_id: Uuid,
}

/// Every promise made about a request, each with its ledger.
#[utoipa::path(
    get, path = "/requests/{id}/clocks", operation_id = "read_clocks", tag = "requests",
    params(OfRequest, AtLeast),
    responses((status = 200, body = ClocksShown), Unanswered),
)]
pub(crate) async fn clocks(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Json<ClocksShown>, Problem> {
    let detail = detail(&app, &permit, &id, query).await?;
    let desk = app.engine.desk().await?;
    let now = app.engine.now();
    Ok(Json(ClocksShown { clocks: clocks_at(&detail.case, now, &*desk) }))
}

/// Every promise as it stands at an instant.
pub(crate) fn clocks_at(case: &Case, now: Timestamp, calendars: &dyn Calendars) -> Vec<ClockShown> {
    case.clocks.iter().map(|clock| shown(clock, case, now, calendars)).collect()
}

fn shown(clock: &Clock, case: &Case, now: Timestamp, calendars: &dyn Calendars) -> ClockShown {
    ClockShown {
        promise: clock.promise,
        started_at: clock.started_at,
        due_at: clock.due_at,
        original_due_at: clock.original_due_at,
        stopped_at: clock.stopped_at,
        state: clock.state(now),
        working_minutes: clock.working_minutes(now, calendars),
        working_minutes_left: clock.working_minutes_left(now, calendars),
        calendar_version: clock.calendar_version,
        recalculations: clock.recalculations.iter().map(recalculation).collect(),
        excused: excusals(clock, case).next().is_some(),
        excusals: excusals(clock, case).collect(),
        ledger: clock.ledger(now, calendars).iter().map(entry).collect(),
    }
}

fn excusals(clock: &Clock, case: &Case) -> impl Iterator<Item = ExcusalShown> {
    let of_it = case.excusals.iter().filter(move |it| it.promise == clock.promise);
    of_it.map(|it| ExcusalShown {
        ground: it.ground,
        says: it.ground.says(),
        at: it.at,
        event_id: it.event.0,
    })
}

fn recalculation(it: &Recalculation) -> RecalculationShown {
    RecalculationShown { at: it.at, calendar_version: it.calendar_version, event_id: it.event }
}

fn entry(entry: &Entry) -> EntryShown {
    let Entry { from, to, kind, working_minutes, waited_minutes, event } = *entry;
    EntryShown { from, to, kind, working_minutes, waited_minutes, event_id: event }
}
