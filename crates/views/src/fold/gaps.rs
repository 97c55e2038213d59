//! Gaps in the criteria: one row for each time that one was found.

use crate::column::{integer, nanoseconds, to_json};
use domain::event::{Event, RequestEvent};
use engine::Recorded;
use rusqlite::{Result, Transaction, params};

/// Follows one event of a request.
pub(super) fn follow(rows: &Transaction<'_>, request: i64, recorded: &Recorded) -> Result<()> {
    let Some(Event::Request(RequestEvent::CriteriaGapFound(gap))) = &recorded.event else {
        return Ok(());
    };
    rows.prepare_cached("INSERT INTO gaps VALUES (?, ?, ?, ?, ?)")?.execute(params![
        integer(recorded.position),
        request,
        nanoseconds(recorded.effective_at),
        to_json(&gap.services)?,
        to_json(&gap.codes)?,
    ])?;
    Ok(())
}
