//! `record-statutory-decision` and `record-excusal`: what the law asks of its service.

use super::reason::{reason, words};
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

/// What was decided about an EHC plan, and why, if it denies what was asked for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"decision": "assess"}))]
pub(crate) struct StatutoryBody {
    /// `assess not_assess issue not_issue plan_finalised`.
    decision: String,
    reason: Option<ReasonBody>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Of which promise lateness is excused, and on which ground.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"promise": "ehc_final_plan", "ground": "absent_from_area"}))]
pub(crate) struct ExcusalBody {
    /// `ehc_decide_to_assess ehc_decide_not_to_issue ehc_final_plan`.
    promise: String,
    /// `school_closed provider_closed exceptional_circumstances absent_from_area
    /// missed_appointment`.
    ground: String,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Record what was decided about an EHC plan: in the order of the law.
#[utoipa::path(
    post, path = "/requests/{id}/actions/record-statutory-decision",
    operation_id = "record_statutory_decision", tag = "service",
    params(OfRequest, Write),
    request_body(content = StatutoryBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn record_statutory_decision(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let by = own(&incoming)?;
    let ((decision, stated), effective_at) = read(&incoming.body, |form, faults| {
        let decision = form.required("decision", faults, code);
        let stated = reason(form, faults);
        Some((decision?, stated))
    })?;
    let command = Command::DecideStatutory(by, decision, stated);
    act(&app, &incoming, &id, effective_at, command).await
}

/// Record why the law excuses lateness. It pauses no clock and moves no due day.
#[utoipa::path(
    post, path = "/requests/{id}/actions/record-excusal", operation_id = "record_excusal", tag = "service",
    params(OfRequest, Write),
    request_body(content = ExcusalBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn record_excusal(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let by = own(&incoming)?;
    let ((promise, ground, words), effective_at) = read(&incoming.body, |form, faults| {
        let promise = form.required("promise", faults, code);
        let ground = form.required("ground", faults, code);
        let words = words(form, faults);
        Some((promise?, ground?, words))
    })?;
    let command = Command::RecordExcusal(by, promise, ground, words);
    act(&app, &incoming, &id, effective_at, command).await
}
