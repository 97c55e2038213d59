//! Stays: where each request was, from when until when.
//!
//! What is written down later, as of before what was known to have happened, moves no end back:
//! stays follow each other, and add up. Where a request did not stay at all is left out.

use crate::column::{integer, nanoseconds};
use domain::request::Status;
use engine::Recorded;
use rusqlite::{Result, Transaction};

/// Follows one event of a request that stood here before it, and stands there now.
pub(super) fn follow(
    rows: &Transaction<'_>,
    request: i64,
    (before, now): (Option<Status>, Status),
    recorded: &Recorded,
) -> Result<()> {
    if before == Some(now) {
        return Ok(());
    }
    let at = nanoseconds(recorded.effective_at);
    let passed = "DELETE FROM stays WHERE request = ? AND until IS NULL AND since >= ?";
    rows.prepare_cached(passed)?.execute((request, at))?;
    let left = "UPDATE stays SET until = ?2 WHERE request = ?1 AND until IS NULL";
    rows.prepare_cached(left)?.execute((request, at))?;
    let came = "INSERT INTO stays
                SELECT ?1, max(?2, ifnull(max(until), ?2)), NULL, ?3, ?4
                FROM stays WHERE request = ?1";
    let position = integer(recorded.position);
    rows.prepare_cached(came)?.execute((request, at, now.code(), position))?;
    Ok(())
}
