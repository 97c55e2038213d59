//! `POST /children/{id}/erase`: a child's personal data becomes unreadable, for good.

use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code, text};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::child::ErasureReason;
use domain::ids::ChildId;
use engine::{Configured, Erasure};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// That it was done.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErasureShown {
    /// The child, by the pseudonym that remains.
    #[schema(value_type = String, format = Uuid)]
    child: ChildId,
    /// Every pseudonym that the child had: this one, and all that were linked to it.
    #[schema(value_type = Vec<String>)]
    children: Vec<ChildId>,
    #[schema(value_type = String, format = DateTime)]
    erased_at: Timestamp,
    /// The position of the log that records it.
    position: u64,
}

/// Why, and of whom it is meant to be. All of it may be left out.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"reason": {"code": "request"}, "confirm": "FD-7K3MQ-9XZT4"}))]
pub(crate) struct EraseBody {
    reason: Option<EraseReasonBody>,
    /// The child's pseudonym, or the reference of a request about it: when it is another child's,
    /// nothing is erased.
    #[schema(max_length = 60)]
    confirm: Option<String>,
}

/// Why a child is erased. There are no words with it: they would be sealed with the key that is
/// destroyed.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct EraseReasonBody {
    /// `request`, `retention`, `error` or `court`.
    code: String,
}

/// Erase a child: the key is destroyed, so that nothing personal about the child can be
/// read again, anywhere. Whatever was linked as the same child is erased with it. The log still verifies, and statistics stay as they are.
#[utoipa::path(
    post, path = "/children/{id}/erase", operation_id = "erase_child", tag = "privacy",
    params(("id" = String, Path, format = Uuid, description = "The child's pseudonym"), Write),
    request_body(content = Option<EraseBody>),
    responses((status = 200, body = ErasureShown), Refused),
)]
pub(crate) async fn erase(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<ErasureShown>, Problem> {
    let mut faults = Faults::default();
    let read = Form::of(&incoming.body, "", &mut faults).map(|mut form| {
        let reason = form.optional("reason", &mut faults, reason);
        let confirm = form.optional("confirm", &mut faults, text(60));
        form.done(&mut faults);
        (reason, confirm)
    });
    let (reason, confirm) = faults.or(read)?;
    let child = Uuid::try_parse(&id).map(ChildId).map_err(|_| Problem::not_found())?;
    if let Some(confirm) = confirm {
        must_name(&app, child, &confirm).await?;
    }
    let Erasure { children, erased_at, position, replayed, .. } =
        app.engine.erase(&incoming.context(None), child, reason).await?;
    let shown = ErasureShown { child, children, erased_at, position };
    Ok(Written::now(Configured { position, replayed }, None, shown))
}

fn reason(value: &Value, at: &str, faults: &mut Faults) -> Option<ErasureReason> {
    let mut form = Form::of(value, at, faults)?;
    let reason = form.required("code", faults, code);
    form.done(faults);
    reason
}

/// Refuses what names another child than the one that is to be erased.
async fn must_name(app: &App, child: ChildId, confirm: &str) -> Result<(), Problem> {
    app.fresh(0).await?;
    let same = app.views.same_child(child).await?;
    let items = app.views.requests_of(same.clone()).await?;
    let names_it = same.iter().any(|it| it.to_string().eq_ignore_ascii_case(confirm))
        || items.iter().any(|item| item.reference.eq_ignore_ascii_case(confirm));
    if names_it {
        Ok(())
    } else {
        Err(Problem::fault(
            "/confirm",
            "the child’s pseudonym, or the reference of a request about it",
        ))
    }
}
