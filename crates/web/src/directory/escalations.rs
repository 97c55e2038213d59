//! `GET /escalations`: what line managers were told of. Codes only: nobody's name is needed to
//! see where promises break.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::request::event::Escalated;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use views::{EscalationFilter, EscalationItem};

/// Which escalations.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct EscalationQuery {
    /// The line manager, by account.
    escalated_to: Option<String>,
    /// The first day.
    #[param(format = Date)]
    from: Option<String>,
    /// The last day.
    #[param(format = Date)]
    to: Option<String>,
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// Something that a line manager was told of.
#[derive(Serialize, ToSchema)]
pub(crate) struct EscalationShown {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// To whom, and `about` what: `breached` or `warned` with the `promise`, `rota_gap` or
    /// `review_overdue`.
    #[serde(flatten)]
    #[schema(value_type = Object, example = json!({"to": "mira", "about": "breached", "promise": "respond"}))]
    escalated: Escalated,
    #[schema(value_type = String, format = Uuid)]
    request: uuid::Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    #[schema(example = "126512")]
    school_urn: String,
}

/// What was escalated, latest first.
#[utoipa::path(
    get, path = "/escalations", operation_id = "list_escalations", tag = "duty",
    params(EscalationQuery),
    responses((status = 200, body = Page<EscalationShown>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<Page<EscalationShown>>, Problem> {
    let (from, to) = (query.read::<Date>("from"), query.read::<Date>("to"));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        query.say("to", "this is before “from”");
    }
    let before = to.map(|last| last.saturating_add(1.day()));
    let filter = EscalationFilter { to: query.read("escalated_to"), from, before };
    let page = views::Page { limit: query.limit(), cursor: query.text("cursor") };
    let at_least = query.at_least();
    query.done()?;

    app.fresh(at_least).await?;
    let listing = app.views.escalations(permit.scope(), filter, page).await?;
    let items = listing.items.into_iter().map(shown).collect();
    Ok(Json(Page { items, next: listing.next }))
}

fn shown(item: EscalationItem) -> EscalationShown {
    let EscalationItem { at, escalated, request, reference, school_urn, .. } = item;
    let school_urn = school_urn.to_string();
    EscalationShown { at, escalated, request: request.0, reference, school_urn }
}
