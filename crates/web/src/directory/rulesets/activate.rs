//! `POST /rulesets/triage/drafts/{number}/activate`: a draft decides from here on.

use super::drafts::{RuleDraftShown, known, named, shown};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, text_block};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::desk::DeskCommand;
use serde_json::Value;
use utoipa::ToSchema;

/// Why the rules change.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"reason": "One cycle is enough where hearing is lost."}))]
pub(crate) struct ActivateBody {
    /// It is published with the rules, and names nobody.
    #[schema(max_length = 1_000)]
    reason: String,
}

/// Let a draft decide from here on. Refused while it has faults. Requests that were decided stay
/// as they are. With the draft's `ETag` in `If-Match`, what is activated is what was read.
#[utoipa::path(
    post, path = "/rulesets/triage/drafts/{number}/activate", operation_id = "activate_rules",
    tag = "directory",
    params(("number" = u32, Path, description = "The draft"), Write),
    request_body(content = ActivateBody, content_type = "application/json"),
    responses((status = 200, body = RuleDraftShown), Refused),
)]
pub(crate) async fn activate(
    State(app): State<App>,
    Place(number): Place,
    incoming: Incoming,
) -> Result<Written<RuleDraftShown>, Problem> {
    let number = named(&number)?;
    known(&*app.engine.desk().await?, number)?;
    let mut faults = Faults::default();
    let reason = reason(&incoming.body, &mut faults);
    let command = DeskCommand::ActivateRuleDraft(number, faults.or(reason)?);
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    Ok(Written::now(done, None, shown(&app.engine, number).await?))
}

fn reason(body: &Value, faults: &mut Faults) -> Option<String> {
    let mut form = Form::of(body, "", faults)?;
    let reason = form.required("reason", faults, text_block(1_000));
    form.done(faults);
    reason
}
