//! `PUT /services/{slug}`: a service enters the directory, or its entry is written anew.

use super::services::{OfService, ServiceItem};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code, number, text, text_block};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::desk::DeskCommand;
use domain::ids::ServiceSlug;
use domain::service::{Ages, Offer, Published, Service, ServiceContact, ServiceStatus};
use serde_json::Value;
use utoipa::ToSchema;

const MOST_OFFERS: usize = 50;

/// The whole entry of a service: what is left out is not said any more.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"name": "Sensory impairment service", "agency": "education",
    "first_contact_working_days": 2,
    "offers": [{"tier": "statutory", "title": "Assessment of hearing and sight"}],
    "capacity": {"cases": 120}, "ages": {"minimum": 0, "maximum": 25},
    "contact": {"email": "sensory@council.example"}}))]
pub(crate) struct ServiceBody {
    /// As in the address, if it is said at all.
    slug: Option<String>,
    #[schema(max_length = 200)]
    name: String,
    /// `education health social_care voluntary`.
    agency: String,
    #[schema(minimum = 1, maximum = 60)]
    first_contact_working_days: u32,
    #[schema(max_items = 50)]
    offers: Vec<OfferBody>,
    /// `active inactive temporarily_closed`; `active` when left out.
    status: Option<String>,
    capacity: Option<CapacityBody>,
    #[schema(max_length = 5_000)]
    description: Option<String>,
    #[schema(max_length = 500)]
    url: Option<String>,
    #[schema(max_length = 5_000)]
    eligibility: Option<String>,
    ages: Option<AgesBody>,
    #[schema(max_length = 500)]
    opening_hours: Option<String>,
    contact: Option<PublicContactBody>,
}

/// Something a service offers.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfferBody {
    /// `statutory critical capacity_building traded`.
    tier: String,
    #[schema(max_length = 200)]
    title: String,
}

/// How many cases it can have open.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct CapacityBody {
    #[schema(minimum = 0, maximum = 100_000)]
    cases: u32,
}

/// For whom, in whole years of age.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AgesBody {
    #[schema(minimum = 0, maximum = 25)]
    minimum: u8,
    #[schema(minimum = 0, maximum = 25)]
    maximum: u8,
}

/// How the public reaches it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct PublicContactBody {
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

/// Enter a service, or write its entry anew.
#[utoipa::path(
    put, path = "/services/{slug}", operation_id = "list_service", tag = "directory",
    params(OfService, Write),
    request_body(content = ServiceBody, content_type = "application/json"),
    responses(
        (status = 200, body = ServiceItem, description = "Its entry was written anew"),
        (status = 201, body = ServiceItem, description = "It is new in the directory"),
        Refused,
    ),
)]
pub(crate) async fn list_service(
    State(app): State<App>,
    Place(slug): Place,
    incoming: Incoming,
) -> Result<Written<ServiceItem>, Problem> {
    let slug: ServiceSlug = slug.parse().map_err(|_| Problem::not_found())?;
    let mut faults = Faults::default();
    let service = entry(&incoming.body, &slug, &mut faults);
    for fault in service.iter().flat_map(Service::faults) {
        faults.say(&fault.pointer, fault.detail);
    }
    let service = faults.or(service)?;
    let known = app.engine.desk().await?.services.contains_key(&slug);
    let command = DeskCommand::ListService(service.clone());
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    let item = ServiceItem::of(service, &app.views.loads().await?);
    Ok(if known { Written::now(done, None, item) } else { Written::new(done, None, item) })
}

fn entry(body: &Value, slug: &ServiceSlug, faults: &mut Faults) -> Option<Service> {
    let mut form = Form::of(body, "", faults)?;
    let said: Option<ServiceSlug> = form.optional("slug", faults, code);
    if said.is_some_and(|said| said != *slug) {
        faults.say("/slug", format!("the address says “{slug}”"));
    }
    let name = form.required("name", faults, text(200));
    let agency = form.required("agency", faults, code);
    let days = form.required("first_contact_working_days", faults, number(1, 60));
    let offers = form.required("offers", faults, crate::form::list(MOST_OFFERS, offer));
    let status = form.optional("status", faults, code).unwrap_or(ServiceStatus::Active);
    let capacity_cases = form.optional("capacity", faults, capacity);
    let public = Published {
        description: form.optional("description", faults, text_block(5_000)),
        url: form.optional("url", faults, text(500)),
        eligibility: form.optional("eligibility", faults, text_block(5_000)),
        ages: form.optional("ages", faults, ages),
        opening_hours: form.optional("opening_hours", faults, text(500)),
        contact: form.optional("contact", faults, contact),
    };
    form.done(faults);
    Some(Service {
        slug: slug.clone(),
        name: name?,
        agency: agency?,
        first_contact_working_days: days?,
        offers: offers?,
        status,
        capacity_cases,
        public,
    })
}

fn offer(value: &Value, at: &str, faults: &mut Faults) -> Option<Offer> {
    let mut form = Form::of(value, at, faults)?;
    let tier = form.required("tier", faults, code);
    let title = form.required("title", faults, text(200));
    form.done(faults);
    Some(Offer { tier: tier?, title: title? })
}

fn capacity(value: &Value, at: &str, faults: &mut Faults) -> Option<u32> {
    let mut form = Form::of(value, at, faults)?;
    let cases = form.required("cases", faults, number(0, 100_000));
    form.done(faults);
    cases
}

fn ages(value: &Value, at: &str, faults: &mut Faults) -> Option<Ages> {
    let mut form = Form::of(value, at, faults)?;
    let minimum = form.required("minimum", faults, number(0, 25));
    let maximum = form.required("maximum", faults, number(0, 25));
    form.done(faults);
    Some(Ages { minimum: minimum?, maximum: maximum? })
}

fn contact(value: &Value, at: &str, faults: &mut Faults) -> Option<ServiceContact> {
    let mut form = Form::of(value, at, faults)?;
    let contact = ServiceContact {
        name: form.optional("name", faults, text(200)),
        email: form.optional("email", faults, text(254)),
        phone: form.optional("phone", faults, text(40)),
    };
    form.done(faults);
    Some(contact)
}
