//! A package as the minutes show it: who gives what, for how long, at whose cost.

use super::record::{ERASED, Record};
use crate::prose::{bare, capital};
use domain::codes::Support;
use domain::money::Money;
use domain::package::{Contribution, Frequency, FundingSource, Package, Provider, Unit};
use domain::personal::{ContributionWords, PackageWords};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A package.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackageMinuted {
    pub(crate) contributions: Vec<ContributionMinuted>,
    /// What it costs, by the year in which the financial year begins.
    #[schema(value_type = Object, example = json!({"2026": {"pence": 123_750}}))]
    pub(crate) costs: BTreeMap<i16, Money>,
    #[schema(value_type = Object, example = json!({"pence": 270_000}))]
    pub(crate) total: Money,
    /// Whom the family talks to; null where names are not shown.
    pub(crate) key_worker: Option<KeyWorkerMinuted>,
    /// For whom the key worker works.
    pub(crate) key_worker_of: String,
    #[schema(value_type = String, format = Date)]
    pub(crate) review_on: Date,
}

/// The key worker.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyWorkerMinuted {
    pub(crate) name: String,
    pub(crate) role: String,
}

/// One contribution.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContributionMinuted {
    pub(crate) number: u16,
    /// The service or agency that gives it.
    pub(crate) who: String,
    #[schema(value_type = String, example = "outreach")]
    pub(crate) support: Support,
    /// What is given, in words; null where words are not shown.
    pub(crate) what: Option<String>,
    /// What it is to bring about.
    pub(crate) outcome: Option<String>,
    /// Who sees to it.
    pub(crate) lead: Option<String>,
    /// In units, each time.
    #[schema(value_type = String, example = "2.5")]
    pub(crate) quantity: String,
    #[schema(value_type = String, example = "hour")]
    pub(crate) unit: Unit,
    #[schema(value_type = String, example = "term_weekly")]
    pub(crate) frequency: Frequency,
    #[schema(value_type = Object, example = json!({"pence": 4_500}))]
    pub(crate) unit_cost: Money,
    #[schema(value_type = String, format = Date)]
    pub(crate) starts: Date,
    #[schema(value_type = String, format = Date)]
    pub(crate) ends: Date,
    #[schema(value_type = String, example = "high_needs")]
    pub(crate) funding: FundingSource,
    #[schema(value_type = String, format = Date)]
    pub(crate) review_on: Date,
    /// What it costs, by the year in which the financial year begins.
    #[schema(value_type = Object)]
    pub(crate) costs: BTreeMap<i16, Money>,
}

impl Record {
    pub(super) fn package(
        &self,
        package: &Package,
        words: Option<&PackageWords>,
        erased: bool,
    ) -> PackageMinuted {
        let said = |place: usize| words.and_then(|words| words.contributions.get(place));
        let contributions = package.contributions.iter().enumerate();
        let costs = package.contributions.iter().flat_map(|each| &each.costs);
        let erased_key_worker = || erased.then(|| (ERASED.to_owned(), ERASED.to_owned()));
        let key_worker = words
            .map(|words| (words.key_worker.name.clone(), words.key_worker.role.clone()))
            .or_else(erased_key_worker);
        PackageMinuted {
            contributions: contributions
                .map(|(place, each)| self.contribution(each, said(place), erased))
                .collect(),
            costs: by_year(costs),
            total: package.total(),
            key_worker: key_worker.map(|(name, role)| KeyWorkerMinuted { name, role }),
            key_worker_of: self.provider(&package.key_worker_of),
            review_on: package.review_on,
        }
    }

    fn contribution(
        &self,
        each: &Contribution,
        words: Option<&ContributionWords>,
        erased: bool,
    ) -> ContributionMinuted {
        let said = |text: fn(&ContributionWords) -> &String| {
            let known = words.map(|words| text(words).clone());
            known.or_else(|| erased.then(|| ERASED.to_owned()))
        };
        ContributionMinuted {
            number: each.number,
            who: self.provider(&each.provider),
            support: each.support,
            what: said(|words| &words.what),
            outcome: said(|words| &words.outcome),
            lead: said(|words| &words.lead),
            quantity: each.quantity.to_string(),
            unit: each.unit,
            frequency: each.frequency,
            unit_cost: each.unit_cost,
            starts: each.starts,
            ends: each.ends,
            funding: each.funding,
            review_on: each.review_on,
            costs: by_year(&each.costs),
        }
    }

    fn provider(&self, provider: &Provider) -> String {
        match provider {
            Provider::Service(slug) => self.service(slug),
            Provider::Agency(agency) => capital(bare(agency.says())),
        }
    }
}

fn by_year<'a>(
    costs: impl IntoIterator<Item = &'a domain::package::YearCost>,
) -> BTreeMap<i16, Money> {
    let mut years: BTreeMap<i16, Money> = BTreeMap::new();
    for cost in costs {
        let year = years.entry(cost.from_year).or_default();
        year.pence = year.pence.saturating_add(cost.amount.pence);
    }
    years
}
