//! How many requests stand where.

use super::Filter;
use super::filter::Overdue;
use crate::clause::Clause;
use crate::column::{count as counted, text};
use crate::{Error, Scope};
use domain::request::Status;
use jiff::Timestamp;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

/// How many requests a scope has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By status; one that none has is not there.
    pub by_status: BTreeMap<Status, u64>,
    /// Those whose answer is overdue.
    pub overdue: u64,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.by_status.values().sum()
    }
}

/// How many requests this scope has, and how many of them wait too long at `now`.
pub(crate) fn count(rows: &Connection, scope: &Scope, now: Timestamp) -> Result<Counts, Error> {
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    let sql =
        format!("SELECT status, count(*) AS n FROM requests r {} GROUP BY status", clause.sql());
    let by_status = rows
        .prepare_cached(&sql)?
        .query_map(params_from_iter(clause.values()), |row| {
            Ok((text(row, "status")?, counted(row, "n")?))
        })?
        .collect::<rusqlite::Result<_>>()?;

    let overdue = Some(Overdue { is: true, at: now });
    Filter { overdue, ..Filter::default() }.restrict(&mut clause);
    let overdue = rows
        .prepare_cached(&format!("SELECT count(*) AS n FROM requests r {}", clause.sql()))?
        .query_row(params_from_iter(clause.values()), |row| counted(row, "n"))?;
    Ok(Counts { by_status, overdue })
}
