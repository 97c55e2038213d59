//! A package as somebody proposes it: checked as a whole, priced, and then agreed.

use super::{Contribution, Frequency, FundingSource, Package, Provider, Unit};
use crate::codes::Support;
use crate::desk::Desk;
use crate::money::{Money, TenThousandths};
use crate::service::Agency;
use jiff::civil::Date;

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

/// Something about a package, or its review, that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {says}")]
pub struct PackageFault {
    /// Where, as a pointer into what was given: `contributions/0/ends`.
    pub at: String,
    /// What it should be.
    pub says: String,
}

impl PackageDraft {
    /// The package with its price under the desk's term dates and directory, or everything that
    /// is wrong with it.
    pub fn price(&self, desk: &Desk) -> Result<Package, Vec<PackageFault>> {
        self.price_after(0, desk)
    }

    /// The same, for a package that goes on after one whose contributions had numbers up to
    /// this one.
    pub(crate) fn price_after(&self, last: u16, desk: &Desk) -> Result<Package, Vec<PackageFault>> {
        let faults = self.faults(desk);
        let review_on = self.contributions.iter().map(|each| each.review_on).min();
        let Some(review_on) = review_on.filter(|_| faults.is_empty()) else { return Err(faults) };
        let numbered = (last.saturating_add(1)..).zip(&self.contributions);
        let priced = numbered.filter_map(|(number, draft)| draft.price(number, desk));
        let key_worker_of = self.key_worker_of.clone();
        Ok(Package { contributions: priced.collect(), key_worker_of, review_on })
    }
}

impl ContributionDraft {
    fn price(&self, number: u16, desk: &Desk) -> Option<Contribution> {
        let mut priced = Contribution {
            number,
            agency: self.provider.agency(desk)?,
            provider: self.provider.clone(),
            support: self.support,
            quantity: self.quantity,
            unit: self.unit,
            frequency: self.frequency,
            unit_cost: self.unit_cost,
            starts: self.starts,
            ends: self.ends,
            funding: self.funding,
            review_on: self.review_on,
            costs: vec![],
        };
        priced.costs = priced.costs_under(&desk.calendar);
        Some(priced)
    }
}

impl Provider {
    /// Which agency that is; a service's own, if the directory has it.
    pub(super) fn agency(&self, desk: &Desk) -> Option<Agency> {
        match self {
            Self::Agency(agency) => Some(*agency),
            Self::Service(slug) => desk.services.get(slug).map(|service| service.agency),
        }
    }
}
