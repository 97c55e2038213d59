//! `GET /panels/{id}/dates`: when a panel meets by its cycle, and until when papers are in time.

use super::{OfPanel, terms_of};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::calendar::london;
use domain::desk::Desk;
use domain::panel::Panel;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// The most dates that are worked out at once: four years of a weekly panel.
const MOST_DATES: u64 = 200;
/// The dates that are worked out when nothing is said: a year of a four-weekly panel.
const USUAL_DATES: u64 = 13;

/// A date of the cycle.
#[derive(Serialize, ToSchema)]
pub(crate) struct DateShown {
    #[schema(value_type = String, format = Date, example = "2026-12-02")]
    date: Date,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// Papers are in time until then.
    #[schema(value_type = String, format = DateTime)]
    papers_due_at: Timestamp,
    /// The meeting of that day, if it was called.
    #[schema(value_type = Option<String>, example = "semh-2026-12-02")]
    meeting: Option<String>,
}

/// Which dates.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct DatesQuery {
    /// The first day; today when left out.
    #[param(format = Date)]
    from: Option<String>,
    /// How many; 13 when left out.
    #[param(minimum = 1, maximum = 200)]
    count: Option<u16>,
}

/// The dates of a panel's cycle: working days, and school days as far as terms are published.
#[utoipa::path(
    get, path = "/panels/{id}/dates", operation_id = "read_panel_dates", tag = "panels",
    params(OfPanel, DatesQuery),
    responses((status = 200, body = Page<DateShown>), Unanswered),
)]
pub(crate) async fn dates(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<Page<DateShown>>, Problem> {
    let today = london::wall(app.engine.now()).date();
    let from = query.read("from").unwrap_or(today);
    let count = query.count("count", USUAL_DATES, MOST_DATES);
    query.done()?;
    let desk = app.engine.desk().await?;
    let (terms, _) = terms_of(&desk, &permit, &id)?;
    let count = usize::try_from(count).unwrap_or_default();
    let dates = terms.cycle.next_dates(&desk.calendar, from, count);
    let items = dates.into_iter().map(|date| shown(&desk, terms, date)).collect();
    Ok(Json(Page { items, next: None }))
}

fn shown(desk: &Desk, terms: &Panel, date: Date) -> DateShown {
    let of_the_day = desk.diary(&terms.id).meetings.into_iter();
    let mut called = of_the_day.filter(|(_, slot)| london::wall(slot.starts_at).date() == date);
    DateShown {
        date,
        starts_at: terms.cycle.starts_at(date),
        papers_due_at: terms.papers_due_at(&desk.calendar, date),
        meeting: called.next().map(|(id, _)| id.to_string()),
    }
}
