//! Feedback: one row for each request, of what was said last.

use crate::column::nanoseconds;
use domain::calendar::london;
use domain::event::{Event, RequestEvent};
use domain::ids::ServiceSlug;
use engine::Recorded;
use rusqlite::{Result, Transaction, params};

/// Follows one event of a request.
pub(super) fn follow(rows: &Transaction<'_>, request: i64, recorded: &Recorded) -> Result<()> {
    let Some(Event::Request(RequestEvent::FeedbackGiven(given))) = &recorded.event else {
        return Ok(());
    };
    let at = recorded.effective_at;
    rows.prepare_cached("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?)")?.execute(
        params![
            request,
            nanoseconds(at),
            london::wall(at).strftime("%Y-%m").to_string(),
            given.service.as_ref().map(ServiceSlug::as_str),
            given.quick.code(),
            given.helped.code(),
        ],
    )?;
    Ok(())
}
