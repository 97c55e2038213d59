//! The requests in which one service has a part, by when it should be in touch with the family.

use super::item::{ITEM, Item};
use crate::clause::Clause;
use crate::column::{count, maybe_instant, text};
use crate::listing::{Listing, Page, Place};
use crate::words::words;
use crate::{Error, Scope};
use domain::ids::ServiceSlug;
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row, params_from_iter};
use std::collections::BTreeMap;

words! {
    /// What a service has to do with a request that is open.
    Work {
        /// It was sent, and not yet taken on.
        Waiting = "waiting";
        /// It was taken on.
        Accepted = "accepted";
    }
}

/// A request in which a service has a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The request.
    pub item: Item,
    /// Whether the service leads; otherwise it contributes.
    pub leads: bool,
    /// When it should be in touch with the family. Not known while the lead waits for the
    /// school.
    pub contact_by: Option<Timestamp>,
    /// When it was.
    pub contacted_at: Option<Timestamp>,
}

/// How much a service has to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Requests it took on that are open.
    pub open: u64,
    /// Requests that wait for it.
    pub waiting: u64,
}

/// What sorts last: a due instant that is not known.
const UNKNOWN: &str = "9223372036854775807";

/// The one order there is.
const ORDER: &str = "contact_by";

/// A page of what is this far with a service: who is to be called first comes first.
pub(crate) fn of_service(
    rows: &Connection,
    scope: &Scope,
    service: &ServiceSlug,
    work: Work,
    page: &Page,
) -> Result<Listing<Share>, Error> {
    let due = format!("ifnull(p.contact_by, {UNKNOWN})");
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    let part = [service.to_string().into(), work.as_str().to_owned().into()];
    clause.and("p.service = ? AND p.state = ?", part);
    if let Some(Place { value, key, .. }) = &page.place(ORDER)? {
        clause.and(&format!("({due}, p.request) > (?, ?)"), [value.into(), key.into()]);
    }
    // The page is chosen by its keys, so that only its own rows are joined to their boxes.
    let sql = format!(
        "WITH part AS (
             SELECT p.request, p.leads, p.contact_by, p.contacted_at, {due} AS due
             FROM request_services p JOIN requests r ON r.number = p.request
             {} ORDER BY due, p.request LIMIT {})
         SELECT item.*, part.* FROM part JOIN ({ITEM}) item ON item.number = part.request
         ORDER BY part.due, part.request",
        clause.sql(),
        page.rows(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut found = Vec::new();
    while let Some(row) = selected.next()? {
        let (value, key) = (row.get("due")?, row.get("request")?);
        found.push((Share::read(row)?, Place { order: ORDER.to_owned(), value, key }));
    }
    Ok(page.of(found))
}

impl Share {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            item: Item::read(row)?,
            leads: row.get("leads")?,
            contact_by: maybe_instant(row, "contact_by")?,
            contacted_at: maybe_instant(row, "contacted_at")?,
        })
    }
}

/// How much each service has to do; one that has nothing is not there.
pub(crate) fn loads(rows: &Connection) -> Result<BTreeMap<ServiceSlug, Load>, Error> {
    let mut statement = rows.prepare_cached(
        "SELECT service, sum(state = 'accepted') AS open, sum(state = 'waiting') AS waiting
         FROM request_services WHERE state <> 'over' GROUP BY service",
    )?;
    let loads = statement.query_map([], |row| {
        let load = Load { open: count(row, "open")?, waiting: count(row, "waiting")? };
        Ok((text(row, "service")?, load))
    })?;
    Ok(loads.collect::<Result<_>>()?)
}
