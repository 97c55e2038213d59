//! `GET /services.openreferral.json`: the directory of services for whoever republishes it, in
//! the fields of Open Referral UK 3.0 (<https://openreferraluk.org>), as one page.
//!
//! Published, hence for everybody: no key, any origin. It says what a service says of itself,
//! and nothing of any request.

use crate::app::App;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use domain::ids::ServiceSlug;
use domain::service::{Offer, Service, ServiceContact, ServiceStatus};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::{Builder, Uuid};

/// All services, as the one page there is.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReferralPage {
    total_items: usize,
    total_pages: u32,
    page_number: u32,
    size: usize,
    first_page: bool,
    last_page: bool,
    empty: bool,
    contents: Vec<ReferralService>,
}

/// A service.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReferralService {
    /// The same for as long as the service has its slug.
    id: Uuid,
    name: String,
    /// `active`, `inactive`, `defunct` or `temporarily closed`.
    #[schema(example = "active")]
    status: &'static str,
    description: Option<String>,
    url: Option<String>,
    email: Option<String>,
    /// Who can have it, in words.
    eligibility: Option<String>,
    minimum_age: Option<u8>,
    maximum_age: Option<u8>,
    cost_options: Vec<CostOption>,
    schedules: Vec<Schedule>,
    contacts: Vec<ReferralContact>,
}

/// What an offer costs whom.
#[derive(Serialize, ToSchema)]
pub(crate) struct CostOption {
    id: Uuid,
    service_id: Uuid,
    /// What is offered.
    option: String,
    /// How it is paid for, in words.
    amount_description: &'static str,
}

/// When a service can be reached.
#[derive(Serialize, ToSchema)]
pub(crate) struct Schedule {
    id: Uuid,
    service_id: Uuid,
    /// In words.
    description: String,
}

/// How a service is reached.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReferralContact {
    id: Uuid,
    service_id: Uuid,
    name: Option<String>,
    email: Option<String>,
    phones: Vec<Phone>,
}

/// A telephone number.
#[derive(Serialize, ToSchema)]
pub(crate) struct Phone {
    id: Uuid,
    number: String,
}

/// The directory of services, in the fields of Open Referral UK. Public.
#[utoipa::path(
    get, path = "/services.openreferral.json", operation_id = "publish_services",
    tag = "directory",
    security(()),
    responses((status = 200, body = ReferralPage,
        headers(("Access-Control-Allow-Origin" = String, description = "`*`: any page may read it")))),
)]
pub(crate) async fn publish_services(
    State(app): State<App>,
    query: Query,
) -> Result<([(HeaderName, &'static str); 1], Json<ReferralPage>), Problem> {
    query.done()?;
    let desk = app.engine.desk().await?;
    let contents: Vec<_> = desk.services.values().cloned().map(ReferralService::of).collect();
    let page = ReferralPage {
        total_items: contents.len(),
        total_pages: 1,
        page_number: 1,
        size: contents.len(),
        first_page: true,
        last_page: true,
        empty: contents.is_empty(),
        contents,
    };
    Ok(([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], Json(page)))
}

/// An id that follows from a name: a UUID of version 8 over its SHA-256 (RFC 9562, B.2).
fn id_of(slug: &ServiceSlug, part: &str) -> Uuid {
    let digest = Sha256::digest(format!("frontdoor\0service\0{slug}\0{part}"));
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, hashed)| *byte = hashed);
    Builder::from_custom_bytes(bytes).into_uuid()
}

impl ReferralService {
    fn of(service: Service) -> Self {
        let Service { slug, name, status, offers, public, .. } = service;
        let email = public.contact.as_ref().and_then(|contact| contact.email.clone());
        let schedule = |description| Schedule {
            id: id_of(&slug, "hours"),
            service_id: id_of(&slug, ""),
            description,
        };
        Self {
            id: id_of(&slug, ""),
            name,
            status: match status {
                ServiceStatus::Active => "active",
                ServiceStatus::Inactive => "inactive",
                ServiceStatus::TemporarilyClosed => "temporarily closed",
            },
            description: public.description,
            url: public.url,
            email,
            eligibility: public.eligibility,
            minimum_age: public.ages.map(|ages| ages.minimum),
            maximum_age: public.ages.map(|ages| ages.maximum),
            cost_options: offers.into_iter().map(|offer| CostOption::of(&slug, offer)).collect(),
            schedules: public.opening_hours.map(schedule).into_iter().collect(),
            contacts: public.contact.map(|it| ReferralContact::of(&slug, it)).into_iter().collect(),
        }
    }
}

impl CostOption {
    fn of(slug: &ServiceSlug, Offer { tier, title }: Offer) -> Self {
        Self {
            id: id_of(slug, &format!("offer\0{tier}\0{title}")),
            service_id: id_of(slug, ""),
            option: title,
            amount_description: tier.says(),
        }
    }
}

impl ReferralContact {
    fn of(slug: &ServiceSlug, ServiceContact { name, email, phone }: ServiceContact) -> Self {
        let phones = phone.map(|number| Phone { id: id_of(slug, "phone"), number });
        let phones = phones.into_iter().collect();
        Self { id: id_of(slug, "contact"), service_id: id_of(slug, ""), name, email, phones }
    }
}
