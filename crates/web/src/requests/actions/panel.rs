//! `decide-for-panel` and `ratify`: what is done for a panel outside its meetings.

use super::reason::reason;
use super::{read, within};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::flag;
use crate::meetings::ruling::{RulingBody, Said, said};
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::schema::ReasonBody;
use axum::extract::State;
use domain::ids::PanelId;
use domain::request::event::RuledBy;
use domain::request::{Case, Refusal, Ruling};
use utoipa::ToSchema;

/// The officer's word; a reason where they do not agree.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"agreed": true}))]
pub(crate) struct RatifyRequestBody {
    agreed: bool,
    reason: Option<ReasonBody>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Decide a clear case for the panel, as its chair: the next meeting is asked to ratify it.
#[utoipa::path(
    post, path = "/requests/{id}/actions/decide-for-panel", operation_id = "decide_for_panel",
    tag = "meetings",
    params(OfRequest, Write),
    request_body(content = RulingBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn decide_for_panel(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let (said, effective_at) = read(&incoming.body, said)?;
    let case = within(&app, &incoming, &id).await?;
    let Said { decision, reason, evidence, words } = said;
    let by = RuledBy::Chair(incoming.permit.caller.id().clone());
    let panel = panel(&case)?;
    let ruling = Ruling { panel, by, decision, reason, evidence, words };
    let done = app.engine.delegate(&incoming.context(effective_at), case.id, ruling).await?;
    Ok(Answer::changed(&done))
}

/// Say, as the officer whom the terms of reference name, whether a decision is in force.
#[utoipa::path(
    post, path = "/requests/{id}/actions/ratify", operation_id = "ratify", tag = "meetings",
    params(OfRequest, Write),
    request_body(content = RatifyRequestBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn ratify(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((agreed, stated), effective_at) = read(&incoming.body, |form, faults| {
        let agreed = form.required("agreed", faults, flag);
        let stated = reason(form, faults);
        Some((agreed?, stated))
    })?;
    let case = within(&app, &incoming, &id).await?;
    let word = (incoming.permit.caller.id().clone(), agreed);
    let done = app.engine.ratify(&incoming.context(effective_at), case.id, word, stated).await?;
    Ok(Answer::changed(&done))
}

/// The panel that it is before; of one that was decided meanwhile, so that a retry is known
/// again, the panel that decided it.
fn panel(case: &Case) -> Result<PanelId, Problem> {
    let panel = case.panel().or(case.decided_by.as_ref());
    let refused = || Refusal::NotNow { verb: "decided by a panel", status: case.status() };
    panel.cloned().ok_or_else(|| refused().into())
}
