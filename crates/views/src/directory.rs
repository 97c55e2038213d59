//! Questions about the directory: schools, services, rule sets, calendars.

use crate::Error;
use crate::clause::Clause;
use crate::column::{id, json};
use crate::listing::{Listing, Page, Place};
use domain::calendar::Calendar;
use domain::codes::Phase;
use domain::desk::Desk;
use domain::ids::{SchoolId, Urn};
use domain::school::School;
use domain::service::Service;
use domain::triage::RuleSetDraft;
use rusqlite::{Connection, OptionalExtension, Result as Rows, params_from_iter};

/// Which schools: those for which everything said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolFilter {
    /// Its present URN.
    pub urn: Option<Urn>,
    /// Its district.
    pub district: Option<String>,
    /// Its phase.
    pub phase: Option<Phase>,
}

/// A school with its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSchool {
    /// For as long as it exists.
    pub id: SchoolId,
    /// As it is today.
    pub school: School,
}

/// The order of schools: by name, and by id where two have the same.
const ORDER: &str = "name";

/// A page of schools, by name.
pub(crate) fn schools(
    rows: &Connection,
    filter: &SchoolFilter,
    page: &Page,
) -> Result<Listing<KnownSchool>, Error> {
    let mut clause = Clause::default();
    clause.and_if("urn = ?", filter.urn.clone().map(String::from));
    clause.and_if("district = ?", filter.district.clone());
    clause.and_if("phase = ?", filter.phase.map(|phase| phase.code().to_owned()));
    if let Some(Place { value, key, .. }) = page.place(ORDER)? {
        clause.and("(name, hex(id)) > (?, ?)", [(&value).into(), (&key).into()]);
    }
    let sql = format!(
        "SELECT *, hex(id) AS key FROM schools {} ORDER BY name, hex(id) LIMIT {}",
        clause.sql(),
        page.rows(),
    );
    let found = rows
        .prepare_cached(&sql)?
        .query_map(params_from_iter(clause.values()), |row| {
            let school = KnownSchool { id: SchoolId(id(row, "id")?), school: json(row, "entry")? };
            let (value, key) = (row.get("name")?, row.get("key")?);
            Ok((school, Place { order: ORDER.to_owned(), value, key }))
        })?
        .collect::<Rows<_>>()?;
    Ok(page.of(found))
}

/// Every service, by slug.
pub(crate) fn services(rows: &Connection) -> Result<Vec<Service>, Error> {
    let mut statement = rows.prepare_cached("SELECT entry FROM services ORDER BY slug")?;
    let services = statement.query_map([], |row| json(row, "entry"))?;
    Ok(services.collect::<Rows<_>>()?)
}

/// The rule set of this version as it was drafted; `None`: there was never one.
pub(crate) fn rule_set(rows: &Connection, version: u32) -> Result<Option<RuleSetDraft>, Error> {
    let mut statement = rows.prepare_cached("SELECT draft FROM rulesets WHERE version = ?")?;
    Ok(statement.query_row([version], |row| json(row, "draft")).optional()?)
}

/// The versions of the rule set that were ever active, oldest first.
pub(crate) fn rule_set_versions(rows: &Connection) -> Result<Vec<u32>, Error> {
    let mut statement = rows.prepare_cached("SELECT version FROM rulesets ORDER BY version")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Rows<_>>()?)
}

/// The calendar of this version: that under which a clock of this `calendar_version` counts.
/// Version 0 is what holds before any is published. `None`: there was never one.
pub(crate) fn calendar(rows: &Connection, version: u32) -> Result<Option<Calendar>, Error> {
    let mut statement = rows.prepare_cached("SELECT calendar FROM calendars WHERE version = ?")?;
    let published = statement.query_row([version], |row| json(row, "calendar")).optional()?;
    Ok(published.or_else(|| (version == 0).then(|| Desk::default().calendar)))
}
