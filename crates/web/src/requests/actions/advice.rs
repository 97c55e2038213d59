//! Advising a school, and telling it where else to ask: both answer it.

use super::reason::words;
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, code, via};
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use axum::extract::State;
use domain::codes::AdviceKind;
use domain::desk::Desk;
use domain::ids::ServiceSlug;
use domain::request::{Command, Refusal};
use serde_json::Value;
use utoipa::ToSchema;

/// More signposts than a school could follow.
const MOST_SIGNPOSTS: usize = 20;

/// Advice.
#[derive(ToSchema)]
#[schema(example = json!({"kind": "strategies",
    "text": "Try the attached strategies for six weeks."}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AdviseBody {
    /// `strategies training resources signposting next_steps`; `strategies` when left out.
    kind: Option<String>,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Where else to ask: entries of the directory, or words that lead elsewhere, or both.
#[derive(ToSchema)]
#[schema(example = json!({"services": ["sensory-support"],
    "text": "They lend radio aids without a referral."}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SignpostBody {
    #[schema(max_items = 20)]
    services: Option<Vec<String>>,
    /// The same for a single one.
    service: Option<String>,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Advise the school. Advice answers it; it can take it (`accept-advice`) or ask for more
/// (`go-on`).
#[utoipa::path(
    post, path = "/requests/{id}/actions/advise", operation_id = "advise", tag = "duty",
    params(OfRequest, Write),
    request_body(content = AdviseBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn advise(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((kind, words), effective_at) = read(&incoming.body, |form, faults| {
        let kind = form.optional("kind", faults, code);
        Some((kind.unwrap_or(AdviceKind::Strategies), words(form, faults)))
    })?;
    act(&app, &incoming, &id, effective_at, Command::Advise(kind, words)).await
}

/// Tell the school where else to ask. That answers it; it can leave it at that
/// (`accept-advice`) or ask for more (`go-on`).
#[utoipa::path(
    post, path = "/requests/{id}/actions/signpost", operation_id = "signpost", tag = "duty",
    params(OfRequest, Write),
    request_body(content = SignpostBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn signpost(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let desk = app.engine.desk().await?;
    let ((services, words), effective_at) = read(&incoming.body, |form, faults| {
        let mut services = form.list("services", MOST_SIGNPOSTS, faults, listed(&desk));
        services.extend(form.optional("service", faults, listed(&desk)));
        Some((services, words(form, faults)))
    })?;
    act(&app, &incoming, &id, effective_at, Command::Signpost(services, words)).await
}

/// Reads a service that the directory has.
fn listed(desk: &Desk) -> impl Fn(&Value, &str, &mut Faults) -> Option<ServiceSlug> {
    |value, at, faults| {
        via(value, at, faults, |text| {
            let slug: ServiceSlug = text.parse().map_err(|error| format!("{error}"))?;
            if desk.services.contains_key(&slug) {
                Ok(slug)
            } else {
                Err(Refusal::UnknownService(slug).to_string())
            }
        })
    }
}
