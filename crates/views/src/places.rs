//! Places: where the requests are that are open now, how many are in each, how many of them wait
//! too long for an answer, and which has been there longest.

use crate::clause::Clause;
use crate::column::{count, id, instant, maybe_text, nanoseconds, text};
use crate::{Error, Scope};
use domain::ids::{PanelId, RequestId, ServiceSlug};
use domain::request::Status;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

/// A place in which some are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub status: Status,
    /// With which service, where it is with one,
    pub service: Option<ServiceSlug>,
    /// and its name.
    pub service_name: Option<String>,
    /// Before which panel, where one is waited for.
    pub panel: Option<PanelId>,
    /// How many are there.
    pub count: u64,
    /// Of how many the answer is overdue.
    pub late: u64,
    /// Which has been there longest.
    pub longest: Longest,
}

/// What has been in a place longest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Longest {
    /// Which.
    pub request: RequestId,
    /// What people call it.
    pub reference: String,
    /// Since when.
    pub since: Timestamp,
}

/// The places in which any are, in the order in which a request comes to them. What is read with
/// a least value is, in SQLite, of the row that has it.
///
/// What the index is ordered by is counted first; the few counts are then put together by what a
/// place is.
pub(crate) fn places(
    rows: &Connection,
    scope: &Scope,
    now: Timestamp,
) -> Result<Vec<Place>, Error> {
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    clause.and("r.status <> 'closed'", []);
    let sql = format!(
        "WITH piles AS (
             SELECT r.status, r.service, r.panel, count(*) AS n,
                    sum(r.respond_open = 1 AND ifnull(r.respond_by < ?, 0)) AS late,
                    min(r.stands_since) AS since, r.number AS longest
             FROM requests r {} GROUP BY r.status, r.service, r.panel)
         SELECT p.status, iif(p.status = 'with_service', p.service, NULL) AS service,
                iif(p.status IN ('awaiting_panel', 'on_agenda'), p.panel, NULL) AS panel,
                v.name, sum(p.n) AS n, sum(p.late) AS late,
                min(p.since) AS since, r.id, r.reference
         FROM piles p
         JOIN requests r ON r.number = p.longest
         LEFT JOIN services v ON v.slug = p.service
         GROUP BY 1, 2, 3",
        clause.sql(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let now = Value::from(nanoseconds(now));
    let values = std::iter::once(&now).chain(clause.values());
    let found = statement.query_map(params_from_iter(values), Place::read)?;
    let mut places: Vec<Place> = found.collect::<rusqlite::Result<_>>()?;
    places.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(places)
}

impl Place {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let service = maybe_text(row, "service")?;
        Ok(Self {
            status: text(row, "status")?,
            service_name: if service.is_some() { row.get("name")? } else { None },
            service,
            panel: maybe_text(row, "panel")?,
            count: count(row, "n")?,
            late: count(row, "late")?,
            longest: Longest {
                request: RequestId(id(row, "id")?),
                reference: row.get("reference")?,
                since: instant(row, "since")?,
            },
        })
    }

    fn order(&self) -> (Status, Option<&str>, Option<&str>) {
        let (service, panel) = (self.service.as_ref(), self.panel.as_ref());
        (self.status, service.map(ServiceSlug::as_str), panel.map(PanelId::as_str))
    }
}
