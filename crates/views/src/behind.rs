//! The requests and the events behind a row of a figure: found where the figure is, by the same
//! conditions, so that there are as many as it counts.

use crate::clause::Clause;
use crate::column::{count, id, maybe_json, maybe_text, nanoseconds, to_json};
use crate::flow::Question;
use crate::requests::{ITEM, Item};
use crate::words::words;
use crate::{Error, Feedback, Flow, FlowOf, Gaps, ResponseTimes, Scope, Spend};
use crate::{feedback, gaps, response_times, spend};
use domain::clock::Promise;
use domain::ids::{RequestId, ServiceSlug};
use domain::promises::ClockChange;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A figure, as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// How promises were kept: what counts is a promise; all of them, or those that went so.
    ResponseTimes(ResponseTimes, Option<Promised>),
    /// What schools said: what counts is a request about which anything was said, or this.
    Feedback(Feedback, Option<Said>),
    /// Where criteria leave a gap: what counts is a finding, or one between just these services.
    Gaps(Gaps, Option<BTreeSet<ServiceSlug>>),
    /// What packages commit: what counts is a request.
    Spend(Spend),
    /// What came in, and what became of it: what counts is a receipt, an answer, a closing, or a
    /// request that was open.
    Flow(Flow, FlowOf),
}

words! {
    /// How a promise went.
    Promised {
        /// Answered in time.
        Kept = "kept";
        /// Answered late, or not answered and past due.
        Breached = "breached";
        /// Not answered, and not past due.
        Running = "running";
        /// Answered, in time or late.
        Answered = "answered";
    }
}

words! {
    /// What a school said.
    Said {
        /// That the answer was quick.
        QuickYes = "quick_yes";
        /// That it partly was.
        QuickPartly = "quick_partly";
        /// That it was not.
        QuickNo = "quick_no";
        /// That it helped.
        HelpedYes = "helped_yes";
        /// That it partly did.
        HelpedPartly = "helped_partly";
        /// That it did not.
        HelpedNo = "helped_no";
    }
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

/// How many a figure counts in a row; how many requests that is about; and of these `limit` after
/// the first `skip`.
pub(crate) fn requests_behind(
    rows: &Connection,
    scope: &Scope,
    (figure, row): (&Figure, &BehindRow),
    (skip, limit): (usize, usize),
) -> Result<(usize, usize, Vec<Item>), Error> {
    let counted = counted(rows, scope, figure, row)?;
    let mut seen = HashSet::new();
    let numbers: Vec<i64> =
        counted.iter().map(|it| it.number).filter(|number| seen.insert(*number)).collect();
    let page: Vec<i64> = numbers.iter().skip(skip).take(limit).copied().collect();
    let sql = format!("{ITEM} WHERE r.number IN (SELECT value FROM json_each(?))");
    let mut statement = rows.prepare_cached(&sql)?;
    let found =
        statement.query_map([to_json(&page)?], |row| Ok((row.get("number")?, Item::read(row)?)))?;
    let mut items: HashMap<i64, Item> = found.collect::<rusqlite::Result<_>>()?;
    let items = page.iter().filter_map(|number| items.remove(number)).collect();
    Ok((counted.len(), numbers.len(), items))
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
    let Question { select, from, clause, order } = question(scope, figure, row);
    let sql = format!("{select} {from} {} {order}", clause.sql());
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

/// What is asked for those that a figure counts in a row.
fn question(scope: &Scope, figure: &Figure, row: &BehindRow) -> Question {
    const REQUEST: &str = "SELECT r.id, r.number, NULL AS promise, NULL AS position";
    let (select, from, clause, order) = match figure {
        Figure::ResponseTimes(it, went) => {
            let select = "SELECT r.id, r.number, p.promise, NULL AS position";
            let order = "ORDER BY p.started_at, r.number, p.promise, p.number";
            let mut clause = of_row(it.clause(scope), it.key(), row);
            if let Some(went) = went {
                went.restrict(it, &mut clause);
            }
            (select, response_times::FROM, clause, order)
        }
        Figure::Feedback(it, said) => {
            let mut clause = of_row(it.clause(scope), it.key(), row);
            if let Some((question, verdict)) = said.and_then(|it| it.as_str().split_once('_')) {
                clause.and(&format!("f.{question} = ?"), [verdict.to_owned().into()]);
            }
            (REQUEST, feedback::FROM, clause, "ORDER BY f.given_at, r.number")
        }
        Figure::Gaps(it, between) => {
            let select = "SELECT r.id, r.number, NULL AS promise, g.position";
            let mut clause = of_row(it.clause(scope), "r.area", row);
            clause.and_if(gaps::BETWEEN, between.as_ref().map(gaps::between));
            (select, gaps::FROM, clause, "ORDER BY g.position")
        }
        Figure::Spend(it) => {
            let once = "GROUP BY r.number ORDER BY r.number";
            (REQUEST, spend::FROM, of_row(it.clause(scope), it.key(), row), once)
        }
        Figure::Flow(it, of) => {
            let key = match row {
                BehindRow::Any => None,
                BehindRow::Of(key) => Some(key.as_str()),
                BehindRow::OfNone => Some(""),
            };
            return it.behind(scope, *of, key);
        }
    };
    Question { select: select.to_owned(), from, clause, order: order.to_owned() }
}

fn of_row(mut clause: Clause, key: &str, row: &BehindRow) -> Clause {
    match row {
        BehindRow::Any => {}
        BehindRow::Of(value) => clause.and(&format!("{key} = ?"), [Value::Text(value.clone())]),
        BehindRow::OfNone => clause.and(&format!("{key} IS NULL"), []),
    }
    clause
}

impl Promised {
    /// As the figure itself tells them apart.
    fn restrict(self, figure: &ResponseTimes, clause: &mut Clause) {
        let now = || [nanoseconds(figure.now).into()];
        match self {
            Self::Kept => clause.and("p.kept = 1", []),
            Self::Answered => clause.and("p.kept IS NOT NULL", []),
            Self::Breached => {
                clause.and("ifnull(p.kept = 0, ifnull(p.due_at < ?, 0))", now());
            }
            Self::Running => clause.and("p.kept IS NULL AND ifnull(p.due_at >= ?, 1)", now()),
        }
    }
}

/// The events that made it count: those that moved the promise, that said it, that found it, or
/// that agreed and changed the package.
fn events(rows: &Connection, it: &Counted, figure: &Figure) -> Result<Vec<u64>, Error> {
    if let Some(position) = it.position {
        return Ok(vec![position]);
    }
    let named: &[&str] = match figure {
        _ if it.promise.is_some() => return moving(rows, it),
        Figure::ResponseTimes(..) => &[],
        Figure::Feedback(..) => &["request.feedback_given"],
        Figure::Gaps(..) => &["request.criteria_gap_found"],
        Figure::Spend(_) => &[
            "request.panel_decided",
            "request.decision_ratified",
            "request.package_reviewed",
            "request.package_ended",
        ],
        Figure::Flow(..) => &["request.reopened"],
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
