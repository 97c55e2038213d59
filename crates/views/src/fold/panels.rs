//! Panels that have to do with a request: whoever sits on one of them may know of it.

use domain::request::Case;
use rusqlite::{Result, Transaction, params};

/// Writes every panel of this request, instead of any before.
pub(super) fn write(rows: &Transaction<'_>, request: i64, case: &Case) -> Result<()> {
    rows.prepare_cached("DELETE FROM request_panels WHERE request = ?")?.execute([request])?;
    let mut statement = rows.prepare_cached("INSERT INTO request_panels VALUES (?, ?)")?;
    for panel in case.panels() {
        statement.execute(params![panel.as_str(), request])?;
    }
    Ok(())
}
