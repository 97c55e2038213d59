//! The API description: what every operation has in common.

mod described;
mod problems;

pub(crate) use described::described;
pub(crate) use problems::{Refused, Unanswered};

use crate::answer::Standing;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{IntoParams, IntoResponses, Modify, OpenApi};

/// Something was done.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) enum Changed {
    /// Done; this is where the request stands now.
    #[response(status = 200)]
    Done(Standing),
}

/// Which request.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfRequest {
    /// The request.
    #[param(format = Uuid)]
    id: String,
}

/// How fresh an answer must be.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AtLeast {
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// Which page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct PageQuery {
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
}

/// What a write may be sent with.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct Write {
    /// The same key and body give the first answer again.
    #[param(rename = "Idempotency-Key", min_length = 1, max_length = 200, pattern = "^[ -~]+$")]
    idempotency_key: Option<String>,
    /// Do it only if this is still the version of the request.
    #[param(rename = "If-Match", pattern = r#"^(\*|(W/)?"?[0-9]{1,9}"?)$"#, example = "\"7\"")]
    if_match: Option<String>,
}

/// The description's frame; paths are added where routes are.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Front Door",
        description = "The single place where a school asks its council for help with a child \
            who has special educational needs or a disability.",
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/", description = "This server")),
    modifiers(&BearerKey),
    security(("key" = [])),
    components(responses(
        problems::Unreadable, problems::Unauthenticated, problems::Forbidden, problems::NotFound,
        problems::Conflict, problems::Stale, problems::TooLarge, problems::Invalid,
        problems::TooMany, problems::Broken, problems::Unavailable,
    )),
    tags(
        (name = "requests", description = "Requests for support"),
        (name = "documents", description = "Documents of a request"),
        (name = "drafts", description = "What a school has begun to write, and nobody else sees"),
        (name = "school", description = "What a school does to its request"),
        (name = "duty", description = "What the front desk does to a request"),
        (name = "service", description = "What a service does to a request"),
        (name = "meetings", description = "A panel's meetings, and what is decided there"),
        (name = "panels", description = "Panels: their terms, their queues, when they meet"),
        (name = "directory", description = "Schools, services, rules, duty"),
        (name = "rota", description = "Teams, and who of them is on"),
        (name = "notices", description = "Messages to schools and line managers"),
        (name = "packages", description = "Packages of support: what was agreed, and its reviews"),
        (name = "insights", description = "Figures"),
        (name = "access", description = "Accounts, keys and sessions: who comes in"),
        (name = "audit", description = "The log, and proofs of it"),
        (name = "privacy", description = "Erasure, retention, subject access"),
    ),
)]
pub(crate) struct Description;

struct BearerKey;

impl Modify for BearerKey {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme("key", SecurityScheme::Http(scheme));
    }
}
