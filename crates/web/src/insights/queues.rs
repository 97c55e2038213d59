//! Figures: where the requests are that are open now, how many are late, and which has been in
//! its place longest.

use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::problem::Problem;
use crate::query::Query;
use crate::spreadsheet::{Table, cell};
use axum::Json;
use axum::extract::State;
use domain::desk::Desk;
use domain::request::Status;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use views::Place;

/// Where open requests are.
#[derive(Serialize, ToSchema)]
pub(crate) struct QueuesShown {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// How many are open.
    count: u64,
    /// Of how many the answer is overdue.
    late: u64,
    /// The places in which any are, in the order in which a request comes to them.
    items: Vec<QueueShown>,
}

/// One place.
#[derive(Serialize, ToSchema)]
pub(crate) struct QueueShown {
    #[schema(value_type = String, example = "with_service")]
    status: Status,
    /// With which service, by slug, where it is with one.
    service: Option<String>,
    /// For which panel it waits, where it waits for one.
    panel: Option<String>,
    /// The name of the service or panel.
    name: Option<String>,
    /// How many are there.
    count: u64,
    /// Of how many the answer is overdue.
    late: u64,
    longest: LongestShown,
}

/// The request that has been there longest.
#[derive(Serialize, ToSchema)]
pub(crate) struct LongestShown {
    id: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    /// Since when it is there.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
}

/// Where the requests are that are open now.
#[utoipa::path(
    get, path = "/insights/queues", operation_id = "read_queues", tag = "insights",
    params(AtLeast),
    responses((status = 200, body = QueuesShown), Unanswered),
)]
pub(crate) async fn queues(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Json<QueuesShown>, Problem> {
    ask(&app, &permit, query).await.map(Json)
}

/// Where the requests are that are open now, as a table for a spreadsheet.
#[utoipa::path(
    get, path = "/insights/queues.csv", operation_id = "read_queues_csv", tag = "insights",
    params(AtLeast),
    responses((status = 200, body = String, content_type = "text/csv"), Unanswered),
)]
pub(crate) async fn queues_csv(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Table, Problem> {
    let shown = ask(&app, &permit, query).await?;
    let head = "status,service,panel,name,count,late,longest_reference,longest_since";
    Ok(Table::new(head, shown.items.iter().map(line)))
}

async fn ask(app: &App, permit: &Permit, mut query: Query) -> Result<QueuesShown, Problem> {
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let at = app.engine.now();
    let places = app.views.places(permit.scope(), at).await?;
    let desk = app.engine.desk().await?;
    let count = places.iter().map(|place| place.count).sum();
    let late = places.iter().map(|place| place.late).sum();
    Ok(QueuesShown {
        at,
        count,
        late,
        items: places.into_iter().map(|it| shown(it, &desk)).collect(),
    })
}

fn shown(place: Place, desk: &Desk) -> QueueShown {
    let panel = place.panel.as_ref().and_then(|panel| desk.panels.get(panel));
    QueueShown {
        status: place.status,
        name: panel.map(|panel| panel.name.clone()).or(place.service_name),
        service: place.service.map(String::from),
        panel: place.panel.map(String::from),
        count: place.count,
        late: place.late,
        longest: LongestShown {
            id: place.longest.request.0,
            reference: place.longest.reference,
            since: place.longest.since,
        },
    }
}

fn line(queue: &QueueShown) -> Vec<String> {
    vec![
        cell(Some(queue.status.code())),
        cell(queue.service.as_deref()),
        cell(queue.panel.as_deref()),
        cell(queue.name.as_deref()),
        queue.count.to_string(),
        queue.late.to_string(),
        cell(Some(&queue.longest.reference)),
        queue.longest.since.to_string(),
    ]
}
