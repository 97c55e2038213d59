//! `GET /audit/break-glass`: who read a request by exception, why, and what they then read.

use super::access::subjects_of;
use crate::access::exception::WHY;
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::account::Role;
use domain::request::event::GlassReason;
use engine::AccessesSought;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::GlassItem;

/// The most accesses that are looked through for one exception: four hours of reading.
const MOST_ACCESSES: usize = 1_000;

/// When.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct GlassQuery {
    /// Begun from this instant, or this day in London, on.
    from: Option<String>,
    /// Begun until this instant, or to the end of this day in London.
    to: Option<String>,
}

/// Somebody read a request by exception. The words that they gave are in its timeline.
#[derive(Serialize, ToSchema)]
pub(crate) struct GlassShown {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// The account.
    who: String,
    #[schema(value_type = String, example = "service")]
    role: Role,
    request: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    #[schema(value_type = String, example = "safeguarding")]
    code: GlassReason,
    /// How often something of the request was then opened, by the record of accesses,
    reads: usize,
    /// and by which operations.
    operations: BTreeSet<String>,
    /// Who was told.
    told: Vec<String>,
}

/// Who read a request by exception, the latest first, at most a thousand.
#[utoipa::path(
    get, path = "/audit/break-glass", operation_id = "read_broken_glass", tag = "audit",
    params(GlassQuery, AtLeast),
    responses((status = 200, body = Page<GlassShown>), Unanswered),
)]
pub(crate) async fn broken_glass(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<Page<GlassShown>>, Problem> {
    let between = (query.instant("from"), query.until("to"));
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let mut items = Vec::new();
    for item in app.views.broken_glass(between).await? {
        items.push(shown(&app, item).await?);
    }
    Ok(Json(Page { items, next: None }))
}

async fn shown(app: &App, item: GlassItem) -> Result<GlassShown, Problem> {
    let GlassItem { at, broken, request, reference, child, .. } = item;
    let subjects = match child {
        Some(child) => subjects_of(app, child).await?,
        None => vec![request.0],
    };
    let sought = AccessesSought {
        subjects,
        who: Some(broken.account.to_string()),
        from: Some(at),
        to: Some(broken.until),
        ..AccessesSought::default()
    };
    let mut read = app.engine.accesses(sought, MOST_ACCESSES).await?;
    read.retain(|access| access.why.starts_with(WHY));
    Ok(GlassShown {
        at,
        until: broken.until,
        who: broken.account.to_string(),
        role: broken.role,
        request: request.0,
        reference,
        code: broken.code,
        reads: read.len(),
        operations: read.into_iter().map(|access| access.operation).collect(),
        told: broken.told.iter().map(ToString::to_string).collect(),
    })
}
