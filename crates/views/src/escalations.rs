//! What was escalated: to whom, about which request, and why.
//!
//! No rows of its own: an escalation is an event of a timeline, and an index finds them there.

use crate::clause::Clause;
use crate::column::{id, json, text};
use crate::listing::{Key, Listing, Page, Place};
use crate::{Error, Scope};
use domain::calendar::london;
use domain::ids::{AccountId, RequestId, Urn};
use domain::request::event::Escalated;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rusqlite::{Connection, Result, Row, params_from_iter};

/// Which escalations: those for which everything said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EscalationFilter {
    /// To this line manager.
    pub to: Option<AccountId>,
    /// From the beginning of this London day on.
    pub from: Option<Date>,
    /// Before the beginning of this London day.
    pub before: Option<Date>,
}

/// One escalation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EscalationItem {
    /// Its place in the log.
    pub position: i64,
    /// When it was recorded.
    pub at: Timestamp,
    /// To whom, and about what.
    pub escalated: Escalated,
    /// About which request,
    pub request: RequestId,
    /// by its reference,
    pub reference: String,
    /// of which school.
    pub school_urn: Urn,
}

/// The order of the one list there is: latest first.
const ORDER: &str = "-position";

/// A page of the escalations of this scope that pass this filter.
pub(crate) fn list(
    rows: &Connection,
    scope: &Scope,
    filter: &EscalationFilter,
    page: &Page,
) -> Result<Listing<EscalationItem>, Error> {
    let place = page.place(ORDER)?;
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    clause.and("t.name = 'request.escalated'", []);
    clause.and_if("t.data ->> 'to' = ?", filter.to.clone().map(String::from));
    // Instants of a timeline are text, which does not sort by fractions of a second.
    clause.and_if("unixepoch(t.recorded_at, 'subsec') >= ?", filter.from.map(midnight_second));
    clause.and_if("unixepoch(t.recorded_at, 'subsec') < ?", filter.before.map(midnight_second));
    if let Some(place) = &place {
        clause.and("t.position < ?", [(&place.key).into()]);
    }
    let sql = format!(
        "SELECT t.position, t.recorded_at, t.data, r.id, r.reference, r.urn
         FROM timeline t JOIN requests r ON r.number = t.request
         {} ORDER BY t.position DESC LIMIT {}",
        clause.sql(),
        page.rows(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut found = Vec::new();
    while let Some(row) = selected.next()? {
        let (value, key) = (Key::Null, row.get("position")?);
        found.push((read(row)?, Place { order: ORDER.to_owned(), value, key }));
    }
    Ok(page.of(found))
}

fn midnight_second(date: Date) -> i64 {
    london::instant(date.to_datetime(Time::midnight())).as_second()
}

fn read(row: &Row<'_>) -> Result<EscalationItem> {
    Ok(EscalationItem {
        position: row.get("position")?,
        at: text(row, "recorded_at")?,
        escalated: json(row, "data")?,
        request: RequestId(id(row, "id")?),
        reference: row.get("reference")?,
        school_urn: text(row, "urn")?,
    })
}
