//! Figures: what schools say of how it went.

use super::days;
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use crate::spreadsheet::{Table, cell};
use axum::Json;
use axum::extract::State;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use views::{Feedback, FeedbackBy, FeedbackGroup, Verdicts};

/// What schools said, group by group.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedbackShown {
    /// Given on this day or later,
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// and on this day or earlier.
    #[schema(value_type = String, format = Date)]
    to: Date,
    group_by: &'static str,
    items: Vec<FeedbackGroupShown>,
}

/// What schools said in one group.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedbackGroupShown {
    /// The slug or month; null where no service had the request.
    key: Option<String>,
    name: Option<String>,
    /// Requests about which anything was said; what is said last counts.
    count: u64,
    /// Whether the answer was quick.
    quick: VerdictsShown,
    /// Whether it helped.
    helped: VerdictsShown,
}

/// How often each answer was given.
#[derive(Serialize, ToSchema)]
pub(crate) struct VerdictsShown {
    yes: u64,
    partly: u64,
    no: u64,
}

/// Which feedback, in which groups.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct FeedbackQuery {
    /// Given on this day or later; a year ago when left out.
    #[param(format = Date)]
    from: Option<String>,
    /// And on this day or earlier; today when left out.
    #[param(format = Date)]
    to: Option<String>,
    /// `service` or `month`; `service` when left out.
    group_by: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// What schools said of how it went.
#[utoipa::path(
    get, path = "/insights/feedback", operation_id = "read_feedback", tag = "insights",
    params(FeedbackQuery),
    responses((status = 200, body = FeedbackShown), Unanswered),
)]
pub(crate) async fn feedback(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Json<FeedbackShown>, Problem> {
    ask(&app, &permit, query).await.map(Json)
}

/// What schools said of how it went, as a table for a spreadsheet.
#[utoipa::path(
    get, path = "/insights/feedback.csv", operation_id = "read_feedback_csv", tag = "insights",
    params(FeedbackQuery),
    responses((status = 200, body = String, content_type = "text/csv"), Unanswered),
)]
pub(crate) async fn feedback_csv(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Table, Problem> {
    let shown = ask(&app, &permit, query).await?;
    let head = "key,name,count,quick_yes,quick_partly,quick_no,helped_yes,helped_partly,helped_no";
    Ok(Table::new(head, shown.items.iter().map(line)))
}

async fn ask(app: &App, permit: &Permit, mut query: Query) -> Result<FeedbackShown, Problem> {
    let (from, to) = days(&mut query, app.engine.now());
    let group_by = query.read::<FeedbackBy>("group_by").unwrap_or(FeedbackBy::Service);
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let asked = Feedback { from, to, group_by };
    let groups = app.views.feedback(permit.scope(), asked).await?;
    let items = groups.into_iter().map(shown).collect();
    Ok(FeedbackShown { from, to: to.saturating_sub(1.day()), group_by: group_by.as_str(), items })
}

fn shown(group: FeedbackGroup) -> FeedbackGroupShown {
    let verdicts = |Verdicts { yes, partly, no }| VerdictsShown { yes, partly, no };
    FeedbackGroupShown {
        key: group.key,
        name: group.name,
        count: group.count,
        quick: verdicts(group.quick),
        helped: verdicts(group.helped),
    }
}

fn line(group: &FeedbackGroupShown) -> Vec<String> {
    let FeedbackGroupShown { key, name, count, quick, helped } = group;
    let figures = [*count, quick.yes, quick.partly, quick.no];
    let figures = figures.into_iter().chain([helped.yes, helped.partly, helped.no]);
    let texts = [cell(key.as_deref()), cell(name.as_deref())];
    texts.into_iter().chain(figures.map(|it| it.to_string())).collect()
}
