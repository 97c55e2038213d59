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
    /// Those in which it is the school's turn.
    pub waits_for_school: u64,
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

/// How many requests this scope has, how many of them wait too long at `now`, and how many are
/// this adviser's. Each is a question of its own, because each has an index that answers it.
pub(crate) fn count(
    rows: &Connection,
    scope: &Scope,
    adviser: &AccountId,
    now: Timestamp,
) -> Result<Counts, Error> {
    let now = Value::from(nanoseconds(now));
    let adviser = Value::from(adviser.to_string());
    Ok(Counts {
        by_status: by_status(rows, scope)?,
        overdue: figure(rows, scope, HOW_MANY, (OVERDUE, [now.clone()]))?,
        late: figure(rows, scope, HOW_MANY, ("r.due_at < ?", [now]))?,
        waits_for_school: figure(rows, scope, HOW_MANY, ("r.waits_for_school = 1", []))?,
        of_adviser: figure(rows, scope, HOW_MANY, (OF_ADVISER, [adviser]))?,
        escalated: figure(rows, scope, HOW_MANY, (ESCALATED, []))?,
        position: figure(rows, scope, "ifnull(max(r.position), 0)", ("1", []))?,
    })
}

const HOW_MANY: &str = "count(*)";

const OVERDUE: &str = "r.respond_open = 1 AND r.respond_by < ?";

const OF_ADVISER: &str = "r.status <> 'closed' AND r.adviser = ?";

const ESCALATED: &str = "r.status <> 'closed' AND r.number IN
    (SELECT request FROM timeline WHERE name = 'request.escalated')";

fn by_status(rows: &Connection, scope: &Scope) -> Result<BTreeMap<Status, u64>, Error> {
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    let sql =
        format!("SELECT status, count(*) AS n FROM requests r {} GROUP BY status", clause.sql());
    let mut statement = rows.prepare_cached(&sql)?;
    let found = statement.query_map(params_from_iter(clause.values()), |row| {
        Ok((text(row, "status")?, counted(row, "n")?))
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// One figure of the requests of a scope of which this holds.
fn figure<const N: usize>(
    rows: &Connection,
    scope: &Scope,
    what: &str,
    (condition, values): (&str, [Value; N]),
) -> Result<u64, Error> {
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    clause.and(condition, values);
    let sql = format!("SELECT {what} AS n FROM requests r {}", clause.sql());
    let mut statement = rows.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(clause.values()), |row| counted(row, "n"))?)
}
