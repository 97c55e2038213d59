//! A page of a calendar of meetings.

use super::{MeetingFilter, MeetingItem};
use crate::Error;
use crate::clause::{Clause, names};
use crate::column::{count, instant, maybe_instant, maybe_text, nanoseconds, text};
use crate::fold::DEFERRED;
use crate::listing::{Listing, Page, Place};
use rusqlite::{Connection, Result, Row, params_from_iter};

/// The one order there is.
const ORDER: &str = "starts_at";

/// A page of the meetings that pass this filter, the earliest first.
pub(crate) fn list(
    rows: &Connection,
    filter: &MeetingFilter,
    page: &Page,
) -> Result<Listing<MeetingItem>, Error> {
    let mut clause = Clause::default();
    clause.and_if("m.panel = ?", filter.panel.as_ref().map(ToString::to_string));
    if let Some(panels) = &filter.panels {
        clause.and("m.panel IN (SELECT value FROM json_each(?))", [names(panels)]);
    }
    clause.and_if("m.starts_at >= ?", filter.from.map(nanoseconds));
    clause.and_if("m.starts_at < ?", filter.before.map(nanoseconds));
    clause.and_if("m.state = ?", filter.state.map(|state| state.as_str().to_owned()));
    if let Some(Place { value, key, .. }) = &page.place(ORDER)? {
        clause.and("(m.starts_at, m.id) > (?, ?)", [value.into(), key.into()]);
    }
    let sql = format!(
        "WITH page AS (
             SELECT * FROM meetings m {} ORDER BY m.starts_at, m.id LIMIT {})
         SELECT page.*, count(i.request) AS items, ifnull(sum(i.minutes), 0) AS minutes_planned,
                count(i.outcome) - ifnull(sum(i.outcome = '{DEFERRED}'), 0) AS decided,
                ifnull(sum(i.outcome = '{DEFERRED}'), 0) AS deferred
         FROM page LEFT JOIN meeting_items i ON i.meeting = page.id
         GROUP BY page.id ORDER BY page.starts_at, page.id",
        clause.sql(),
        page.rows(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut found = Vec::new();
    while let Some(row) = selected.next()? {
        let (value, key) = (row.get("starts_at")?, row.get("id")?);
        found.push((MeetingItem::read(row)?, Place { order: ORDER.to_owned(), value, key }));
    }
    Ok(page.of(found))
}

impl MeetingItem {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: text(row, "id")?,
            panel: text(row, "panel")?,
            kind: text(row, "kind")?,
            state: text(row, "state")?,
            starts_at: instant(row, "starts_at")?,
            ends_at: instant(row, "ends_at")?,
            minutes: row.get("minutes")?,
            papers_due_at: instant(row, "papers_due_at")?,
            terms_version: row.get("terms_version")?,
            cancelled_because: maybe_text(row, "cancelled_because")?,
            moved_to: maybe_text(row, "moved_to")?,
            called_at: instant(row, "called_at")?,
            cancelled_at: maybe_instant(row, "cancelled_at")?,
            items: count(row, "items")?,
            minutes_planned: count(row, "minutes_planned")?,
            decided: count(row, "decided")?,
            deferred: count(row, "deferred")?,
            version: row.get("version")?,
        })
    }
}
