//! `involve` and `release`: other services contribute to a request that one of them leads.

use super::reason::words;
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::code;
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use axum::extract::State;
use domain::request::Command;
use utoipa::ToSchema;

/// Which service, and what is said about it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"service": "educational-psychology", "text": "Please see her in class."}))]
pub(crate) struct PartBody {
    service: String,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Ask another service to contribute: as the service that leads, or as the duty adviser.
#[utoipa::path(
    post, path = "/requests/{id}/actions/involve", operation_id = "involve", tag = "service",
    params(OfRequest, Write),
    request_body(content = PartBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn involve(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let by = incoming.permit.caller.service().cloned();
    let ((service, words), effective_at) = read(&incoming.body, |form, faults| {
        let service = form.required("service", faults, code);
        let words = words(form, faults);
        Some((service?, words))
    })?;
    act(&app, &incoming, &id, effective_at, Command::Involve(by, service, words)).await
}

/// End the part of a contributing service, and say why.
#[utoipa::path(
    post, path = "/requests/{id}/actions/release", operation_id = "release", tag = "service",
    params(OfRequest, Write),
    request_body(content = PartBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn release(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let by = incoming.permit.caller.service().cloned();
    let ((service, words), effective_at) = read(&incoming.body, |form, faults| {
        let service = form.required("service", faults, code);
        let words = words(form, faults);
        Some((service?, words))
    })?;
    act(&app, &incoming, &id, effective_at, Command::Release(by, service, words)).await
}
