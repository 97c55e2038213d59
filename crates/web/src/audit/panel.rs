//! `GET /audit/panels/{id}`: a panel's terms of reference as they were in force at a moment.

use super::entry_then::{EntryThen, story};
use super::moment::{AsAtQuery, Asked};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::panels::OfPanel;
use crate::panels::terms::TermsShown;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::PanelId;

/// A panel's terms of reference as they were in force at a moment.
#[utoipa::path(
    get, path = "/audit/panels/{id}", operation_id = "read_panel_as_at", tag = "audit",
    params(OfPanel, AsAtQuery),
    responses((status = 200, body = EntryThen<TermsShown>), Unanswered),
)]
pub(crate) async fn panel(
    State(app): State<App>,
    _: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<EntryThen<TermsShown>>, Problem> {
    let asked = Asked::read(&mut query);
    query.done()?;
    let id: PanelId = id.parse().map_err(|_| Problem::not_found())?;
    let then = asked.then(&app.engine).await?;
    let events = story(&app.engine, &format!("panel-{id}"), then).await?;
    let desk = app.engine.desk_at(then.position).await?;
    let (terms, version) = desk.terms(&id).ok_or_else(Problem::not_found)?;
    let state = TermsShown::of(&desk, terms, version);
    EntryThen::of(&app.engine, then, events, state).await.map(Json)
}
