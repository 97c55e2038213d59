//! A package as somebody proposes it: checked as a whole, priced, and then agreed.

use super::{Contribution, Frequency, FundingSource, Package, Provider, Unit, YearCost};
use crate::codes::Support;
use crate::desk::Desk;
use crate::money::{Money, TenThousandths};
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A package that has no price yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageDraft {
    /// For whom the key worker works.
    pub key_worker_of: Provider,
    /// Who gives what.
    pub contributions: Vec<ContributionDraft>,
}

/// A contribution that has no price yet. Its members are those of a [`Contribution`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what a contribution's member of its name is")]
pub struct ContributionDraft {
    pub provider: Provider,
    pub support: Support,
    pub quantity: TenThousandths,
    pub unit: Unit,
    pub frequency: Frequency,
    pub unit_cost: Money,
    pub starts: Date,
    pub ends: Date,
    pub funding: FundingSource,
    pub review_on: Date,
}

/// Something about a package that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {says}")]
pub struct PackageFault {
    /// Where, as a pointer into the package: `contributions/0/ends`.
    pub at: String,
    /// What it should be.
    pub says: String,
}

impl PackageDraft {
    /// The package with its price under the desk's term dates and directory, or everything that
    /// is wrong with it.
    pub fn price(&self, desk: &Desk) -> Result<Package, Vec<PackageFault>> {
        let mut contributions = Vec::new();
        for (place, draft) in self.contributions.iter().enumerate() {
            let known = |slug| desk.services.get(slug).map(|service| service.agency);
            let agency = match &draft.provider {
                Provider::Agency(agency) => Some(*agency),
                Provider::Service(slug) => known(slug),
            };
            let Some(agency) = agency else {
                let at = format!("contributions/{place}/service");
                let says = "the directory has no such service".to_owned();
                return Err(vec![PackageFault { at, says }]);
            };
            let number = u16::try_from(place + 1).unwrap_or(u16::MAX);
            contributions.push(Contribution {
                number,
                provider: draft.provider.clone(),
                agency,
                support: draft.support,
                quantity: draft.quantity,
                unit: draft.unit,
                frequency: draft.frequency,
                unit_cost: draft.unit_cost,
                starts: draft.starts,
                ends: draft.ends,
                funding: draft.funding,
                review_on: draft.review_on,
                costs: draft.costs(),
            });
        }
        let review_on = contributions.iter().map(|each| each.review_on).min();
        let Some(review_on) = review_on else {
            let says = "at least one contribution".to_owned();
            return Err(vec![PackageFault { at: "contributions".to_owned(), says }]);
        };
        Ok(Package { contributions, key_worker_of: self.key_worker_of.clone(), review_on })
    }
}

impl ContributionDraft {
    fn costs(&self) -> Vec<YearCost> {
        let each = i128::from(self.quantity.0) * i128::from(self.unit_cost.pence);
        let each = i64::try_from((each + 5_000).div_euclid(10_000)).unwrap_or(i64::MAX);
        let mut times: BTreeMap<i16, u32> = BTreeMap::new();
        for day in self.days() {
            let year = if day.month() >= 4 { day.year() } else { day.year() - 1 };
            *times.entry(year).or_default() += 1;
        }
        let cost = |(from_year, times): (i16, u32)| YearCost {
            from_year,
            times,
            amount: Money { pence: each.saturating_mul(i64::from(times)) },
        };
        times.into_iter().map(cost).collect()
    }

    fn days(&self) -> Vec<Date> {
        let step = match self.frequency {
            Frequency::Once => return vec![self.starts],
            Frequency::Weekly | Frequency::TermWeekly => 1.week(),
            Frequency::Monthly => 1.month(),
        };
        self.starts.series(step).take_while(|day| *day <= self.ends).take(5_000).collect()
    }
}
