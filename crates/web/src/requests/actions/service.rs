//! What a service does to a request that was sent to it.

use super::reason::{reason, words};
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::code;
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::schema::{DeclineBody, NothingBody, OutcomeBody, WordsBody};
use axum::extract::State;
use domain::ids::ServiceSlug;
use domain::request::Command;

/// The service as which somebody acts.
pub(super) fn own(incoming: &Incoming) -> Result<ServiceSlug, Problem> {
    incoming.permit.caller.service().cloned().ok_or_else(Problem::not_found)
}

/// Take it on.
#[utoipa::path(
    post, path = "/requests/{id}/actions/accept", operation_id = "accept", tag = "service",
    params(OfRequest, Write),
    request_body(content = NothingBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn accept(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let service = own(&incoming)?;
    let ((), effective_at) = read(&incoming.body, |_, _| Some(()))?;
    act(&app, &incoming, &id, effective_at, Command::Accept(service)).await
}

/// Not take it on: with the reason, the criteria that are not met, and a text.
#[utoipa::path(
    post, path = "/requests/{id}/actions/decline", operation_id = "decline", tag = "service",
    params(OfRequest, Write),
    request_body(content = DeclineBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn decline(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let service = own(&incoming)?;
    let (stated, effective_at) = read(&incoming.body, |form, faults| Some(reason(form, faults)))?;
    act(&app, &incoming, &id, effective_at, Command::Decline(service, stated)).await
}

/// Record that the family was contacted.
#[utoipa::path(
    post, path = "/requests/{id}/actions/record-contact", operation_id = "record_contact", tag = "service",
    params(OfRequest, Write),
    request_body(content = WordsBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn record_contact(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let service = own(&incoming)?;
    let (words, effective_at) = read(&incoming.body, |form, faults| Some(words(form, faults)))?;
    act(&app, &incoming, &id, effective_at, Command::RecordContact(service, words)).await
}

/// Record what the support came to.
#[utoipa::path(
    post, path = "/requests/{id}/actions/record-outcome", operation_id = "record_outcome", tag = "service",
    params(OfRequest, Write),
    request_body(content = OutcomeBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn record_outcome(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let service = own(&incoming)?;
    let ((outcome, words), effective_at) = read(&incoming.body, |form, faults| {
        let outcome = form.required("outcome", faults, code);
        let words = words(form, faults);
        Some((outcome?, words))
    })?;
    act(&app, &incoming, &id, effective_at, Command::RecordOutcome(service, outcome, words)).await
}
