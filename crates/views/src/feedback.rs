//! What schools say of how it went: whether it was quick, and whether it helped.
//!
//! Counts of codes only; comments stay in their boxes. A school that says it again counts
//! once, with what it said last, when it said it.

use crate::clause::Clause;
use crate::column::{nanoseconds, text};
use crate::words::words;
use crate::{Error, Scope};
use domain::calendar::london;
use domain::codes::Verdict;
use jiff::civil::{Date, Time};
use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

words! {
    /// What feedback is compared between.
    FeedbackBy {
        /// The service that had the request last.
        Service = "service";
        /// The month in which it was given, `2026-05`.
        Month = "month";
    }
}

impl FeedbackBy {
    /// The columns with the key and the name of a group.
    const fn columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Service => ("f.service", "v.name"),
            Self::Month => ("f.month", "NULL"),
        }
    }
}

/// Which feedback, in which groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Given on this London date or later,
    pub from: Date,
    /// and before this one.
    pub to: Date,
    /// In these groups.
    pub group_by: FeedbackBy,
}

/// How often each answer was given to one question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdicts {
    /// Yes.
    pub yes: u64,
    /// Partly.
    pub partly: u64,
    /// No.
    pub no: u64,
}

impl Verdicts {
    fn add(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Yes => &mut self.yes,
            Verdict::Partly => &mut self.partly,
            Verdict::No => &mut self.no,
        };
        *count += 1;
    }
}

/// What was said in one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedbackGroup {
    /// The slug or month; `None`: no service had the request.
    pub key: Option<String>,
    /// The name of the service.
    pub name: Option<String>,
    /// Requests about which anything was said.
    pub count: u64,
    /// Whether the answer was quick.
    pub quick: Verdicts,
    /// Whether it helped.
    pub helped: Verdicts,
}

/// The groups in which anything was said, in the order of their keys: about the requests of
/// this scope.
pub(crate) fn feedback(
    rows: &Connection,
    scope: &Scope,
    asked: &Feedback,
) -> Result<Vec<FeedbackGroup>, Error> {
    let (key, name) = asked.group_by.columns();
    let clause = asked.clause(scope);
    let sql =
        format!("SELECT {key} AS key, {name} AS name, f.quick, f.helped {FROM} {}", clause.sql());
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut groups: BTreeMap<Option<String>, FeedbackGroup> = BTreeMap::new();
    while let Some(row) = selected.next()? {
        let group = match groups.entry(row.get("key")?) {
            Entry::Occupied(group) => group.into_mut(),
            Entry::Vacant(group) => {
                let named = FeedbackGroup::named(group.key().clone(), row.get("name")?);
                group.insert(named)
            }
        };
        group.add(row)?;
    }
    Ok(groups.into_values().collect())
}

/// Where what was said stands.
pub(crate) const FROM: &str = "FROM feedback f
    JOIN requests r ON r.number = f.request
    LEFT JOIN services v ON v.slug = f.service";

impl Feedback {
    /// Which of it the figures are made of.
    pub(crate) fn clause(&self, scope: &Scope) -> Clause {
        let midnight =
            |date: Date| nanoseconds(london::instant(date.to_datetime(Time::midnight())));
        let mut clause = Clause::default();
        scope.restrict("r", &mut clause);
        let range = [midnight(self.from).into(), midnight(self.to).into()];
        clause.and("f.given_at >= ? AND f.given_at < ?", range);
        clause
    }

    /// The column with the key of a group.
    pub(crate) const fn key(&self) -> &'static str {
        self.group_by.columns().0
    }
}

impl FeedbackGroup {
    fn named(key: Option<String>, name: Option<String>) -> Self {
        let (quick, helped) = <_>::default();
        Self { key, name, count: 0, quick, helped }
    }

    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        self.count += 1;
        self.quick.add(text(row, "quick")?);
        self.helped.add(text(row, "helped")?);
        Ok(())
    }
}
