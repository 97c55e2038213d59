//! `GET /audit/figures/{figure}`: the requests and the events behind a row of a figure.
//!
//! Read with the parameters of the figure itself, and found by its own conditions, so that there
//! are as many as it counts.

use crate::app::{App, Permit};
use crate::insights::{asked, days, spend};
use crate::openapi::{AtLeast, PageQuery, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::{Behind, BehindRow, Feedback, FeedbackBy, Figure, Gaps};

/// Which row; and the figure's own parameters, which it reads as the figure does.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct FigureQuery {
    /// The row of this key, as the figure gives it; of gaps, the area of need. `none`: the row
    /// without a key. Every row when left out.
    key: Option<String>,
    /// From this day on (not of `spend`).
    from: Option<String>,
    /// To this day (not of `spend`).
    to: Option<String>,
    /// How the figure groups (not of `gaps`).
    group_by: Option<String>,
    /// Only this promise (of `response-times`).
    promise: Option<String>,
    /// From this financial year on (of `spend`).
    from_year: Option<i16>,
    /// Up to this financial year (of `spend`).
    to_year: Option<i16>,
}

/// What is behind a row of a figure.
#[derive(Serialize, ToSchema)]
pub(crate) struct FigureShown {
    /// How many the row counts: promises, requests about which anything was said, findings, or
    /// requests with a package.
    count: usize,
    items: Vec<BehindShown>,
    /// Where the next page begins, as `cursor`; null when this is the last.
    next: Option<String>,
}

/// One of those that the row counts.
#[derive(Serialize, ToSchema)]
pub(crate) struct BehindShown {
    #[schema(value_type = String, format = Uuid)]
    request: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    /// The positions of the events that made it count, in order.
    events: Vec<u64>,
}

/// The requests and the events behind a row of a figure: of `response-times`, `feedback`, `gaps`
/// or `spend`, as far as the caller may know of them. There are as many as the figure says.
#[utoipa::path(
    get, path = "/audit/figures/{figure}", operation_id = "read_figure", tag = "audit",
    params(("figure" = String, Path, example = "response-times"), FigureQuery, PageQuery, AtLeast),
    responses((status = 200, body = FigureShown), Unanswered),
)]
pub(crate) async fn figure(
    State(app): State<App>,
    permit: Permit,
    Place(name): Place,
    mut query: Query,
) -> Result<Json<FigureShown>, Problem> {
    let figure = named(&name, &mut query, app.engine.now()).ok_or_else(Problem::not_found)?;
    let row = match query.text("key").as_deref() {
        None => BehindRow::Any,
        Some("none") => BehindRow::OfNone,
        Some(key) => BehindRow::Of(key.to_owned()),
    };
    let (limit, skip) = (query.limit(), query.read::<usize>("cursor").unwrap_or(0));
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (count, items) = app.views.behind(permit.scope(), figure, row, (skip, limit)).await?;
    let shown = skip.saturating_add(items.len());
    let next = (shown < count).then(|| shown.to_string());
    Ok(Json(FigureShown { count, items: items.into_iter().map(behind).collect(), next }))
}

fn named(name: &str, query: &mut Query, now: Timestamp) -> Option<Figure> {
    match name {
        "response-times" => Some(Figure::ResponseTimes(asked(query, now))),
        "feedback" => {
            let (from, to) = days(query, now);
            let group_by = query.read("group_by").unwrap_or(FeedbackBy::Service);
            Some(Figure::Feedback(Feedback { from, to, group_by }))
        }
        "gaps" => {
            let (from, to) = days(query, now);
            Some(Figure::Gaps(Gaps { from, to }))
        }
        "spend" => Some(Figure::Spend(spend::asked(query, now))),
        _ => None,
    }
}

fn behind(it: Behind) -> BehindShown {
    let Behind { request, events } = it;
    BehindShown { request: request.0, reference: request.reference(), events }
}
