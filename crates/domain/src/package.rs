//! A package of support: who contributes what, for how long, at whose cost, to what end.
//!
//! A package is priced once, when it is agreed, under the term dates of that moment; its event
//! carries every amount, so that totals are additions and nothing else. What is personal (what
//! is given, to what outcome, by which named person) travels beside it, see
//! [`crate::personal::PackageWords`].

mod draft;
pub mod event;
mod faults;
mod occasions;
mod price;
mod support;
#[cfg(test)]
mod tests;
pub mod totals;

pub use draft::{ContributionDraft, PackageDraft, PackageFault};
pub use faults::{MOST_CONTRIBUTIONS, MOST_UNIT_COST_PENCE, MOST_UNITS, MOST_YEARS};
pub use occasions::financial_year;
pub use support::Supported;

use crate::codes::{Support, codes};
use crate::ids::ServiceSlug;
use crate::money::{Money, TenThousandths};
use crate::service::Agency;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

codes! {
    /// How often a contribution is given.
    Frequency {
        Once = "once", "once";
        Weekly = "weekly", "every week";
        TermWeekly = "term_weekly", "every week of school terms";
        Monthly = "monthly", "every month";
    }
}

codes! {
    /// In what a contribution is counted.
    Unit {
        Hour = "hour", "hours";
        Session = "session", "sessions";
        Day = "day", "days";
        Item = "item", "items";
        Place = "place", "places";
        Sum = "sum", "sums";
    }
}

codes! {
    /// Who pays.
    FundingSource {
        HighNeeds = "high_needs", "the high needs block";
        School = "school", "the school's own budget";
        Health = "health", "the health service";
        SocialCare = "social_care", "social care";
        EarlyYears = "early_years", "the early years block";
        Grant = "grant", "a grant";
        InKind = "in_kind", "given in kind";
    }
}

codes! {
    /// What a review found of an outcome.
    OutcomeMet {
        Met = "met", "met";
        Partly = "partly", "partly met";
        NotMet = "not_met", "not met";
    }
}

/// Who contributes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// A service of the directory: its part comes to it as an assignment.
    Service(ServiceSlug),
    /// An agency outside the directory.
    Agency(Agency),
}

/// One contribution to a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Its number in the package, from 1.
    pub number: u16,
    /// Who gives it,
    pub provider: Provider,
    /// and which agency that is, for totals: a service's own, as the directory has it.
    pub agency: Agency,
    /// What kind of support it is.
    pub support: Support,
    /// How much each time, in units.
    pub quantity: TenThousandths,
    /// The unit.
    pub unit: Unit,
    /// How often.
    pub frequency: Frequency,
    /// What a unit costs.
    pub unit_cost: Money,
    /// The first day.
    pub starts: Date,
    /// The last day.
    pub ends: Date,
    /// Who pays.
    pub funding: FundingSource,
    /// When it is reviewed.
    pub review_on: Date,
    /// What it costs, by financial year: one amount for each year in which it is given.
    pub costs: Vec<YearCost>,
}

/// What something costs in one financial year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearCost {
    /// The year in which the financial year begins, on 1 April.
    pub from_year: i16,
    /// How many times it is given in it.
    pub times: u32,
    /// The amount.
    pub amount: Money,
}

/// A package of support, priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// The contributions, by their numbers.
    pub contributions: Vec<Contribution>,
    /// For whom the key worker works, who reviews it.
    pub key_worker_of: Provider,
    /// When the package as a whole is reviewed next: the earliest review of a contribution.
    pub review_on: Date,
}

/// What a review found of one contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewResult {
    /// Which contribution.
    pub number: u16,
    /// Whether its outcome was met.
    pub outcome: OutcomeMet,
}

impl Package {
    /// What it commits, all years and all sources together.
    #[must_use]
    pub fn total(&self) -> Money {
        totals::total(&self.contributions)
    }

    /// The services that have a part in it, each once: those that contribute, and the one for
    /// which the key worker works, who reviews it.
    #[must_use]
    pub fn services(&self) -> BTreeSet<&ServiceSlug> {
        let contribute = self.contributions.iter().map(|each| &each.provider);
        let all = contribute.chain(std::iter::once(&self.key_worker_of));
        all.filter_map(Provider::service).collect()
    }

    /// The last day of its last contribution.
    #[must_use]
    pub fn ends(&self) -> Option<Date> {
        self.contributions.iter().map(|each| each.ends).max()
    }
}

impl Provider {
    /// The service, if it is one of the directory.
    #[must_use]
    pub const fn service(&self) -> Option<&ServiceSlug> {
        match self {
            Self::Service(service) => Some(service),
            Self::Agency(_) => None,
        }
    }
}
