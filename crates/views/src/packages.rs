//! Packages of support that are in force: which end soon, which are to be reviewed.

use crate::clause::Clause;
use crate::column::{count, id, maybe_instant, maybe_text, text};
use crate::listing::{Listing, Page, Place};
use crate::words::words;
use crate::{Error, Scope};
use domain::ids::{PanelId, RequestId, Urn};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Result, Row, params_from_iter};

words! {
    /// What a list of packages is ordered by.
    PackageSort {
        /// The last day of the last contribution.
        Ends = "ends";
        /// The day of the next review; those without one are not in the list.
        ReviewOn = "review_on";
    }
}

/// Which packages: those for which everything said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageFilter {
    /// Whose last day is before this one.
    pub ending_before: Option<Date>,
    /// Whose review is before this day.
    pub review_due_before: Option<Date>,
    /// Whose review has fallen due, and nobody has recorded it.
    pub overdue: Option<bool>,
    /// Agreed by this panel.
    pub panel: Option<PanelId>,
}

/// One package that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageItem {
    /// Of which request,
    pub request: RequestId,
    /// by its reference,
    pub reference: String,
    /// of which school,
    pub school_urn: Urn,
    /// by its name, if it has one.
    pub school_name: Option<String>,
    /// Agreed by which panel.
    pub panel: PanelId,
    /// The first day.
    pub starts: Date,
    /// The last day.
    pub ends: Date,
    /// When it is reviewed next; `None`: it was referred to the panel.
    pub review_on: Option<Date>,
    /// Since when a review is due that nobody has recorded.
    pub review_due_since: Option<Timestamp>,
    /// How often it was chased since then.
    pub chased: u64,
    /// How many reviews there were.
    pub reviews: u64,
    /// How many contributions it has.
    pub contributions: u64,
    /// How many services asked about their part and have no answer yet.
    pub queries: u64,
}

/// A page of the packages of this scope that are in force and pass this filter.
pub(crate) fn list(
    rows: &Connection,
    scope: &Scope,
    filter: &PackageFilter,
    sort: PackageSort,
    page: &Page,
) -> std::result::Result<Listing<PackageItem>, Error> {
    let column = sort.as_str();
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    clause.and("p.over IS NULL", []);
    clause.and(&format!("p.{column} IS NOT NULL"), []);
    clause.and_if("p.ends < ?", filter.ending_before.map(|day| day.to_string()));
    clause.and_if("p.review_on < ?", filter.review_due_before.map(|day| day.to_string()));
    clause.and_if("(p.review_due_since IS NOT NULL) = ?", filter.overdue);
    clause.and_if("p.panel = ?", filter.panel.as_ref().map(ToString::to_string));
    if let Some(Place { value, key, .. }) = &page.place(column)? {
        clause.and(&format!("(p.{column}, p.request) > (?, ?)"), [value.into(), key.into()]);
    }
    let sql = format!(
        "SELECT p.*, r.id, r.reference, r.urn, s.name AS school_name
         FROM packages p JOIN requests r ON r.number = p.request
         LEFT JOIN schools s ON s.id = r.school
         {} ORDER BY p.{column}, p.request LIMIT {}",
        clause.sql(),
        page.rows(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut found = Vec::new();
    while let Some(row) = selected.next()? {
        let (value, key) = (row.get(column)?, row.get("request")?);
        found.push((PackageItem::read(row)?, Place { order: column.to_owned(), value, key }));
    }
    Ok(page.of(found))
}

impl PackageItem {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            request: RequestId(id(row, "id")?),
            reference: row.get("reference")?,
            school_urn: text(row, "urn")?,
            school_name: row.get("school_name")?,
            panel: text(row, "panel")?,
            starts: text(row, "starts")?,
            ends: text(row, "ends")?,
            review_on: maybe_text(row, "review_on")?,
            review_due_since: maybe_instant(row, "review_due_since")?,
            chased: count(row, "chased")?,
            reviews: count(row, "reviews")?,
            contributions: count(row, "contributions")?,
            queries: count(row, "queries")?,
        })
    }
}
