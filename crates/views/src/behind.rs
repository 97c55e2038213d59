//! The requests and the events behind a row of a figure: found where the figure is, by the same
//! conditions, so that there are as many as it counts.

use crate::clause::Clause;
use crate::column::{count, id, maybe_json, maybe_text};
use crate::{Error, Feedback, Gaps, ResponseTimes, Scope, Spend};
use crate::{feedback, gaps, response_times, spend};
use domain::clock::Promise;
use domain::ids::RequestId;
use domain::promises::ClockChange;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// A figure, as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// How promises were kept: what counts is a promise.
    ResponseTimes(ResponseTimes),
    /// What schools said: what counts is a request about which anything was said.
    Feedback(Feedback),
    /// Where criteria leave a gap: what counts is a finding.
    Gaps(Gaps),
    /// What packages commit: what counts is a request.
    Spend(Spend),
}

/// Which row of a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BehindRow {
    /// Every one.
    #[default]
    Any,
    /// The one of this key.
    Of(String),
    /// The one of those that have no key.
    OfNone,
}

/// One of those that a figure counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// The request.
    pub request: RequestId,
    /// The positions of the events that made it count, in order.
    pub events: Vec<u64>,
}

/// What is counted, before its events are looked up.
struct Counted {
    request: RequestId,
    number: i64,
    promise: Option<Promise>,
    position: Option<u64>,
}

/// How many a figure counts in a row, and of these `limit` after the first `skip`.
pub(crate) fn behind(
    rows: &Connection,
    scope: &Scope,
    (figure, row): (&Figure, &BehindRow),
    (skip, limit): (usize, usize),
) -> Result<(usize, Vec<Behind>), Error> {
    let counted = counted(rows, scope, figure, row)?;
    let page = counted.iter().skip(skip).take(limit);
    let page = page.map(|it| Ok(Behind { request: it.request, events: events(rows, it, figure)? }));
    Ok((counted.len(), page.collect::<Result<_, Error>>()?))
}

fn counted(
    rows: &Connection,
    scope: &Scope,
    figure: &Figure,
    row: &BehindRow,
) -> Result<Vec<Counted>, Error> {
    const REQUEST: &str = "SELECT r.id, r.number, NULL AS promise, NULL AS position";
    let (select, from, mut clause, key, rest) = match figure {
        Figure::ResponseTimes(it) => {
            let select = "SELECT r.id, r.number, p.promise, NULL AS position";
            let order = "ORDER BY p.started_at, r.number, p.promise, p.number";
            (select, response_times::FROM, it.clause(scope), it.key(), order)
        }
        Figure::Feedback(it) => {
            (REQUEST, feedback::FROM, it.clause(scope), it.key(), "ORDER BY f.given_at, r.number")
        }
        Figure::Gaps(it) => {
            let select = "SELECT r.id, r.number, NULL AS promise, g.position";
            (select, gaps::FROM, it.clause(scope), "r.area", "ORDER BY g.position")
        }
        Figure::Spend(it) => {
            let once = "GROUP BY r.number ORDER BY r.number";
            (REQUEST, spend::FROM, it.clause(scope), it.key(), once)
        }
    };
    of_row(&mut clause, key, row);
    let sql = format!("{select} {from} {} {rest}", clause.sql());
    let mut statement = rows.prepare_cached(&sql)?;
    let found = statement.query_map(params_from_iter(clause.values()), |row| {
        Ok(Counted {
            request: RequestId(id(row, "id")?),
            number: row.get("number")?,
            promise: maybe_text(row, "promise")?,
            position: row.get::<_, Option<i64>>("position")?.and_then(|it| it.try_into().ok()),
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn of_row(clause: &mut Clause, key: &str, row: &BehindRow) {
    match row {
        BehindRow::Any => {}
        BehindRow::Of(value) => clause.and(&format!("{key} = ?"), [Value::Text(value.clone())]),
        BehindRow::OfNone => clause.and(&format!("{key} IS NULL"), []),
    }
}

/// The events that made it count: those that moved the promise, that said it, that found it, or
/// that agreed and changed the package.
fn events(rows: &Connection, it: &Counted, figure: &Figure) -> Result<Vec<u64>, Error> {
    if let Some(position) = it.position {
        return Ok(vec![position]);
    }
    let named: &[&str] = match figure {
        Figure::ResponseTimes(_) => return moving(rows, it),
        Figure::Feedback(_) => &["request.feedback_given"],
        Figure::Gaps(_) => &["request.criteria_gap_found"],
        Figure::Spend(_) => &[
            "request.panel_decided",
            "request.decision_ratified",
            "request.package_reviewed",
            "request.package_ended",
        ],
    };
    let sql = "SELECT position, name FROM timeline WHERE request = ? ORDER BY position";
    let mut statement = rows.prepare_cached(sql)?;
    let mut found = statement.query([it.number])?;
    let mut positions = Vec::new();
    while let Some(row) = found.next()? {
        if named.contains(&row.get_ref("name")?.as_str().unwrap_or_default()) {
            positions.push(count(row, "position")?);
        }
    }
    Ok(positions)
}

/// The events that moved a promise.
fn moving(rows: &Connection, it: &Counted) -> Result<Vec<u64>, Error> {
    let sql = "SELECT position, clocks FROM timeline
               WHERE request = ? AND clocks IS NOT NULL ORDER BY position";
    let mut statement = rows.prepare_cached(sql)?;
    let mut found = statement.query([it.number])?;
    let mut positions = Vec::new();
    while let Some(row) = found.next()? {
        let clocks: Vec<ClockChange> = maybe_json(row, "clocks")?.unwrap_or_default();
        if clocks.iter().any(|change| Some(change.promise()) == it.promise) {
            positions.push(count(row, "position")?);
        }
    }
    Ok(positions)
}
