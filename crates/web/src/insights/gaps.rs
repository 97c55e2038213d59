//! Figures: where the criteria of services leave a gap, so that a request goes from one to the
//! other and none has to take it.

use super::days;
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use crate::spreadsheet::{Table, cell};
use axum::Json;
use axum::extract::State;
use domain::need::Area;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::{Gap, Gaps};

/// Gaps in the criteria, the most frequent first.
#[derive(Serialize, ToSchema)]
pub(crate) struct GapsShown {
    /// Found on this day or later,
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// and on this day or earlier.
    #[schema(value_type = String, format = Date)]
    to: Date,
    items: Vec<GapShown>,
}

/// A gap between the same services, in one area of need.
#[derive(Serialize, ToSchema)]
pub(crate) struct GapShown {
    /// The area of the main need; null where none was said.
    #[schema(value_type = Option<String>, example = "sensory_physical")]
    area: Option<Area>,
    /// The services that let requests go, by slug.
    #[schema(example = json!(["sensory-support", "specialist-sen"]))]
    services: Vec<String>,
    /// How often each reason was given.
    #[schema(example = json!({"wrong_service": 2}))]
    reasons: BTreeMap<&'static str, u64>,
    /// How often it was found.
    count: u64,
    /// For which requests.
    requests: Vec<Uuid>,
}

/// Which gaps.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct GapsQuery {
    /// Found on this day or later; a year ago when left out.
    #[param(format = Date)]
    from: Option<String>,
    /// And on this day or earlier; today when left out.
    #[param(format = Date)]
    to: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// Where the criteria of services leave a gap: what was declined or handed over twice.
#[utoipa::path(
    get, path = "/insights/gaps", operation_id = "read_criteria_gaps", tag = "insights",
    params(GapsQuery),
    responses((status = 200, body = GapsShown), Unanswered),
)]
pub(crate) async fn gaps(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Json<GapsShown>, Problem> {
    ask(&app, &permit, query).await.map(Json)
}

/// Where the criteria of services leave a gap, as a table for a spreadsheet.
#[utoipa::path(
    get, path = "/insights/gaps.csv", operation_id = "read_criteria_gaps_csv", tag = "insights",
    params(GapsQuery),
    responses((status = 200, body = String, content_type = "text/csv"), Unanswered),
)]
pub(crate) async fn gaps_csv(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Table, Problem> {
    let shown = ask(&app, &permit, query).await?;
    let head = "area,services,reasons,count,requests";
    Ok(Table::new(head, shown.items.iter().map(line)))
}

async fn ask(app: &App, permit: &Permit, mut query: Query) -> Result<GapsShown, Problem> {
    let (from, to) = days(&mut query, app.engine.now());
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let gaps = app.views.gaps(permit.scope(), Gaps { from, to }).await?;
    let to = to.saturating_sub(1.day());
    Ok(GapsShown { from, to, items: gaps.into_iter().map(shown).collect() })
}

fn shown(gap: Gap) -> GapShown {
    GapShown {
        area: gap.area,
        services: gap.services.into_iter().map(String::from).collect(),
        reasons: gap.codes,
        count: gap.count,
        requests: gap.requests.into_iter().map(|request| request.0).collect(),
    }
}

/// Lists within a cell are apart by spaces: none of their words has one.
fn line(gap: &GapShown) -> Vec<String> {
    let reasons: Vec<_> = gap.reasons.iter().map(|(code, n)| format!("{code}:{n}")).collect();
    let requests: Vec<_> = gap.requests.iter().map(ToString::to_string).collect();
    vec![
        cell(gap.area.map(Area::code)),
        cell(Some(&gap.services.join(" "))),
        cell(Some(&reasons.join(" "))),
        gap.count.to_string(),
        cell(Some(&requests.join(" "))),
    ]
}
