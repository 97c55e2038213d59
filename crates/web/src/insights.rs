//! Figures: how promises are kept.

pub(crate) mod feedback;
pub(crate) mod figure;
pub(crate) mod flow;
pub(crate) mod gaps;
pub(crate) mod queues;
pub(crate) mod requests;
pub(crate) mod spend;

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use crate::spreadsheet::{Table, cell};
use axum::Json;
use axum::extract::State;
use domain::calendar::london;
use domain::clock::Promise;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use views::{Group, GroupBy, ResponseTimes};

/// How promises were kept, group by group.
#[derive(Serialize, ToSchema)]
pub(crate) struct ResponseTimesShown {
    /// Promises made on this day or later,
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// and on this day or earlier.
    #[schema(value_type = String, format = Date)]
    to: Date,
    group_by: &'static str,
    items: Vec<GroupShown>,
}

/// How one group's promises were kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct GroupShown {
    /// The code, slug, URN or month; null for those that have none.
    key: Option<String>,
    name: Option<String>,
    /// Promises made.
    count: u64,
    /// Answered in time.
    kept: u64,
    /// Answered late, or not answered and past due.
    breached: u64,
    /// Not answered, and not past due.
    running: u64,
    /// Of those kept or breached, the share kept, 0 to 1.
    share_kept: Option<f64>,
    /// Half of the answers took this many working minutes or fewer.
    median_working_minutes: Option<i64>,
    /// Nine of ten answers took this many working minutes or fewer.
    p90_working_minutes: Option<i64>,
    /// The longest that an answer took.
    longest_working_minutes: Option<i64>,
}

/// Which promises, in which groups.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ResponseTimesQuery {
    /// Promises made on this day or later; a year ago when left out.
    #[param(format = Date)]
    from: Option<String>,
    /// And on this day or earlier; today when left out.
    #[param(format = Date)]
    to: Option<String>,
    /// `promise service school area need district month`; `promise` when left out.
    group_by: Option<String>,
    /// Only this promise; `respond` when left out, except when grouped by promise.
    promise: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// How promises were kept.
#[utoipa::path(
    get, path = "/insights/response-times", operation_id = "read_response_times",
    tag = "insights",
    params(ResponseTimesQuery),
    responses((status = 200, body = ResponseTimesShown), Unanswered),
)]
pub(crate) async fn response_times(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Json<ResponseTimesShown>, Problem> {
    ask(&app, &permit, query).await.map(Json)
}

/// How promises were kept, as a table for a spreadsheet.
#[utoipa::path(
    get, path = "/insights/response-times.csv", operation_id = "read_response_times_csv",
    tag = "insights",
    params(ResponseTimesQuery),
    responses((status = 200, body = String, content_type = "text/csv"), Unanswered),
)]
pub(crate) async fn response_times_csv(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Table, Problem> {
    let shown = ask(&app, &permit, query).await?;
    let head = "key,name,count,kept,breached,running,share_kept,median_working_minutes,\
         p90_working_minutes,longest_working_minutes";
    Ok(Table::new(head, shown.items.iter().map(line)))
}

async fn ask(app: &App, permit: &Permit, mut query: Query) -> Result<ResponseTimesShown, Problem> {
    let asked = asked(&mut query, app.engine.now());
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (from, to, group_by) = (asked.from, asked.to.saturating_sub(1.day()), asked.group_by);
    let groups = app.views.response_times(permit.scope(), asked).await?;
    let items = groups.into_iter().map(shown).collect();
    Ok(ResponseTimesShown { from, to, group_by: group_by.as_str(), items })
}

/// Which promises are asked about, in which groups.
pub(crate) fn asked(query: &mut Query, now: Timestamp) -> ResponseTimes {
    let (from, to) = days(query, now);
    let group_by = query.read::<GroupBy>("group_by").unwrap_or(GroupBy::Promise);
    let promise = query.read::<Promise>("promise");
    ResponseTimes { from, to, group_by, promise, now }
}

/// From a day, a year ago when left out, until before the day after another, today when left out.
pub(crate) fn days(query: &mut Query, now: Timestamp) -> (Date, Date) {
    let to = query.read::<Date>("to").unwrap_or_else(|| london::wall(now).date());
    let from = query.read::<Date>("from").unwrap_or_else(|| to.saturating_sub(1.year()));
    if to < from {
        query.say("to", "this is before “from”");
    }
    (from, to.saturating_add(1.day()))
}

fn shown(group: Group) -> GroupShown {
    GroupShown {
        key: group.key,
        name: group.name,
        count: group.count,
        kept: group.kept,
        breached: group.breached,
        running: group.running,
        share_kept: group.share_kept,
        median_working_minutes: group.median_working_minutes,
        p90_working_minutes: group.p90_working_minutes,
        longest_working_minutes: group.longest_working_minutes,
    }
}

fn line(group: &GroupShown) -> Vec<String> {
    let number = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
    vec![
        cell(group.key.as_deref()),
        cell(group.name.as_deref()),
        group.count.to_string(),
        group.kept.to_string(),
        group.breached.to_string(),
        group.running.to_string(),
        group.share_kept.map_or_else(String::new, |share| format!("{share:.4}")),
        number(group.median_working_minutes),
        number(group.p90_working_minutes),
        number(group.longest_working_minutes),
    ]
}
