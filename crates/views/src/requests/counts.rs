//! How many requests stand where.

use crate::clause::Clause;
use crate::column::{count as counted, nanoseconds, text};
use crate::{Error, Scope};
use domain::ids::AccountId;
use domain::request::Status;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

/// How many requests a scope has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By status; one that none has is not there.
    pub by_status: BTreeMap<Status, u64>,
    /// Those whose answer is overdue.
    pub overdue: u64,
    /// Those about which a promise is late, whichever it is.
    pub late: u64,
    /// Open ones for which somebody in particular is accountable.
    pub of_adviser: u64,
    /// Open ones about which a line manager was told something.
    pub escalated: u64,
    /// The position of the last event of any of them; nought, when there are none.
    pub position: u64,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.by_status.values().sum()
    }

    /// Those that stand there.
    #[must_use]
    pub fn of(&self, status: Status) -> u64 {
        self.by_status.get(&status).copied().unwrap_or_default()
    }

    /// Those about which something is still to be done.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.total() - self.of(Status::Closed)
    }
}

/// Everything but the statuses, in one walk through the rows.
const COUNTED: &str = "
    count(*) FILTER (WHERE r.respond_open = 1 AND r.respond_by < ?) AS overdue,
    count(*) FILTER (WHERE r.due_at < ?) AS late,
    count(*) FILTER (WHERE r.status <> 'closed' AND r.adviser = ?) AS of_adviser,
    count(*) FILTER (WHERE r.status <> 'closed' AND r.number IN
        (SELECT request FROM timeline WHERE name = 'request.escalated')) AS escalated,
    ifnull(max(r.position), 0) AS position";

/// How many requests this scope has, how many of them wait too long at `now`, and how many are
/// this adviser's.
pub(crate) fn count(
    rows: &Connection,
    scope: &Scope,
    adviser: &AccountId,
    now: Timestamp,
) -> Result<Counts, Error> {
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

    let now = Value::from(nanoseconds(now));
    let first = [now.clone(), now, Value::from(adviser.to_string())];
    let values = params_from_iter(first.iter().chain(clause.values()));
    let sql = format!("SELECT {COUNTED} FROM requests r {}", clause.sql());
    let counts = rows.prepare_cached(&sql)?.query_row(values, |row| {
        Ok(Counts {
            by_status,
            overdue: counted(row, "overdue")?,
            late: counted(row, "late")?,
            of_adviser: counted(row, "of_adviser")?,
            escalated: counted(row, "escalated")?,
            position: counted(row, "position")?,
        })
    })?;
    Ok(counts)
}
