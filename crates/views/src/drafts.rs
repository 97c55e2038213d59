//! The drafts of a school, and those that nobody has saved for long. Only that they are there:
//! what they say is for their school alone, and is not here.

use crate::Error;
use crate::column::{id, instant, nanoseconds};
use domain::ids::{DraftId, SchoolId};
use jiff::Timestamp;
use rusqlite::{Connection, Result as Rows, Row};

/// A draft that can still be written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftListed {
    /// Which.
    pub id: DraftId,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// The version of its stream.
    pub version: u32,
}

/// The drafts of a school, the last saved first; at most so many.
pub(crate) fn of_school(
    rows: &Connection,
    school: SchoolId,
    limit: usize,
) -> Result<Vec<DraftListed>, Error> {
    let mut statement = rows.prepare_cached(
        "SELECT * FROM drafts WHERE school = ? ORDER BY saved_at DESC, id LIMIT ?",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = statement.query_map((school.0.as_bytes(), limit), read)?;
    Ok(found.collect::<Rows<_>>()?)
}

/// Drafts of any school that nobody has saved since.
pub(crate) fn untouched_since(
    rows: &Connection,
    since: Timestamp,
) -> Result<Vec<DraftListed>, Error> {
    let mut statement =
        rows.prepare_cached("SELECT * FROM drafts WHERE saved_at <= ? ORDER BY saved_at, id")?;
    let found = statement.query_map([nanoseconds(since)], read)?;
    Ok(found.collect::<Rows<_>>()?)
}

fn read(row: &Row<'_>) -> Rows<DraftListed> {
    Ok(DraftListed {
        id: DraftId(id(row, "id")?),
        begun_at: instant(row, "begun_at")?,
        saved_at: instant(row, "saved_at")?,
        version: row.get("version")?,
    })
}
