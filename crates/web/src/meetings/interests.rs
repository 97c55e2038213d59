//! `POST /meetings/{id}/items/{request}/recuse` and `…/dismiss-interest`: whether a member may
//! take part in an item, settled before it is decided.

use super::{Convened, OfItem, Sat, convene};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{code, text_block};
use crate::openapi::{Refused, Write};
use crate::place::Places;
use crate::problem::Problem;
use crate::requests::actions::{read, request_id};
use axum::extract::State;
use domain::meeting::MeetingCommand;
use domain::personal::Words;
use utoipa::ToSchema;

/// Who stands aside, and why.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"member": "ruth-adeyemi", "interest": "own_school"}))]
pub(crate) struct RecuseBody {
    /// By account.
    member: String,
    /// `own_school own_service earlier_involvement family financial other`.
    interest: String,
    #[schema(max_length = 5_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Who takes part although an interest was suggested, and why there is none.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"member": "ruth-adeyemi",
    "text": "She left that school two years ago."}))]
pub(crate) struct DismissBody {
    /// By account.
    member: String,
    #[schema(max_length = 5_000)]
    text: String,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Record that a member stands aside from an item: they neither read nor decide it.
#[utoipa::path(
    post, path = "/meetings/{id}/items/{request}/recuse", operation_id = "recuse", tag = "meetings",
    params(OfItem, Write),
    request_body(content = RecuseBody, content_type = "application/json"),
    responses(Convened, Refused),
)]
pub(crate) async fn recuse(
    State(app): State<App>,
    Places(id, request): Places,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let request = request_id(&request)?;
    let ((member, kind, text), effective_at) = read(&incoming.body, |form, faults| {
        let member = form.required("member", faults, code);
        let kind = form.required("interest", faults, code);
        let text = form.optional("text", faults, text_block(5_000));
        Some((member?, kind?, text))
    })?;
    let words = Words { text, ..Words::default() };
    let command = MeetingCommand::Recuse(member, request, kind, words);
    convene(&app, &incoming, &id, effective_at, command).await
}

/// Record that a member has no interest in an item, although one was suggested or declared.
#[utoipa::path(
    post, path = "/meetings/{id}/items/{request}/dismiss-interest",
    operation_id = "dismiss_interest", tag = "meetings",
    params(OfItem, Write),
    request_body(content = DismissBody, content_type = "application/json"),
    responses(Convened, Refused),
)]
pub(crate) async fn dismiss_interest(
    State(app): State<App>,
    Places(id, request): Places,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let request = request_id(&request)?;
    let ((member, text), effective_at) = read(&incoming.body, |form, faults| {
        let member = form.required("member", faults, code);
        let text = form.required("text", faults, text_block(5_000));
        Some((member?, text?))
    })?;
    let command = MeetingCommand::DismissInterest(member, request, Words::text(text));
    convene(&app, &incoming, &id, effective_at, command).await
}
