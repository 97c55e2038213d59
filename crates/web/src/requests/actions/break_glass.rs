//! `POST /requests/{id}/actions/break-glass`: whoever has no part in a request may read it for
//! a while, for a reason, and not unseen.
//!
//! It needs the exact id or reference of one request, and leaves an event in its timeline
//! whatever is read afterwards: nobody finds out what there is by trying.

use super::request_id;
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code, number, text_block};
use crate::openapi::{Changed, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::security::{Happening, record};
use axum::extract::State;
use domain::ids::RequestId;
use domain::personal::Words;
use domain::request::Command;
use domain::request::event::GlassReason;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use views::{Filter, Scope, Sort};

/// How long, when nothing is said.
const USUAL_MINUTES: u16 = 60;
/// How long at most.
const MOST_MINUTES: i64 = 240;

/// Which request.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ExactRequest {
    /// The request, by its id or its whole reference.
    id: String,
}

/// Why, and for how long.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"reason": {"code": "safeguarding",
    "text": "The hospital asks tonight who works with this child."}, "minutes": 60}))]
pub(crate) struct GlassBody {
    reason: GlassReasonBody,
    /// 60 when left out.
    #[schema(minimum = 1, maximum = 240)]
    minutes: Option<u16>,
}

/// Why.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct GlassReasonBody {
    /// `safeguarding out_of_hours complaint absence legal`.
    code: String,
    #[schema(max_length = 5_000)]
    text: String,
}

/// Read one request by exception, with names: its timeline, triage, clocks, documents and package
/// too. Whoever is accountable for it and the data protection officers are told, everything that
/// is read is on record under this reason, and it ends by itself.
#[utoipa::path(
    post, path = "/requests/{id}/actions/break-glass", operation_id = "break_glass",
    tag = "requests",
    params(ExactRequest, Write),
    request_body(content = GlassBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn break_glass(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let (code, minutes, text) = said(&incoming.body)?;
    let request = named(&app, &id).await?;
    let caller = &incoming.permit.caller;
    let (account, role) = (caller.id().clone(), caller.role());
    let glass = domain::request::Glass { account, role, code, minutes };
    let command = Command::BreakGlass(glass, Words::text(text));
    let done = app.engine.act(&incoming.context(None), request, command).await?;
    record(Happening::GlassBroken { account: caller.id(), why: code });
    Ok(Answer::changed(&done))
}

fn said(body: &Value) -> Result<(GlassReason, u16, String), Problem> {
    let mut faults = Faults::default();
    let said = Form::of(body, "", &mut faults).and_then(|mut form| {
        let reason = form.required("reason", &mut faults, reason);
        let minutes = form.optional("minutes", &mut faults, number(1, MOST_MINUTES));
        form.done(&mut faults);
        let (code, text) = reason?;
        Some((code, minutes.unwrap_or(USUAL_MINUTES), text))
    });
    faults.or(said)
}

fn reason(value: &Value, at: &str, faults: &mut Faults) -> Option<(GlassReason, String)> {
    let mut form = Form::of(value, at, faults)?;
    let code = form.required("code", faults, code);
    let text = form.required("text", faults, text_block(5_000));
    form.done(faults);
    Some((code?, text?))
}

/// The request of this id or of this whole reference.
async fn named(app: &App, id: &str) -> Result<RequestId, Problem> {
    if !id.to_ascii_uppercase().starts_with("FD-") {
        return request_id(id);
    }
    app.fresh(0).await?;
    let filter = Filter { reference: Some(id.to_owned()), ..Filter::default() };
    let page = views::Page { limit: 1, cursor: None };
    let found = app.views.requests(Scope::All, filter, Sort::default(), page).await?;
    found.items.first().map(|item| item.id).ok_or_else(Problem::not_found)
}
