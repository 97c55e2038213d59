//! What a package commits, by agency and by who pays, for each financial year.

use domain::money::Money;
use domain::package::totals::{Totals, by_agency, by_funding, total};
use domain::package::{Contribution, FundingSource};
use domain::service::Agency;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Every table sums to the same total.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotalsShown {
    by_agency: Vec<TotalShown>,
    by_funding: Vec<TotalShown>,
    /// All agencies together, for every year in which anything is given.
    by_year: Vec<YearShown>,
    #[schema(value_type = Object, example = json!({"pence": 270_000}))]
    total: Money,
}

/// What one agency gives, or one source pays.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotalShown {
    #[schema(example = "education")]
    key: &'static str,
    years: Vec<YearShown>,
    #[schema(value_type = Object, example = json!({"pence": 270_000}))]
    total: Money,
}

/// One financial year.
#[derive(Serialize, ToSchema)]
pub(crate) struct YearShown {
    /// The year in which it begins, on 1 April.
    #[schema(example = 2026)]
    pub(crate) from_year: i16,
    #[schema(value_type = Object, example = json!({"pence": 123_750}))]
    pub(crate) amount: Money,
}

impl TotalsShown {
    pub(super) fn of<'a>(given: impl Iterator<Item = &'a Contribution>) -> Self {
        let given: Vec<_> = given.collect();
        Self {
            by_agency: rows(by_agency(given.iter().copied()), Agency::code),
            by_funding: rows(by_funding(given.iter().copied()), FundingSource::code),
            by_year: all_by_year(by_agency(given.iter().copied())),
            total: total(given.iter().copied()),
        }
    }
}

fn all_by_year<K: Ord>(totals: Totals<K>) -> Vec<YearShown> {
    let mut all: BTreeMap<i16, Money> = BTreeMap::new();
    for ((_, from_year), amount) in totals {
        all.entry(from_year).or_default().pence += amount.pence;
    }
    years(all)
}

fn rows<K: Ord>(totals: Totals<K>, code: impl Fn(K) -> &'static str) -> Vec<TotalShown> {
    let mut rows: BTreeMap<&'static str, Vec<YearShown>> = BTreeMap::new();
    for ((key, from_year), amount) in totals {
        rows.entry(code(key)).or_default().push(YearShown { from_year, amount });
    }
    let row = |(key, years): (&'static str, Vec<YearShown>)| {
        let pence = years.iter().map(|year| year.amount.pence).sum();
        TotalShown { key, years, total: Money { pence } }
    };
    rows.into_iter().map(row).collect()
}

/// Years with their amounts, in their order.
pub(crate) fn years(years: BTreeMap<i16, Money>) -> Vec<YearShown> {
    years.into_iter().map(|(from_year, amount)| YearShown { from_year, amount }).collect()
}
