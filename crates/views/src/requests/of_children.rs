//! A child over time: which pseudonyms are one child, and all that was asked for it.

use super::item::{ITEM, Item};
use crate::Error;
use crate::column::{id, nanoseconds};
use domain::ids::ChildId;
use domain::request::Status;
use jiff::Timestamp;
use rusqlite::{Connection, Result as Rows, params_from_iter};

/// Every pseudonym that a person said is the same child as this one, directly or through
/// others; this one is the first.
pub(crate) fn same_child(rows: &Connection, child: ChildId) -> Result<Vec<ChildId>, Error> {
    let mut statement = rows.prepare_cached(
        "WITH RECURSIVE same (child) AS (
             VALUES (?1)
             UNION
             SELECT l.other FROM same JOIN links l ON l.child = same.child
         )
         SELECT child FROM same ORDER BY child <> ?1, child",
    )?;
    let found = statement.query_map([child.0.as_bytes()], |row| Ok(ChildId(id(row, "child")?)))?;
    Ok(found.collect::<Rows<_>>()?)
}

/// Every request about any of these children, the earliest first. Staff only: no scope is
/// asked, since a child's requests come from several schools.
pub(crate) fn of_children(rows: &Connection, children: &[ChildId]) -> Result<Vec<Item>, Error> {
    let marks = vec!["?"; children.len()].join(", ");
    let sql = format!("{ITEM} WHERE r.child IN ({marks}) ORDER BY r.received_at, r.number");
    let mut statement = rows.prepare(&sql)?;
    let ids = children.iter().map(|child| child.0.into_bytes());
    let found = statement.query_map(params_from_iter(ids), Item::read)?;
    Ok(found.collect::<Rows<_>>()?)
}

/// Children who were not erased, with no request that is open, and none received after this
/// instant.
pub(crate) fn without_open_request(
    rows: &Connection,
    received_until: Timestamp,
) -> Result<Vec<ChildId>, Error> {
    let mut statement = rows.prepare_cached(
        "SELECT r.child FROM requests r JOIN children c ON c.id = r.child
         WHERE ifnull(c.erased, 0) = 0
         GROUP BY r.child
         HAVING max(r.received_at) <= ?1 AND sum(r.status <> ?2) = 0
         ORDER BY r.child",
    )?;
    let closed = Status::Closed.code();
    let until = nanoseconds(received_until);
    let found = statement.query_map((until, closed), |row| Ok(ChildId(id(row, "child")?)))?;
    Ok(found.collect::<Rows<_>>()?)
}
