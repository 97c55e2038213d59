//! What packages of support commit: whole pence, added and never divided, so that every table
//! sums to the same penny.
//!
//! A package that is over commits what was given of it; one in force, what was agreed.

use crate::clause::Clause;
use crate::words::words;
use crate::{Error, Scope};
use domain::money::Money;
use rusqlite::{Connection, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};

words! {
    /// What spending is compared between.
    SpendBy {
        /// The agency that gives it.
        Agency = "agency";
        /// Who pays.
        Funding = "funding";
        /// The panel that agreed it.
        Panel = "panel";
        /// The area of the main need.
        Area = "area";
        /// The service that gives it; none: an agency outside the directory.
        Service = "service";
        /// The district in which the school lies.
        District = "district";
        /// The school.
        School = "school";
        /// The financial year.
        FinancialYear = "financial_year";
    }
}

impl SpendBy {
    /// The columns with the key and the name of a group.
    const fn columns(self) -> (&'static str, &'static str) {
        match self {
            Self::Agency => ("c.agency", "NULL"),
            Self::Funding => ("c.funding", "NULL"),
            Self::Panel => ("c.panel", "NULL"),
            Self::Area => ("r.area", "NULL"),
            Self::Service => ("c.service", "v.name"),
            Self::District => ("s.district", "NULL"),
            Self::School => ("s.urn", "s.name"),
            Self::FinancialYear => ("CAST(c.from_year AS TEXT)", "NULL"),
        }
    }
}

/// Which spending, in which groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spend {
    /// From the financial year that begins in this year on.
    pub from_year: i16,
    /// Up to the one that begins in this year, included.
    pub to_year: i16,
    /// In these groups.
    pub group_by: SpendBy,
}

/// What one group commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpendGroup {
    /// The code, slug, URN or year; `None`: what has none.
    pub key: Option<String>,
    /// The name that goes with it, of a school or a service.
    pub name: Option<String>,
    /// How many requests it is for; one that has several packages counts once.
    pub requests: u64,
    /// By financial year, by the year in which it begins.
    pub years: BTreeMap<i16, Money>,
}

/// Where costs stand.
pub(crate) const FROM: &str = "FROM package_costs c JOIN requests r ON r.number = c.request
    LEFT JOIN schools s ON s.id = r.school
    LEFT JOIN services v ON v.slug = c.service";

impl Spend {
    /// Which of them the figures are made of.
    pub(crate) fn clause(self, scope: &Scope) -> Clause {
        let mut clause = Clause::default();
        scope.restrict("r", &mut clause);
        let years = [self.from_year.into(), self.to_year.into()];
        clause.and("c.from_year >= ? AND c.from_year <= ?", years);
        clause
    }

    /// The column with the key of a group.
    pub(crate) const fn key(self) -> &'static str {
        self.group_by.columns().0
    }
}

impl SpendGroup {
    /// All years together.
    #[must_use]
    pub fn total(&self) -> Money {
        Money { pence: self.years.values().map(|amount| amount.pence).sum() }
    }
}

/// The groups that commit anything, in the order of their keys, within this scope.
pub(crate) fn spend(
    rows: &Connection,
    scope: &Scope,
    asked: Spend,
) -> Result<Vec<SpendGroup>, Error> {
    let (key, name) = asked.group_by.columns();
    let clause = asked.clause(scope);
    let sql = format!(
        "SELECT {key} AS key, {name} AS name, c.from_year, c.request, sum(c.pence) AS pence
         {FROM} {} GROUP BY 1, 3, 4",
        clause.sql(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    let mut groups: BTreeMap<Option<String>, (SpendGroup, BTreeSet<i64>)> = BTreeMap::new();
    while let Some(row) = selected.next()? {
        let key: Option<String> = row.get("key")?;
        let name = row.get("name")?;
        let (group, requests) = groups.entry(key.clone()).or_insert_with(|| {
            (SpendGroup { key, name, requests: 0, years: BTreeMap::new() }, BTreeSet::new())
        });
        let pence: i64 = row.get("pence")?;
        group.years.entry(row.get("from_year")?).or_default().pence += pence;
        requests.insert(row.get("request")?);
    }
    let counted = |(mut group, requests): (SpendGroup, BTreeSet<i64>)| {
        group.requests = u64::try_from(requests.len()).unwrap_or(u64::MAX);
        group
    };
    Ok(groups.into_values().map(counted).collect())
}
