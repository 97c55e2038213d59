//! Flow: what came in, what was answered, what was closed, and what was open at the end and where,
//! week by week or month by month.
//!
//! What is open at the end of one period, and what comes in and is opened again in the next less
//! what is closed in it, is what is open at its end.

mod counted;
mod periods;

pub(crate) use counted::Question;
pub use counted::{Counted, FlowOf};

use crate::clause::Clause;
use crate::words::words;
use crate::{Error, Scope};
use counted::Source;
use domain::request::Status;
use jiff::civil::Date;
use periods::{Period, midnight};
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

words! {
    /// By what flow is counted.
    FlowBy {
        /// Week by week, from Monday on; `2026-W22`.
        Week = "week";
        /// Month by month; `2026-05`.
        Month = "month";
    }
}

/// Which time, in which periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// From this London date on,
    pub from: Date,
    /// until before this one.
    pub to: Date,
    /// In these periods.
    pub group_by: FlowBy,
}

impl Flow {
    /// About how many periods these are.
    #[must_use]
    pub fn how_many(&self) -> i32 {
        periods::how_many(self.group_by, (self.from, self.to))
    }
}

/// One period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowPeriod {
    /// `2026-05` or `2026-W22`.
    pub key: String,
    /// Its first day,
    pub from: Date,
    /// and the first that is not part of it.
    pub to: Date,
    /// Requests that came in.
    pub received: u64,
    /// Answers that schools were given: promises to respond that were met, in time or not.
    pub answered: u64,
    /// How often a request was closed.
    pub closed: u64,
    /// How often one that was closed was opened again.
    pub reopened: u64,
    /// Where the requests were that were open at its end, or are now; a place without any is not
    /// there.
    pub open: BTreeMap<Status, u64>,
}

/// The periods, in order.
pub(crate) fn flow(
    rows: &Connection,
    scope: &Scope,
    asked: &Flow,
) -> Result<Vec<FlowPeriod>, Error> {
    let periods: Vec<Period> = periods::periods(asked.group_by, (asked.from, asked.to)).collect();
    let ends: Vec<i64> = periods.iter().map(|period| period.range().1).collect();
    let counted = |what: Counted| happened(rows, scope, what, (midnight(asked.from), &ends));
    let [received, answered, closed, reopened] =
        [Counted::Received, Counted::Answered, Counted::Closed, Counted::Reopened].map(counted);
    let (received, answered, closed, reopened) = (received?, answered?, closed?, reopened?);
    let mut open = open(rows, scope, (midnight(asked.from), &ends))?.into_iter();
    let counts = received.into_iter().zip(answered).zip(closed.into_iter().zip(reopened));
    let told = periods.into_iter().zip(counts).map(|(period, counts)| {
        let ((received, answered), (closed, reopened)) = counts;
        let open = open.next().unwrap_or_default();
        let Period { key, from, to } = period;
        FlowPeriod { key, from, to, received, answered, closed, reopened, open }
    });
    Ok(told.collect())
}

/// How often something happened in each of the periods that end then.
fn happened(
    rows: &Connection,
    scope: &Scope,
    what: Counted,
    (from, ends): (i64, &[i64]),
) -> Result<Vec<u64>, Error> {
    let source = what.source();
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    clause.and(source.is, []);
    let range = [from.into(), ends.last().copied().unwrap_or(from).into()];
    clause.and(&format!("{at} >= ? AND {at} < ?", at = source.at), range);
    let sql = format!("SELECT {} AS at {} {}", source.at, source.from, clause.sql());
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut counts = vec![0; ends.len()];
    while let Some(row) = selected.next()? {
        let at: i64 = row.get(0)?;
        if let Some(count) = counts.get_mut(ends.partition_point(|end| *end <= at)) {
            *count += 1;
        }
    }
    Ok(counts)
}

/// How many requests were where at the end of each period. Every stay is looked at once: it comes
/// in with the first end after its beginning, and goes with the first after its own.
fn open(
    rows: &Connection,
    scope: &Scope,
    (from, ends): (i64, &[i64]),
) -> Result<Vec<BTreeMap<Status, u64>>, Error> {
    let Source { from: stays, is, .. } = Counted::Open.source();
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    clause.and(is, []);
    clause.and("ifnull(s.until >= ?, 1)", [from.into()]);
    let sql = format!("SELECT s.place, s.since, s.until {stays} {}", clause.sql());
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut moves: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    while let Some(row) = selected.next()? {
        let place = row.get_ref(0)?.as_str().unwrap_or_default();
        if !moves.contains_key(place) {
            moves.insert(place.to_owned(), vec![0; ends.len()]);
        }
        let (since, until): (i64, Option<i64>) = (row.get(1)?, row.get(2)?);
        for (at, moved) in [(Some(since), 1), (until, -1)] {
            let period = at.map(|at| ends.partition_point(|end| *end <= at));
            let there =
                moves.get_mut(place).zip(period).and_then(|(it, period)| it.get_mut(period));
            if let Some(there) = there {
                *there += moved;
            }
        }
    }
    Ok(added_up(&moves, ends.len()))
}

/// How many there are after each of some moves.
fn added_up(moves: &BTreeMap<String, Vec<i64>>, ends: usize) -> Vec<BTreeMap<Status, u64>> {
    let mut open = vec![BTreeMap::new(); ends];
    for (place, moves) in moves {
        let Ok(place) = place.parse::<Status>() else { continue };
        let mut count = 0;
        for (there, moved) in open.iter_mut().zip(moves) {
            count += moved;
            if let Some(count) = u64::try_from(count).ok().filter(|count| *count > 0) {
                there.insert(place, count);
            }
        }
    }
    open
}
