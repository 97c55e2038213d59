//! `hand-over`: a service sends a request straight to another, without the adviser in between.

use super::reason::reason;
use super::service::own;
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::code;
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::schema::ReasonBody;
use axum::extract::State;
use domain::request::Command;
use utoipa::ToSchema;

/// To which service, and why.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"service": "sensory-support", "reason": {"code": "wrong_service",
    "criteria": ["autism"], "text": "Her hearing comes first."}}))]
pub(crate) struct HandOverBody {
    service: String,
    reason: ReasonBody,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Hand it straight to another service, with a reason. It counts as a decline does: the
/// second time, its panel gets it instead.
#[utoipa::path(
    post, path = "/requests/{id}/actions/hand-over", operation_id = "hand_over", tag = "service",
    params(OfRequest, Write),
    request_body(content = HandOverBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn hand_over(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let by = own(&incoming)?;
    let ((to, stated), effective_at) = read(&incoming.body, |form, faults| {
        let to = form.required("service", faults, code);
        let stated = reason(form, faults);
        Some((to?, stated))
    })?;
    act(&app, &incoming, &id, effective_at, Command::HandOver(by, to, stated)).await
}
