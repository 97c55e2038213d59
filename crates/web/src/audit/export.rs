//! `GET /audit/export`: events as they are stored, each with its proof, for other programs.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::{Export, ExportFormat};
use futures::stream;
use utoipa::IntoParams;

/// The most events of one answer, and how many when nothing is said.
const MOST_EVENTS: u64 = 100_000;
const USUAL_EVENTS: u64 = 1_000;

/// Which events, and how.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ExportQuery {
    /// Events after this position.
    after: Option<u64>,
    /// At most so many; 1,000 when left out.
    #[param(minimum = 1, maximum = 100_000)]
    limit: Option<u64>,
    /// `jsonl`, or `cloudevents` for CloudEvents 1.0 in JSON; either way one on each line.
    #[param(example = "jsonl")]
    format: Option<String>,
}

/// Events in the order of the log, a line for each, after a line with the checkpoint that their
/// proofs lead to. Everything personal in them stays sealed.
#[utoipa::path(
    get, path = "/audit/export", operation_id = "export_events", tag = "audit",
    params(ExportQuery),
    responses((status = 200, description = "Lines of JSON", content_type = "application/x-ndjson", body = String), Unanswered),
)]
pub(crate) async fn export(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Response, Problem> {
    let after = query.number("after", 0, u64::MAX);
    let limit = query.count("limit", USUAL_EVENTS, MOST_EVENTS);
    let format = query.read::<ExportFormat>("format").unwrap_or_default();
    query.done()?;
    let until = after.saturating_add(limit);
    let export = Export::begin(app.engine.clone(), format, after, Some(until), None).await?;
    let pages = stream::try_unfold(export, |mut export| async {
        let page = export.next_page().await.inspect_err(|failure| {
            tracing::error!(%failure, "an export broke off");
        })?;
        Ok::<_, engine::Failure>(page.map(|page| (page, export)))
    });
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
    Ok((kind, Body::from_stream(pages)).into_response())
}
