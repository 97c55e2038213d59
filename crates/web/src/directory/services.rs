//! `GET /services`, `GET /services/{slug}`: the directory of services, with how busy each is.

use crate::app::{App, Permit};
use crate::entry::{Entry, entry};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::ServiceSlug;
use domain::service::{Agency, Offer, Published, Service, ServiceStatus, Tier};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use views::Load;

/// A service.
#[derive(Serialize, ToSchema)]
pub(crate) struct ServiceItem {
    #[schema(value_type = String, example = "sensory-support")]
    slug: ServiceSlug,
    name: String,
    /// Who provides it: `education`, `health`, `social_care` or `voluntary`.
    #[schema(value_type = String)]
    agency: Agency,
    /// `active`, `inactive` or `temporarily_closed`.
    #[schema(value_type = String, example = "active")]
    status: ServiceStatus,
    /// Within how many working days it contacts the family of a new case.
    first_contact_working_days: u32,
    offers: Vec<OfferItem>,
    capacity: CapacityItem,
    /// What the public is told: `description`, `url`, `eligibility`, `ages`, `opening_hours`,
    /// `contact`.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    public: Published,
}

/// How many cases a service can have open, and how many it has. More are shown, not refused.
#[derive(Serialize, ToSchema)]
pub(crate) struct CapacityItem {
    /// As many as this; null when it does not say.
    cases: Option<u32>,
    /// Requests that it took on and that are open.
    open: u64,
    /// Requests that wait for it.
    waiting: u64,
}

/// Something a service offers.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferItem {
    /// `statutory`, `critical`, `capacity_building` or `traded`.
    #[schema(value_type = String)]
    tier: Tier,
    title: String,
}

/// Which service.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfService {
    /// The service.
    #[param(example = "sensory-support")]
    slug: String,
}

/// The directory of services, by slug.
#[utoipa::path(
    get, path = "/services", operation_id = "list_services", tag = "directory",
    params(crate::openapi::PageQuery, crate::openapi::AtLeast),
    responses((status = 200, body = Page<ServiceItem>), Unanswered),
)]
pub(crate) async fn services(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<Page<ServiceItem>>, Problem> {
    let limit = query.limit();
    let after = query.read::<ServiceSlug>("cursor");
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (desk, loads) = (app.engine.desk().await?, app.views.loads().await?);
    let items = desk
        .services
        .values()
        .filter(|service| after.as_ref().is_none_or(|after| service.slug > *after))
        .take(limit + 1)
        .map(|service| ServiceItem::of(service.clone(), &loads))
        .collect();
    Ok(Json(Page::of(items, limit, |last: &ServiceItem| last.slug.to_string())))
}

/// One entry of the directory.
#[utoipa::path(
    get, path = "/services/{slug}", operation_id = "read_service", tag = "directory",
    params(OfService, crate::openapi::AtLeast),
    responses((status = 200, body = ServiceItem), Unanswered),
)]
pub(crate) async fn service(
    State(app): State<App>,
    _: Permit,
    Place(slug): Place,
    mut query: Query,
) -> Result<Entry<ServiceItem>, Problem> {
    let at_least = query.at_least();
    query.done()?;
    let slug: ServiceSlug = slug.parse().map_err(|_| Problem::not_found())?;
    let version = app.engine.desk_version(&format!("service-{slug}")).await?;
    let desk = app.engine.desk().await?;
    let service = desk.services.get(&slug).ok_or_else(Problem::not_found)?;
    app.fresh(at_least).await?;
    Ok(entry(version, ServiceItem::of(service.clone(), &app.views.loads().await?)))
}

impl ServiceItem {
    pub(super) fn of(service: Service, loads: &BTreeMap<ServiceSlug, Load>) -> Self {
        let Load { open, waiting } = loads.get(&service.slug).copied().unwrap_or_default();
        let offer = |Offer { tier, title }: Offer| OfferItem { tier, title };
        Self {
            slug: service.slug,
            name: service.name,
            agency: service.agency,
            status: service.status,
            first_contact_working_days: service.first_contact_working_days,
            offers: service.offers.into_iter().map(offer).collect(),
            capacity: CapacityItem { cases: service.capacity_cases, open, waiting },
            public: service.public,
        }
    }
}
