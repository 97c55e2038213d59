//! `GET /audit/figures/{figure}`: the requests and the events behind a row of a figure.
//!
//! Read with the parameters of the figure itself, and found by its own conditions, so that there
//! are as many as it counts.

use crate::app::{App, Permit};
use crate::insights::figure::{FigureQuery, named};
use crate::openapi::{AtLeast, PageQuery, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use views::Behind;

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

/// The requests and the events behind a row of a figure: of `response-times`, `feedback`, `gaps`,
/// `spend` or `flow`, as far as the caller may know of them. There are as many as the figure says.
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
    let named = named(&name, &mut query, app.engine.now());
    let (figure, row) = named.ok_or_else(Problem::not_found)?;
    let (limit, skip) = (query.limit(), query.read::<usize>("cursor").unwrap_or(0));
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (count, items) = app.views.behind(permit.scope(), figure, row, (skip, limit)).await?;
    let shown = skip.saturating_add(items.len());
    let next = (shown < count).then(|| shown.to_string());
    Ok(Json(FigureShown { count, items: items.into_iter().map(behind).collect(), next }))
}

fn behind(it: Behind) -> BehindShown {
    let Behind { request, events } = it;
    BehindShown { request: request.0, reference: request.reference(), events }
}
