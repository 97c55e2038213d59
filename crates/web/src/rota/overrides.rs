//! `GET|PUT|POST /rotas/{team}/overrides`: somebody on instead, or nobody.

use super::{OfMonth, OfTeam, change, month, name_of, read, rota_of};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::form::{Faults, Form, code, instant, list};
use crate::openapi::{Refused, Unanswered, Write};
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use domain::desk::{Desk, DeskCommand};
use domain::rota::{Override, RotaCommand};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// The most overrides of a month.
const MOST_OVERRIDES: usize = 200;

/// Who is on instead of everybody else, for a stretch of time.
#[derive(Serialize, ToSchema)]
pub(crate) struct OverrideItem {
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    /// By account; null: nobody is on.
    adviser: Option<String>,
    name: Option<String>,
}

/// Somebody on instead.
#[derive(ToSchema)]
#[schema(example = json!({"from": "2026-11-30T13:00:00Z", "to": "2026-12-02T12:00:00Z",
    "adviser": "amara-okafor"}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OverrideBody {
    #[schema(format = DateTime)]
    from: String,
    /// Within a year.
    #[schema(format = DateTime)]
    to: String,
    /// By account; left out: nobody is on.
    adviser: Option<String>,
}

/// The overrides of a month, instead of any before. The last one stands before the others.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SetOverridesBody {
    #[schema(max_items = 200)]
    overrides: Vec<OverrideBody>,
}

/// The overrides of a month, the last before the others. One over the end of a month is in
/// both, each with its part.
#[utoipa::path(
    get, path = "/rotas/{team}/overrides", operation_id = "read_overrides", tag = "rota",
    params(OfTeam, OfMonth),
    responses((status = 200, body = Page<OverrideItem>), Unanswered),
)]
pub(crate) async fn read_overrides(
    State(app): State<App>,
    _: Permit,
    Place(team): Place,
    mut query: Query,
) -> Result<Json<Page<OverrideItem>>, Problem> {
    let month = month(&app, &mut query);
    query.done()?;
    let desk = app.engine.desk().await?;
    let (_, rota) = rota_of(&desk, &team)?;
    let overrides = rota.month(month).map(|month| month.overrides.as_slice()).unwrap_or_default();
    Ok(Json(Page { items: overrides.iter().map(|it| item(&desk, it)).collect(), next: None }))
}

/// Set the overrides of a month.
#[utoipa::path(
    put, path = "/rotas/{team}/overrides", operation_id = "set_overrides", tag = "rota",
    params(OfTeam, OfMonth, Write),
    request_body(content = SetOverridesBody, content_type = "application/json"),
    responses((status = 200, body = Page<OverrideItem>), Refused),
)]
pub(crate) async fn set_overrides(
    State(app): State<App>,
    Place(team): Place,
    mut query: Query,
    incoming: Incoming,
) -> Result<Written<Page<OverrideItem>>, Problem> {
    let month = month(&app, &mut query);
    query.done()?;
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, &team)?;
    let overrides: Vec<Override> = read(&incoming.body, |form, faults| {
        let one = |value: &Value, at: &str, faults: &mut Faults| {
            let mut form = Form::of(value, at, faults)?;
            let instead = instead(&mut form, faults);
            form.done(faults);
            let decided = rota.decide(team.clone(), month, RotaCommand::Override(instead.clone()?));
            decided.map_err(|refusal| faults.say(at, refusal.to_string())).ok()?;
            instead
        };
        form.required("overrides", faults, list(MOST_OVERRIDES, one))
    })?;
    let items = overrides.iter().map(|it| item(&desk, it)).collect();
    let command = RotaCommand::SetOverrides(overrides);
    let position = change(&app, &incoming, &team, vec![month], command).await?;
    Ok(Written::now(position, None, Page { items, next: None }))
}

/// Put somebody else on, or nobody, for the whole of a stretch of time.
#[utoipa::path(
    post, path = "/rotas/{team}/overrides", operation_id = "add_override", tag = "rota",
    params(OfTeam, Write),
    request_body(content = OverrideBody, content_type = "application/json"),
    responses((status = 201, body = OverrideItem), Refused),
)]
pub(crate) async fn add_override(
    State(app): State<App>,
    Place(team): Place,
    incoming: Incoming,
) -> Result<Written<OverrideItem>, Problem> {
    let desk = app.engine.desk().await?;
    let (team, _) = rota_of(&desk, &team)?;
    let said = read(&incoming.body, instead)?;
    let told = said.commands()?.into_iter();
    let told = told.map(|(month, part)| DeskCommand::ChangeRota(team.clone(), month, part));
    let position = app.engine.configure(&incoming.context(None), told.collect()).await?;
    Ok(Written::new(position, None, item(&desk, &said)))
}

fn instead(form: &mut Form<'_>, faults: &mut Faults) -> Option<Override> {
    let from = form.required("from", faults, instant);
    let to = form.required("to", faults, instant);
    let adviser = form.optional("adviser", faults, code);
    let (from, to) = (from?, to?);
    Some(Override { from, to, adviser })
}

fn item(desk: &Desk, instead: &Override) -> OverrideItem {
    let adviser = instead.adviser.as_ref().map(ToString::to_string);
    let name = instead.adviser.as_ref().and_then(|adviser| name_of(desk, adviser));
    OverrideItem { from: instead.from, to: instead.to, adviser, name }
}
