//! `GET /services/{slug}/inbox` and `/caseload`: what waits for a service, and what it took on,
//! with whom the family hears from first on top.

use super::services::OfService;
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, PageQuery, Unanswered};
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::list::lines;
use crate::requests::shown::Line;
use axum::Json;
use axum::extract::State;
use domain::ids::ServiceSlug;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use views::Work;

/// A request in which the service has a part.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkLine {
    #[serde(flatten)]
    request: Line,
    /// `lead` or `contributing`.
    #[schema(value_type = String, example = "lead")]
    part: &'static str,
    /// By when the service is in touch with the family; null while we wait for the school.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_contact_by: Option<Timestamp>,
    /// When it was.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_contact_at: Option<Timestamp>,
}

/// What was sent to a service and not yet taken on, in the order in which its families should
/// hear from it.
#[utoipa::path(
    get, path = "/services/{slug}/inbox", operation_id = "read_inbox", tag = "service",
    params(OfService, PageQuery, AtLeast),
    responses((status = 200, body = Page<WorkLine>), Unanswered),
)]
pub(crate) async fn inbox(
    State(app): State<App>,
    permit: Permit,
    Place(slug): Place,
    query: Query,
) -> Result<Json<Page<WorkLine>>, Problem> {
    work(&app, &permit, &slug, query, Work::Waiting).await
}

/// What a service took on and has not finished, in the order in which its families should
/// hear from it.
#[utoipa::path(
    get, path = "/services/{slug}/caseload", operation_id = "read_caseload", tag = "service",
    params(OfService, PageQuery, AtLeast),
    responses((status = 200, body = Page<WorkLine>), Unanswered),
)]
pub(crate) async fn caseload(
    State(app): State<App>,
    permit: Permit,
    Place(slug): Place,
    query: Query,
) -> Result<Json<Page<WorkLine>>, Problem> {
    work(&app, &permit, &slug, query, Work::Accepted).await
}

async fn work(
    app: &App,
    permit: &Permit,
    slug: &str,
    mut query: Query,
    work: Work,
) -> Result<Json<Page<WorkLine>>, Problem> {
    let page = views::Page { limit: query.limit(), cursor: query.text("cursor") };
    let at_least = query.at_least();
    query.done()?;
    let slug: ServiceSlug = slug.parse().map_err(|_| Problem::not_found())?;
    let anothers = permit.caller.service().is_some_and(|own| *own != slug);
    if anothers || !app.engine.desk().await?.services.contains_key(&slug) {
        return Err(Problem::not_found());
    }

    app.fresh(at_least).await?;
    let listing = app.views.of_service(permit.scope(), slug, work, page).await?;
    let mut shares = Vec::with_capacity(listing.items.len());
    let mut items = Vec::with_capacity(listing.items.len());
    for share in listing.items {
        shares.push((share.leads, share.contact_by, share.contacted_at));
        items.push(share.item);
    }
    let shown = lines(app, permit, items).await?.into_iter().zip(shares);
    let items = shown.map(|(request, (leads, first_contact_by, first_contact_at))| {
        let part = if leads { "lead" } else { "contributing" };
        WorkLine { request, part, first_contact_by, first_contact_at }
    });
    Ok(Json(Page { items: items.collect(), next: listing.next }))
}
