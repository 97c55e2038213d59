//! The API description: what every operation has in common.

use crate::answer::Standing;
use crate::problem::Problem;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{IntoParams, IntoResponses, Modify, OpenApi};

/// What any operation may answer instead of what was asked for.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "these types describe, they are never made")]
pub(crate) enum Refused {
    /// It cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Unreadable(Problem),
    /// Nobody knows the caller.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(Problem),
    /// The caller's role may not do this.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// There is no such thing, or none that the caller may know of.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
    /// The state of things does not allow it.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(Problem),
    /// It has changed since it was read.
    #[response(status = 412, content_type = "application/problem+json")]
    Stale(Problem),
    /// Too much at once.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// Some values are not valid; every fault is named.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(Problem),
    /// It cannot be stored now, or nobody knows whether it was.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

/// What a question may answer instead of what was asked for.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "these types describe, they are never made")]
pub(crate) enum Unanswered {
    /// Nobody knows the caller.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(Problem),
    /// The caller's role may not ask this.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// There is no such thing, or none that the caller may know of.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
    /// Some parameters are not valid; every fault is named.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(Problem),
    /// The position of `at_least` has not been reached, or an access cannot be recorded.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

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
    #[param(rename = "Idempotency-Key", max_length = 200)]
    idempotency_key: Option<String>,
    /// Do it only if this is still the version of the request.
    #[param(rename = "If-Match")]
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
        (name = "audit", description = "The log, and proofs of it"),
        (name = "privacy", description = "Erasure"),
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
