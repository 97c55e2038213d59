//! `GET /audit/rulesets/triage`: the triage criteria that were in force at a moment.

use super::entry_then::{EntryThen, story};
use super::moment::{AsAtQuery, Asked};
use crate::app::{App, Permit};
use crate::directory::rulesets::{RuleSetBody, in_force};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;

/// The triage criteria that were in force at a moment.
#[utoipa::path(
    get, path = "/audit/rulesets/triage", operation_id = "read_ruleset_as_at", tag = "audit",
    params(AsAtQuery),
    responses((status = 200, body = EntryThen<RuleSetBody>), Unanswered),
)]
pub(crate) async fn rules(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<EntryThen<RuleSetBody>>, Problem> {
    let asked = Asked::read(&mut query);
    query.done()?;
    let then = asked.then(&app.engine).await?;
    let events = story(&app.engine, "ruleset-triage", then).await?;
    let desk = app.engine.desk_at(then.position).await?;
    let state = in_force(&desk).ok_or_else(Problem::not_found)?;
    EntryThen::of(&app.engine, then, events, state).await.map(Json)
}
