//! `redirect` and `record-receipt`: a request goes to the authority in which the child lives.

use super::reason::{reason, words};
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{code, date, text};
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::schema::ReasonBody;
use axum::extract::State;
use domain::personal::{Receipt, Words};
use domain::request::{Command, Stated};
use utoipa::ToSchema;

/// To which authority; and why, where the record does not say that the child lives there.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"authority": "835"}))]
pub(crate) struct RedirectBody {
    authority: String,
    #[schema(max_length = 10_000)]
    text: Option<String>,
    reason: Option<ReasonBody>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// When the other authority received it, and what it says.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"received_on": "2026-11-20", "their_reference": "SEN/26/117"}))]
pub(crate) struct ReceiptBody {
    #[schema(format = Date)]
    received_on: String,
    #[schema(max_length = 200)]
    their_reference: Option<String>,
    #[schema(max_length = 200)]
    by: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Confirm that the request is for another authority. It stays open until that authority has
/// received it.
#[utoipa::path(
    post, path = "/requests/{id}/actions/redirect", operation_id = "redirect", tag = "duty",
    params(OfRequest, Write),
    request_body(content = RedirectBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn redirect(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((authority, stated), effective_at) = read(&incoming.body, |form, faults| {
        let authority = form.required("authority", faults, code);
        let said = words(form, faults);
        let stated = reason(form, faults);
        let text = stated.words.text.or(said.text);
        let words = Words { text, ..stated.words };
        Some((authority?, Stated { reason: stated.reason, words }))
    })?;
    act(&app, &incoming, &id, effective_at, Command::Redirect(authority, stated)).await
}

/// Record that the other authority has received it: it ends here.
#[utoipa::path(
    post, path = "/requests/{id}/actions/record-receipt", operation_id = "record_receipt", tag = "duty",
    params(OfRequest, Write),
    request_body(content = ReceiptBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn record_receipt(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((received_on, receipt), effective_at) = read(&incoming.body, |form, faults| {
        let received_on = form.required("received_on", faults, date);
        let their_reference = form.optional("their_reference", faults, text(200));
        let by = form.optional("by", faults, text(200));
        Some((received_on?, Receipt { their_reference, by }))
    })?;
    act(&app, &incoming, &id, effective_at, Command::RecordReceipt(received_on, receipt)).await
}
