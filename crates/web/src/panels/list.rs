//! `GET /panels`: the panels, when each meets next, and what waits for it.

use super::ToComeShown;
use super::plan::Plan;
use crate::access::{Operation, Reach};
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::desk::Desk;
use domain::ids::PanelId;
use domain::need::Area;
use domain::panel::Panel;
use serde::Serialize;
use utoipa::ToSchema;
use views::QueueState;

/// A panel.
#[derive(Serialize, ToSchema)]
pub(crate) struct PanelItem {
    #[schema(example = "semh")]
    id: String,
    name: String,
    /// The area of need for which it decides.
    #[schema(value_type = String, example = "semh")]
    area: Area,
    /// The version of its terms of reference.
    version: u32,
    /// Null where its cycle has no more dates.
    next_meeting: Option<ToComeShown>,
    /// Null for whoever may not read its queue.
    queue: Option<QueueFigures>,
}

/// How much waits for a panel.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct QueueFigures {
    /// On no agenda yet.
    queued: usize,
    /// On the agenda of a meeting.
    on_agenda: usize,
    /// Waiting for the school first.
    awaiting_information: usize,
    /// With a promise that is broken.
    overdue: usize,
    /// With a promise that ends before the meeting that would decide is over, as things stand.
    at_risk: usize,
}

/// The panels, when each meets next, and how much waits for it.
#[utoipa::path(
    get, path = "/panels", operation_id = "list_panels", tag = "panels",
    params(AtLeast),
    responses((status = 200, body = Page<PanelItem>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<Page<PanelItem>>, Problem> {
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let desk = app.engine.desk().await?;
    let mut items = Vec::with_capacity(desk.panels.len());
    for terms in desk.panels.values() {
        items.push(item(&app, &permit, &desk, terms).await?);
    }
    Ok(Json(Page { items, next: None }))
}

async fn item(
    app: &App,
    permit: &Permit,
    desk: &Desk,
    terms: &Panel,
) -> Result<PanelItem, Problem> {
    let plan = Plan::of(app, desk, terms, None).await?;
    let version = desk.terms(&terms.id).map_or(0, |(_, version)| version);
    Ok(PanelItem {
        id: terms.id.to_string(),
        name: terms.name.clone(),
        area: terms.area,
        version,
        next_meeting: plan.meeting.as_ref().map(ToComeShown::of),
        queue: permit.reads_queue(&terms.id).then(|| figures(app, desk, terms, &plan)),
    })
}

impl Permit {
    /// Whether the caller may read what a panel has before it.
    fn reads_queue(&self, panel: &PanelId) -> bool {
        let reach = Operation::ReadPanelQueue.reach(self.caller.role());
        let own = || self.caller.panels().contains(panel);
        reach != Reach::No && (reach != Reach::Panels || own())
    }
}

fn figures(app: &App, desk: &Desk, terms: &Panel, plan: &Plan) -> QueueFigures {
    let now = app.engine.now();
    let at_risk = plan.at_risk(desk, terms, now).len();
    let mut figures = QueueFigures { at_risk, ..QueueFigures::default() };
    for standing in &plan.standing {
        let count = match standing.state {
            QueueState::Queued => &mut figures.queued,
            QueueState::OnAgenda => &mut figures.on_agenda,
            QueueState::AwaitingInformation => &mut figures.awaiting_information,
        };
        *count += 1;
        figures.overdue += usize::from(standing.due_at.is_some_and(|due| due < now));
    }
    figures
}
