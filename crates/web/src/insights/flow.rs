//! Figures: what came in, what was answered and closed, and where the rest was, period by period.

use super::days;
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use crate::spreadsheet::{Table, cell};
use axum::Json;
use axum::extract::State;
use domain::request::Status;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use views::{Flow, FlowBy, FlowPeriod};

/// The most periods that are told at once: five years of weeks.
const MOST_PERIODS: i32 = 262;

/// What came in and what became of it, period by period.
#[derive(Serialize, ToSchema)]
pub(crate) struct FlowShown {
    /// From this day on,
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// up to and with this day.
    #[schema(value_type = String, format = Date)]
    to: Date,
    group_by: &'static str,
    items: Vec<FlowPeriodShown>,
    /// All periods together; what is open, as it is at the end of the last.
    total: FlowPeriodShown,
}

/// A week or a month, as far as it was asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct FlowPeriodShown {
    /// `2026-05`, or `2026-W22`; of all together, null.
    key: Option<String>,
    #[schema(value_type = String, format = Date)]
    from: Date,
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// Requests that came in.
    received: u64,
    /// Answers that schools were given, in time or late.
    answered: u64,
    /// How often a request was closed.
    closed: u64,
    /// How often one that was closed was opened again.
    reopened: u64,
    /// How many were open at the end of it, or are now.
    open: u64,
    /// Where those were, by `status`.
    #[schema(value_type = Object, example = json!({"with_service": 12, "awaiting_panel": 3}))]
    places: BTreeMap<Status, u64>,
}

/// Which time, in which periods.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct FlowQuery {
    /// From this day on; a year ago when left out.
    #[param(format = Date)]
    from: Option<String>,
    /// Up to and with this day; today when left out.
    #[param(format = Date)]
    to: Option<String>,
    /// `week` or `month`; `month` when left out.
    group_by: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// What came in, what was answered and closed, and where the rest was, week by week or month by
/// month.
#[utoipa::path(
    get, path = "/insights/flow", operation_id = "read_flow", tag = "insights",
    params(FlowQuery),
    responses((status = 200, body = FlowShown), Unanswered),
)]
pub(crate) async fn flow(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Json<FlowShown>, Problem> {
    ask(&app, &permit, query).await.map(Json)
}

/// What came in and what became of it, as a table for a spreadsheet.
#[utoipa::path(
    get, path = "/insights/flow.csv", operation_id = "read_flow_csv", tag = "insights",
    params(FlowQuery),
    responses((status = 200, body = String, content_type = "text/csv"), Unanswered),
)]
pub(crate) async fn flow_csv(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Table, Problem> {
    let shown = ask(&app, &permit, query).await?;
    let places: Vec<_> = places().map(Status::code).collect();
    let head = "key,from,to,received,answered,closed,reopened,open";
    Ok(Table::new(&format!("{head},{}", places.join(",")), shown.items.iter().map(line)))
}

async fn ask(app: &App, permit: &Permit, mut query: Query) -> Result<FlowShown, Problem> {
    let asked = asked(&mut query, app.engine.now());
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (from, to, group_by) = (asked.from, asked.to.saturating_sub(1.day()), asked.group_by);
    let periods = app.views.flow(permit.scope(), asked).await?;
    let items: Vec<_> = periods.into_iter().map(shown).collect();
    let total = total((from, to), &items);
    Ok(FlowShown { from, to, group_by: group_by.as_str(), items, total })
}

/// Which time is asked about, in which periods.
pub(crate) fn asked(query: &mut Query, now: Timestamp) -> Flow {
    let (from, to) = days(query, now);
    let group_by = query.read("group_by").unwrap_or(FlowBy::Month);
    let flow = Flow { from, to, group_by };
    if flow.how_many() > MOST_PERIODS {
        query.say("from", &format!("at most {MOST_PERIODS} periods are told at once"));
    }
    flow
}

fn shown(period: FlowPeriod) -> FlowPeriodShown {
    FlowPeriodShown {
        key: Some(period.key),
        from: period.from,
        to: period.to.saturating_sub(1.day()),
        received: period.received,
        answered: period.answered,
        closed: period.closed,
        reopened: period.reopened,
        open: period.open.values().sum(),
        places: period.open,
    }
}

fn total((from, to): (Date, Date), periods: &[FlowPeriodShown]) -> FlowPeriodShown {
    let sum = |of: fn(&FlowPeriodShown) -> u64| periods.iter().map(of).sum();
    let places = periods.last().map(|last| last.places.clone()).unwrap_or_default();
    FlowPeriodShown {
        key: None,
        from,
        to,
        received: sum(|it| it.received),
        answered: sum(|it| it.answered),
        closed: sum(|it| it.closed),
        reopened: sum(|it| it.reopened),
        open: places.values().sum(),
        places,
    }
}

/// Where a request can be while it is open.
fn places() -> impl Iterator<Item = Status> {
    Status::ALL.iter().copied().filter(|status| *status != Status::Closed)
}

fn line(period: &FlowPeriodShown) -> Vec<String> {
    let FlowPeriodShown { key, from, to, received, answered, closed, reopened, open, places: at } =
        period;
    let counts = [*received, *answered, *closed, *reopened, *open].into_iter();
    let counts = counts.chain(places().map(|place| at.get(&place).copied().unwrap_or_default()));
    let days = [cell(key.as_deref()), from.to_string(), to.to_string()];
    days.into_iter().chain(counts.map(|it| it.to_string())).collect()
}
