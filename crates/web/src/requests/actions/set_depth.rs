//! A panel manager says how deep a request is discussed.

use super::reason::reason;
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

/// How deep, and why.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"depth": "in_depth", "reason": {"code": "professional_judgement",
    "text": "Three agencies have to agree who leads."}}))]
pub(crate) struct DepthBody {
    /// `consent`, `standard` or `in_depth`.
    depth: String,
    /// Required where it is another depth than that it has.
    reason: Option<ReasonBody>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Say how deep a request is discussed by its panel, whatever is suggested.
#[utoipa::path(
    post, path = "/requests/{id}/actions/set-depth", operation_id = "set_depth", tag = "panels",
    params(OfRequest, Write),
    request_body(content = DepthBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn set_depth(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((depth, stated), effective_at) = read(&incoming.body, |form, faults| {
        let depth = form.required("depth", faults, code);
        let stated = reason(form, faults);
        Some((depth?, stated))
    })?;
    act(&app, &incoming, &id, effective_at, Command::SetDepth(depth, stated)).await
}
