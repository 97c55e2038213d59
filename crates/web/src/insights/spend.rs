//! Figures: what packages of support commit, in whole pence, so that every table sums.

mod report;

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::packages::totals::{YearShown, years};
use crate::paper::{Form, answer};
use crate::problem::Problem;
use crate::query::Query;
use crate::spreadsheet::{Table, cell};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::calendar::london;
use domain::desk::Desk;
use domain::money::Money;
use domain::need::Area;
use domain::package::{FundingSource, financial_year};
use domain::service::Agency;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use views::{Spend, SpendBy, SpendGroup};

/// What packages commit, group by group: what was agreed and, of those that are over or were
/// changed, what was given.
#[derive(Serialize, ToSchema)]
pub(crate) struct SpendShown {
    /// From the financial year that begins in this year on,
    from_year: i16,
    /// up to the one that begins in this year, included.
    to_year: i16,
    group_by: &'static str,
    items: Vec<SpendGroupShown>,
    /// All groups together, by financial year.
    years: Vec<YearShown>,
    #[schema(value_type = Object, example = json!({"pence": 1_270_000}))]
    total: Money,
}

/// What one group commits.
#[derive(Serialize, ToSchema)]
pub(crate) struct SpendGroupShown {
    /// The code, slug, URN or year; null for those that have none.
    key: Option<String>,
    name: Option<String>,
    /// For how many requests.
    requests: u64,
    years: Vec<YearShown>,
    #[schema(value_type = Object, example = json!({"pence": 270_000}))]
    total: Money,
}

/// Which spending, in which groups.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SpendQuery {
    /// From the financial year that begins in this year on; the present one when left out.
    from_year: Option<i16>,
    /// Up to the financial year that begins in this year, included; two years later when left
    /// out.
    to_year: Option<i16>,
    /// `agency funding panel area service district school financial_year`; `agency` when left
    /// out.
    group_by: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// What packages of support commit: as JSON or, where `Accept` says so, as a report in plain
/// text or HTML.
#[utoipa::path(
    get, path = "/insights/spend", operation_id = "read_spend", tag = "insights",
    params(SpendQuery),
    responses((status = 200, content(
        (SpendShown = "application/json"), (String = "text/plain"), (String = "text/html"),
    )), Unanswered),
)]
pub(crate) async fn spend(
    State(app): State<App>,
    permit: Permit,
    headers: HeaderMap,
    query: Query,
) -> Result<Response, Problem> {
    let shown = ask(&app, &permit, query).await?;
    answer(Form::wanted(&headers), &shown, report::paper)
}

/// What packages of support commit, as a table for a spreadsheet: one line for each group and
/// financial year.
#[utoipa::path(
    get, path = "/insights/spend.csv", operation_id = "read_spend_csv", tag = "insights",
    params(SpendQuery),
    responses((status = 200, body = String, content_type = "text/csv"), Unanswered),
)]
pub(crate) async fn spend_csv(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Table, Problem> {
    let shown = ask(&app, &permit, query).await?;
    let years = shown.items.iter().flat_map(|group| group.years.iter().map(move |it| (group, it)));
    let lines = years.map(|(group, year)| line(group, year));
    Ok(Table::new("key,name,financial_year,pence", lines))
}

async fn ask(app: &App, permit: &Permit, mut query: Query) -> Result<SpendShown, Problem> {
    let asked = asked(&mut query, app.engine.now());
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let Spend { from_year, to_year, group_by } = asked;
    let groups = app.views.spend(permit.scope(), asked).await?;
    let mut all: BTreeMap<i16, Money> = BTreeMap::new();
    for (year, amount) in groups.iter().flat_map(|group| &group.years) {
        all.entry(*year).or_default().pence += amount.pence;
    }
    let total = Money { pence: all.values().map(|amount| amount.pence).sum() };
    let desk = app.engine.desk().await?;
    let items = groups.into_iter().map(|group| shown(group, group_by, &desk)).collect();
    let group_by = group_by.as_str();
    Ok(SpendShown { from_year, to_year, group_by, items, years: years(all), total })
}

/// Which spending is asked about, in which groups.
pub(crate) fn asked(query: &mut Query, now: Timestamp) -> Spend {
    let present = financial_year(london::wall(now).date());
    let from_year = query.read("from_year").unwrap_or(present);
    let to_year = query.read("to_year").unwrap_or_else(|| from_year.saturating_add(2));
    let group_by = query.read("group_by").unwrap_or(SpendBy::Agency);
    if to_year < from_year {
        query.say("to_year", "this is before “from_year”");
    }
    Spend { from_year, to_year, group_by }
}

fn shown(group: SpendGroup, by: SpendBy, desk: &Desk) -> SpendGroupShown {
    let total = group.total();
    let SpendGroup { key, name, requests, years: by_year } = group;
    let name = name.or_else(|| called(key.as_deref()?, by, desk));
    SpendGroupShown { key, name, requests, years: years(by_year), total }
}

/// What a code stands for, in words.
fn called(key: &str, by: SpendBy, desk: &Desk) -> Option<String> {
    match by {
        SpendBy::Agency => key.parse().ok().map(Agency::says).map(str::to_owned),
        SpendBy::Funding => key.parse().ok().map(FundingSource::says).map(str::to_owned),
        SpendBy::Panel => desk.panels.get(&key.parse().ok()?).map(|panel| panel.name.clone()),
        SpendBy::Area => key.parse().ok().map(Area::says).map(str::to_owned),
        SpendBy::Service | SpendBy::District | SpendBy::School | SpendBy::FinancialYear => None,
    }
}

/// A line of the table. A financial year reads `2026/27`.
fn line(group: &SpendGroupShown, year: &YearShown) -> Vec<String> {
    let next = (year.from_year + 1).rem_euclid(100);
    vec![
        cell(group.key.as_deref()),
        cell(group.name.as_deref()),
        cell(Some(&format!("{}/{next:02}", year.from_year))),
        year.amount.pence.to_string(),
    ]
}
