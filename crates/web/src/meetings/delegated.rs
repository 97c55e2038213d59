//! `POST /meetings/{id}/delegated/{request}`: the panel stands by what its chair decided for
//! it, or takes the request up itself.

use super::{Convened, OfItem, Sat, convene};
use crate::app::App;
use crate::command::Incoming;
use crate::form::flag;
use crate::openapi::{Refused, Write};
use crate::place::Places;
use crate::problem::Problem;
use crate::requests::actions::reason::reason;
use crate::requests::actions::{read, request_id};
use crate::requests::schema::ReasonBody;
use axum::extract::State;
use domain::meeting::MeetingCommand;
use utoipa::ToSchema;

/// Whether the panel stands by it; if not, why not.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"ratified": true}))]
pub(crate) struct DelegatedBody {
    ratified: bool,
    reason: Option<ReasonBody>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Say whether the panel stands by what its chair decided under delegation. If not, the
/// request is back in the queue.
#[utoipa::path(
    post, path = "/meetings/{id}/delegated/{request}", operation_id = "review_delegated",
    tag = "meetings",
    params(OfItem, Write),
    request_body(content = DelegatedBody, content_type = "application/json"),
    responses(Convened, Refused),
)]
pub(crate) async fn review_delegated(
    State(app): State<App>,
    Places(id, request): Places,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let request = request_id(&request)?;
    let ((ratified, stated), effective_at) = read(&incoming.body, |form, faults| {
        let ratified = form.required("ratified", faults, flag);
        let stated = reason(form, faults);
        Some((ratified?, stated))
    })?;
    let command = MeetingCommand::ReviewDelegation(request, ratified, stated);
    convene(&app, &incoming, &id, effective_at, command).await
}
