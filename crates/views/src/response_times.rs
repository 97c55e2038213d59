//! How well promises are kept: how many, and how long they took.
//!
//! Exact, not estimated: every promise of the range is looked at, and percentiles are values
//! that occurred (nearest rank). A promise that lapsed, because the request was withdrawn or
//! another service took over, is in nobody's figures.

mod tally;

use crate::clause::Clause;
use crate::column::{maybe_instant, nanoseconds};
use crate::words::words;
use crate::{Error, Scope};
use domain::calendar::london;
use domain::clock::Promise;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use tally::Tally;

words! {
    /// What response times are compared between.
    GroupBy {
        /// The promise.
        Promise = "promise";
        /// The service that had the request, or was the first to get it.
        Service = "service";
        /// The school.
        School = "school";
        /// The area of the main need.
        Area = "area";
        /// The main need.
        Need = "need";
        /// The district in which the school lay.
        District = "district";
        /// The month in which the promise was made, `2026-05`.
        Month = "month";
    }
}

impl GroupBy {
    /// The columns with the key and the name of a group.
    const fn columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Promise => ("p.promise", "NULL"),
            Self::Service => ("p.service", "v.name"),
            Self::School => ("s.urn", "s.name"),
            Self::Area => ("p.area", "NULL"),
            Self::Need => ("p.need", "NULL"),
            Self::District => ("p.district", "NULL"),
            Self::Month => ("p.month", "NULL"),
        }
    }
}

/// Which promises, in which groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseTimes {
    /// Made on this London date or later,
    pub from: Date,
    /// and before this one.
    pub to: Date,
    /// In these groups.
    pub group_by: GroupBy,
    /// Only this promise. `None`: all when grouped by promise, else `respond` only, since one
    /// figure over promises of a day and of six weeks says nothing.
    pub promise: Option<Promise>,
    /// When the question is asked: what is late by now is broken.
    pub now: Timestamp,
}

/// How one group's promises were kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The code, slug, URN or month; `None`: those that have none.
    pub key: Option<String>,
    /// The name that goes with it, of a school or a service.
    pub name: Option<String>,
    /// Promises made: kept, breached or running.
    pub count: u64,
    /// Answered in time.
    pub kept: u64,
    /// Answered late, or not answered and past due.
    pub breached: u64,
    /// Not answered and not past due.
    pub running: u64,
    /// Of those kept or breached, the share kept, 0 to 1; `None` when there is none.
    pub share_kept: Option<f64>,
    /// Half of the answers took this many working minutes or fewer.
    pub median_working_minutes: Option<i64>,
    /// Nine of ten answers took this many working minutes or fewer.
    pub p90_working_minutes: Option<i64>,
    /// The longest that an answer took, in working minutes.
    pub longest_working_minutes: Option<i64>,
}

/// The groups that have any promise, in the order of their keys: of the promises made about
/// the requests of this scope.
pub(crate) fn response_times(
    rows: &Connection,
    scope: &Scope,
    asked: &ResponseTimes,
) -> Result<Vec<Group>, Error> {
    let (key, name) = asked.group_by.columns();
    let clause = asked.clause(scope);
    let sql = format!(
        "SELECT {key} AS key, {name} AS name, p.kept, p.due_at, p.working_minutes {FROM} {}",
        clause.sql(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut groups = BTreeMap::new();
    while let Some(row) = selected.next()? {
        let tally = match groups.entry(row.get("key")?) {
            Entry::Occupied(tally) => tally.into_mut(),
            Entry::Vacant(group) => group.insert(Tally::named(row.get("name")?)),
        };
        add(tally, row, asked.now)?;
    }
    Ok(groups.into_iter().map(|(key, tally)| tally.group(key)).collect())
}

/// Where the promises stand. SQLite leaves out the joins of which nothing is asked.
pub(crate) const FROM: &str = "FROM promises p
    LEFT JOIN requests r ON r.number = p.request
    LEFT JOIN schools s ON s.id = p.school
    LEFT JOIN services v ON v.slug = p.service";

impl ResponseTimes {
    /// Which of them the figures are made of.
    pub(crate) fn clause(&self, scope: &Scope) -> Clause {
        let midnight =
            |date: Date| nanoseconds(london::instant(date.to_datetime(Time::midnight())));
        let by_promise = self.group_by == GroupBy::Promise;
        let promise = self.promise.or((!by_promise).then_some(Promise::Respond));
        let mut clause = Clause::default();
        scope.restrict("r", &mut clause);
        clause.and_if("p.promise = ?", promise.map(|promise| promise.as_str().to_owned()));
        let range = [midnight(self.from).into(), midnight(self.to).into()];
        clause.and("p.started_at >= ? AND p.started_at < ?", range);
        clause.and("(p.stopped_at IS NULL OR p.met = 1)", []);
        clause
    }

    /// The column with the key of a group.
    pub(crate) const fn key(&self) -> &'static str {
        self.group_by.columns().0
    }
}

fn add(tally: &mut Tally, row: &Row<'_>, now: Timestamp) -> rusqlite::Result<()> {
    match (row.get("kept")?, row.get("working_minutes")?) {
        (Some(kept), Some(working_minutes)) => tally.answered(kept, working_minutes),
        _ => tally.open(maybe_instant(row, "due_at")?.is_some_and(|due| due < now)),
    }
    Ok(())
}
