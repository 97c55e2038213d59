//! `GET /children/{id}`: a child over time, whatever schools asked and under whichever
//! pseudonyms, as far as people linked them. Nothing is merged for it.

use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::same_child::names;
use crate::requests::shown::{ChildShown, Line, Today};
use axum::Json;
use axum::extract::State;
use domain::ids::ChildId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A child with everything that was asked for it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChildHistory {
    /// The child under each of its pseudonyms; the one that was asked for is the first.
    children: Vec<ChildShown>,
    /// Every request about it, the earliest first.
    requests: Vec<Line>,
}

/// A child with every request about it, in order.
#[utoipa::path(
    get, path = "/children/{id}", operation_id = "read_child", tag = "duty",
    params(("id" = String, Path, format = Uuid, description = "Any of its pseudonyms"), AtLeast),
    responses((status = 200, body = ChildHistory), Unanswered),
)]
pub(crate) async fn history(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<ChildHistory>, Problem> {
    let at_least = query.at_least();
    query.done()?;
    let child = Uuid::try_parse(&id).map(ChildId).map_err(|_| Problem::not_found())?;
    app.fresh(at_least).await?;
    let same = app.views.same_child(child).await?;
    let items = app.views.requests_of(same.clone()).await?;
    if !items.iter().any(|item| item.child == Some(child)) {
        return Err(Problem::not_found());
    }
    let who = names(&app, &permit, &items).await?;
    let known = |child: ChildId| who.get(&child).cloned();
    let erased = |child| items.iter().any(|item| item.child == Some(child) && item.child_erased);
    let children = same.iter().map(|child| ChildShown::of(*child, known(*child), erased(*child)));
    let desk = app.engine.desk().await?;
    let today = Today { now: app.engine.now(), calendar: &desk.calendar };
    let requests = items.iter().map(|item| Line::of(item, item.child.and_then(known), &today));
    Ok(Json(ChildHistory { children: children.collect(), requests: requests.collect() }))
}
