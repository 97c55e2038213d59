//! `GET /insights/{figure}/requests`: the requests behind a number of a figure.
//!
//! Found by the figure's own conditions among the requests that the figure itself counts for this
//! caller; who may not see the figure finds nothing behind it.

use super::figure::{FigureQuery, named, read_by};
use crate::access::Reach;
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, PageQuery, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::list::lines;
use crate::requests::shown::Line;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// The requests behind a number.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestsBehind {
    /// The number: how many promises, answers, closings, findings or requests it counts.
    count: usize,
    /// How many requests that is about. One that counts twice is listed once.
    requests: usize,
    items: Vec<Line>,
    /// Where the next page begins, as `cursor`; null when this is the last.
    next: Option<String>,
}

/// The requests behind a number of a figure: of `response-times`, `feedback`, `gaps`, `spend` or
/// `flow`, as lines of a list.
#[utoipa::path(
    get, path = "/insights/{figure}/requests", operation_id = "list_figure_requests",
    tag = "insights",
    params(("figure" = String, Path, example = "flow"), FigureQuery, PageQuery, AtLeast),
    responses((status = 200, body = RequestsBehind), Unanswered),
)]
pub(crate) async fn requests(
    State(app): State<App>,
    permit: Permit,
    Place(name): Place,
    mut query: Query,
) -> Result<Json<RequestsBehind>, Problem> {
    let named = named(&name, &mut query, app.engine.now());
    let (figure, row) = named.ok_or_else(Problem::not_found)?;
    let (limit, skip) = (query.limit(), query.read::<usize>("cursor").unwrap_or(0));
    let at_least = query.at_least();
    query.done()?;
    let reach = read_by(&figure).reach(permit.caller.role());
    if reach == Reach::No {
        return Err(Problem::not_found());
    }
    app.fresh(at_least).await?;
    let scope = permit.scope_of(reach);
    let behind = app.views.requests_behind(scope, figure, row, (skip, limit)).await?;
    let (count, requests, items) = behind;
    let shown = skip.saturating_add(items.len());
    let next = (shown < requests && !items.is_empty()).then(|| shown.to_string());
    let items = lines(&app, &permit, items).await?;
    Ok(Json(RequestsBehind { count, requests, items, next }))
}
