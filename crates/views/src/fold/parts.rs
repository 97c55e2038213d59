//! Services that have a part in a request: who leads, who contributes, and how far each is.

use crate::column::nanoseconds;
use domain::request::{Case, PartState};
use rusqlite::{Result, Transaction, params};

/// Writes every part of this request, instead of any before.
pub(super) fn write(rows: &Transaction<'_>, request: i64, case: &Case) -> Result<()> {
    rows.prepare_cached("DELETE FROM request_services WHERE request = ?")?.execute([request])?;
    let mut statement =
        rows.prepare_cached("INSERT INTO request_services VALUES (?, ?, ?, ?, ?, ?)")?;
    for part in case.parts() {
        statement.execute(params![
            part.service.as_str(),
            request,
            part.leads,
            state(part.state),
            part.contact_by.map(nanoseconds),
            part.contacted_at.map(nanoseconds),
        ])?;
    }
    Ok(())
}

const fn state(state: PartState) -> &'static str {
    match state {
        PartState::Waiting => "waiting",
        PartState::Accepted => "accepted",
        PartState::Over => "over",
    }
}
