//! Totals of what is committed, by agency and by who pays, for each financial year.
//!
//! Amounts were rounded when each contribution was priced; here they are added and nothing
//! else, so every table sums to the penny, whichever way it is read.

use super::{Contribution, FundingSource};
use crate::money::Money;
use crate::service::Agency;
use std::collections::BTreeMap;

/// Amounts by something, for each financial year, by the year in which it begins.
pub type Totals<K> = BTreeMap<(K, i16), Money>;

/// What each agency gives, by financial year.
pub fn by_agency<'a>(given: impl IntoIterator<Item = &'a Contribution>) -> Totals<Agency> {
    by(given, |each| each.agency)
}

/// What each source pays, by financial year.
pub fn by_funding<'a>(given: impl IntoIterator<Item = &'a Contribution>) -> Totals<FundingSource> {
    by(given, |each| each.funding)
}

/// All of it.
pub fn total<'a>(given: impl IntoIterator<Item = &'a Contribution>) -> Money {
    let costs = given.into_iter().flat_map(|each| &each.costs);
    Money { pence: costs.map(|cost| cost.amount.pence).sum() }
}

fn by<'a, K: Ord>(
    given: impl IntoIterator<Item = &'a Contribution>,
    key: impl Fn(&Contribution) -> K,
) -> Totals<K> {
    let mut totals = Totals::new();
    for each in given {
        for cost in &each.costs {
            totals.entry((key(each), cost.from_year)).or_default().pence += cost.amount.pence;
        }
    }
    totals
}
