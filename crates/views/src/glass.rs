//! Who read a request by exception, and why. No rows of its own: each is an event of a timeline.

use crate::Error;
use crate::clause::Clause;
use crate::column::{count, id, json, maybe_id, text};
use domain::ids::{ChildId, RequestId};
use domain::request::event::GlassBroken;
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row, params_from_iter};

/// The most that one question is answered with: a council that has more of these in a year has
/// another problem.
const MOST: usize = 1_000;

/// Somebody opened a request by exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlassItem {
    /// Its place in the log.
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// Who, why, and until when.
    pub broken: GlassBroken,
    /// Which request,
    pub request: RequestId,
    /// by its reference,
    pub reference: String,
    /// about which child.
    pub child: Option<ChildId>,
}

/// The readings by exception that were begun in this time, the latest first.
pub(crate) fn list(
    rows: &Connection,
    (from, before): (Option<Timestamp>, Option<Timestamp>),
) -> Result<Vec<GlassItem>, Error> {
    let mut clause = Clause::default();
    clause.and("t.name = 'request.glass_broken'", []);
    // Instants of a timeline are text, which does not sort by fractions of a second.
    let at = "unixepoch(t.recorded_at, 'subsec')";
    clause.and_if(&format!("{at} >= ?"), from.map(Timestamp::as_second));
    clause.and_if(&format!("{at} < ?"), before.map(Timestamp::as_second));
    let sql = format!(
        "SELECT t.position, t.recorded_at, t.data, r.id, r.reference, r.child
         FROM timeline t JOIN requests r ON r.number = t.request
         {} ORDER BY t.position DESC LIMIT {MOST}",
        clause.sql(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let found = statement.query_map(params_from_iter(clause.values()), read)?;
    Ok(found.collect::<Result<_>>()?)
}

fn read(row: &Row<'_>) -> Result<GlassItem> {
    Ok(GlassItem {
        position: count(row, "position")?,
        at: text(row, "recorded_at")?,
        broken: json(row, "data")?,
        request: RequestId(id(row, "id")?),
        reference: row.get("reference")?,
        child: maybe_id(row, "child")?.map(ChildId),
    })
}
