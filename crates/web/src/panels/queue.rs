//! `GET /panels/{id}/queue`: what a panel has before it, the earliest promise first.

use super::plan::Plan;
use super::queue_line::{QueueLine, Showing};
use super::{OfPanel, terms_of};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::RequestId;
use utoipa::IntoParams;
use uuid::Uuid;
use views::{QueueFilter, Standing};

/// Which of a queue.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct QueueQuery {
    /// `queued`, `on_agenda` or `awaiting_information`; all of them when left out.
    standing: Option<String>,
    /// How deep they are discussed: `consent`, `standard` or `in_depth`.
    depth: Option<String>,
    /// Whether the promise of a decision is broken.
    overdue: Option<bool>,
    /// Whether the promise ends before the meeting that would decide is over, as things stand.
    at_risk: Option<bool>,
    /// This request alone, if it is before the panel.
    request: Option<Uuid>,
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// What a panel has before it, the earliest promise first.
#[utoipa::path(
    get, path = "/panels/{id}/queue", operation_id = "read_panel_queue", tag = "panels",
    params(OfPanel, QueueQuery),
    responses((status = 200, body = Page<QueueLine>), Unanswered),
)]
pub(crate) async fn queue(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<Page<QueueLine>>, Problem> {
    let now = app.engine.now();
    let mut filter = QueueFilter {
        state: query.read("standing"),
        depth: query.read("depth"),
        overdue: query.read("overdue").map(|overdue| (overdue, now)),
        among: None,
    };
    let wanted: Option<bool> = query.read("at_risk");
    let request = query.read("request").map(RequestId);
    let page = views::Page { limit: query.limit(), cursor: query.text("cursor") };
    let at_least = query.at_least();
    query.done()?;
    let desk = app.engine.desk().await?;
    let (terms, _) = terms_of(&desk, &permit, &id)?;

    app.fresh(at_least).await?;
    let plan = Plan::of(&app, &desk, terms, None).await?;
    let at_risk = plan.at_risk(&desk, terms, now);
    let is_asked_for = |it: &&Standing| {
        wanted.is_none_or(|wanted| at_risk.contains(&it.request) == wanted)
            && request.is_none_or(|request| it.request == request)
    };
    if wanted.is_some() || request.is_some() {
        let asked_for = plan.standing.iter().filter(is_asked_for);
        filter.among = Some(asked_for.map(|it| it.number).collect());
    }
    let listing = app.views.queue(permit.scope(), terms.id.clone(), filter, page).await?;
    let showing = Showing { app: &app, permit: &permit, desk: &desk, terms, at_risk: &at_risk };
    Ok(Json(Page { items: showing.lines(listing.items).await?, next: listing.next }))
}
