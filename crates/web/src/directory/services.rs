//! `GET /services`: the directory of services.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::ServiceSlug;
use domain::service::{Agency, Offer, Service, Tier};
use serde::Serialize;
use utoipa::ToSchema;

/// A service.
#[derive(Serialize, ToSchema)]
pub(crate) struct ServiceItem {
    #[schema(value_type = String, example = "sensory-support")]
    slug: ServiceSlug,
    name: String,
    /// Who provides it: `education`, `health`, `social_care` or `voluntary`.
    #[schema(value_type = String)]
    agency: Agency,
    /// Within how many working days it contacts the family of a new case.
    first_contact_working_days: u32,
    offers: Vec<OfferItem>,
}

/// Something a service offers.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferItem {
    /// `statutory`, `critical`, `capacity_building` or `traded`.
    #[schema(value_type = String)]
    tier: Tier,
    title: String,
}

/// The directory of services, by slug.
#[utoipa::path(
    get, path = "/services", operation_id = "list_services", tag = "directory",
    params(crate::openapi::PageQuery),
    responses((status = 200, body = Page<ServiceItem>), Unanswered),
)]
pub(crate) async fn services(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<Page<ServiceItem>>, Problem> {
    let limit = query.limit();
    let after = query.read::<ServiceSlug>("cursor");
    query.done()?;
    let desk = app.engine.desk().await?;
    let items = desk
        .services
        .values()
        .filter(|service| after.as_ref().is_none_or(|after| service.slug > *after))
        .take(limit + 1)
        .map(item)
        .collect();
    Ok(Json(Page::of(items, limit, |last: &ServiceItem| last.slug.to_string())))
}

fn item(service: &Service) -> ServiceItem {
    let Service { slug, name, agency, first_contact_working_days, offers } = service.clone();
    let offers = offers.into_iter().map(|Offer { tier, title }| OfferItem { tier, title });
    ServiceItem { slug, name, agency, first_contact_working_days, offers: offers.collect() }
}
