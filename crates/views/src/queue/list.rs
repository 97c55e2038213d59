//! A page of a queue, and the whole of it in few columns.

use super::{QueueFilter, QueueState, Queued, Standing};
use crate::clause::Clause;
use crate::column::{id, instant, json, maybe_instant, maybe_text, nanoseconds, text, to_json};
use crate::listing::{Listing, Page, Place};
use crate::requests::{ITEM, Item};
use crate::{Error, Scope};
use domain::ids::{PanelId, RequestId};
use rusqlite::{Connection, Result, Row, params_from_iter};

/// What a queue is sorted by; the index `panel_queue_by_promise` is of the same words.
const DUE: &str = "ifnull(q.due_at, 9223372036854775807)";

/// The one order there is.
const ORDER: &str = "due_at";

/// A page of a panel's queue, the earliest promise first; of equal ones, what was received
/// first.
pub(crate) fn list(
    rows: &Connection,
    scope: &Scope,
    panel: &PanelId,
    filter: &QueueFilter,
    page: &Page,
) -> Result<Listing<Queued>, Error> {
    let mut clause = Clause::default();
    clause.and("q.panel = ?", [panel.to_string().into()]);
    scope.restrict("r", &mut clause);
    filter.restrict(&mut clause)?;
    if let Some(Place { value, key, .. }) = &page.place(ORDER)? {
        clause.and(&format!("({DUE}, q.request) > (?, ?)"), [value.into(), key.into()]);
    }
    // The page is chosen by its keys, so that only its own rows are joined to their boxes.
    let sql = format!(
        "WITH page AS (
             SELECT q.request AS queued, q.state, q.meeting, q.since, q.due_at AS promised_for,
                    q.depth, q.depth_set, q.suggested, q.reasons, q.deferrals, {DUE} AS due
             FROM panel_queue q JOIN requests r ON r.number = q.request
             {} ORDER BY {DUE}, q.request LIMIT {})
         SELECT item.*, page.* FROM page JOIN ({ITEM}) item ON item.number = page.queued
         ORDER BY page.due, page.queued",
        clause.sql(),
        page.rows(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut found = Vec::new();
    while let Some(row) = selected.next()? {
        let (value, key) = (row.get("due")?, row.get("queued")?);
        found.push((Queued::read(row)?, Place { order: ORDER.to_owned(), value, key }));
    }
    Ok(page.of(found))
}

/// The whole of a panel's queue, in the same order, for staff who plan its meetings: of each
/// request no more than what that takes.
pub(crate) fn standing(rows: &Connection, panel: &PanelId) -> Result<Vec<Standing>, Error> {
    let sql = format!(
        "SELECT q.request AS queued, r.id, q.state, q.meeting, q.since, q.due_at AS promised_for,
                q.depth
         FROM panel_queue q JOIN requests r ON r.number = q.request
         WHERE q.panel = ? ORDER BY {DUE}, q.request"
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let standing = statement.query_map([panel.as_str()], Standing::read)?;
    Ok(standing.collect::<Result<_>>()?)
}

impl QueueFilter {
    fn restrict(&self, clause: &mut Clause) -> Result<(), Error> {
        clause.and_if("q.state = ?", self.state.map(|state| state.as_str().to_owned()));
        clause.and_if("q.depth = ?", self.depth.map(|depth| depth.code().to_owned()));
        if let Some((overdue, now)) = self.overdue {
            let condition = if overdue { "q.due_at < ?" } else { "ifnull(q.due_at >= ?, 1)" };
            clause.and(condition, [nanoseconds(now).into()]);
        }
        if let Some(numbers) = &self.among {
            let among = "q.request IN (SELECT value FROM json_each(?))";
            clause.and(among, [to_json(numbers)?.into()]);
        }
        Ok(())
    }
}

impl Standing {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            number: row.get("queued")?,
            request: RequestId(id(row, "id")?),
            state: text::<QueueState>(row, "state")?,
            meeting: maybe_text(row, "meeting")?,
            since: instant(row, "since")?,
            due_at: maybe_instant(row, "promised_for")?,
            depth: text(row, "depth")?,
        })
    }
}

impl Queued {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            item: Item::read(row)?,
            standing: Standing::read(row)?,
            depth_set: row.get("depth_set")?,
            suggested: text(row, "suggested")?,
            reasons: json(row, "reasons")?,
            deferrals: row.get("deferrals")?,
        })
    }
}
