//! `POST /imports/schools`: an administrator imports schools while the server runs.

use super::schools::{Counts, Files, SchoolChange, SchoolsPlan, plan};
use super::{Fault, carry_out};
use crate::app::App;
use crate::openapi::{Refused, Write};
use crate::problem::Problem;
use crate::query::Query;
use crate::upload::Upload;
use crate::written::POSITION;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::event::{DeskEvent, Event};
use domain::school::ImportFigures;
use engine::Recorded;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// The most faults that one answer names.
const MOST_FAULTS: usize = 1_000;

/// How to import.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ImportQuery {
    /// `true`: say what would change, and change nothing.
    dry_run: Option<bool>,
    /// `true`: import the rest when some lines are faulty, and name those that were left.
    skip_faulty: Option<bool>,
}

/// What an import came to, or would.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportItem {
    dry_run: bool,
    /// How many schools came to what.
    #[schema(value_type = Object, example = json!({"added": 3, "changed": 12, "converted": 1,
        "closed": 0, "reopened": 0, "unchanged": 224}))]
    schools: ImportFigures,
    /// How many rows were passed over, and why; in a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    counts: Option<Counts>,
    /// Every school that would change, field by field; in a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    changes: Option<Vec<SchoolChange>>,
    /// The lines that were left because of these faults, with `skip_faulty`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left: Vec<crate::problem::Fault>,
}

/// Import schools from a CSV export of Get Information about Schools.
///
/// Rows of other authorities are passed over. A fault stands at `/<line>/<column>`; while
/// there is one, nothing is imported. A school that became an academy keeps its requests and
/// its keys. Importing the same file again changes nothing.
#[utoipa::path(
    post, path = "/imports/schools", operation_id = "import_schools", tag = "directory",
    params(ImportQuery, Write),
    request_body(content = String, description = "The export", content_type = "text/csv"),
    responses(
        (status = 200, body = ImportItem, description = "Imported; or what would be",
            headers(("Frontdoor-Position" = u64, description = "For `at_least`"))),
        Refused,
    ),
)]
pub(crate) async fn import_schools(
    State(app): State<App>,
    mut query: Query,
    upload: Upload,
) -> Result<Response, Problem> {
    let dry_run = query.read("dry_run").unwrap_or(false);
    let skip_faulty = query.read("skip_faulty").unwrap_or(false);
    query.done()?;
    if !dry_run && let Some(events) = app.engine.carried_out(&upload.context).await? {
        return Ok(first_answer(&events));
    }
    let desk = app.engine.desk().await?;
    let Some(authority) = desk.authority.clone() else {
        return Err(Problem::conflict("The council has no authority yet, so no row is its own."));
    };
    let Upload { bytes, context } = upload;
    let reading = tokio::task::spawn_blocking(move || {
        plan(Files { schools: &bytes, links: None }, &authority, skip_faulty, &desk)
    });
    let plan = reading.await.map_err(|error| Problem::broken(&error))?;
    if !plan.faults.is_empty() && !skip_faulty || plan.is_unreadable() {
        return Err(Problem::invalid(named(plan.faults)));
    }
    if dry_run {
        return Ok(Json(ImportItem::would(plan)).into_response());
    }
    let done = carry_out(&app.engine, &context, plan.pieces(), &|_, _| {}).await?;
    let answer = Json(ImportItem::of(plan));
    Ok(([(POSITION, done.position)], answer).into_response())
}

impl ImportItem {
    fn would(plan: SchoolsPlan) -> Self {
        let schools = plan.counts.figures();
        let (counts, changes) = (Some(plan.counts), Some(plan.changes));
        Self { dry_run: true, schools, counts, changes, left: named(plan.faults) }
    }

    fn of(plan: SchoolsPlan) -> Self {
        let schools = plan.counts.figures();
        let left = named(plan.faults);
        Self { dry_run: false, schools, counts: None, changes: None, left }
    }
}

/// The answer to a retry, from what the first one stored.
fn first_answer(events: &[Recorded]) -> Response {
    let figures = events.iter().find_map(|recorded| match &recorded.event {
        Some(Event::Desk(DeskEvent::SchoolsImported(imported))) => Some(imported.figures),
        _ => None,
    });
    let schools = figures.unwrap_or_default();
    let answer =
        ImportItem { dry_run: false, schools, counts: None, changes: None, left: Vec::new() };
    let position = events.last().map_or(0, |recorded| recorded.position);
    let replayed = [("idempotency-replayed", "true")];
    ([(POSITION, position)], replayed, Json(answer)).into_response()
}

fn named(faults: Vec<Fault>) -> Vec<crate::problem::Fault> {
    let more = faults.len().saturating_sub(MOST_FAULTS);
    let mut named: Vec<_> = faults.into_iter().take(MOST_FAULTS).map(Into::into).collect();
    if more > 0 {
        let detail = format!("and {more} more");
        named.push(crate::problem::Fault { pointer: String::new(), detail });
    }
    named
}
