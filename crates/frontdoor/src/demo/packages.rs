//! What panels put together for a child, from `county/demo/packages.json`: contributions of
//! several agencies, each with what it is to bring about.

use super::child::Names;
use super::dice::Dice;
use anyhow::Context as _;
use domain::codes::Support;
use domain::money::{Money, TenThousandths};
use domain::need::Area;
use domain::package::{ContributionDraft, Frequency, FundingSource, PackageDraft, Provider, Unit};
use domain::personal::{ContributionWords, KeyWorker, PackageWords};
use domain::service::Agency;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;

/// One of the contributions that panels are used to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Usual {
    provider: Provider,
    areas: Vec<Area>,
    support: Support,
    quantity: String,
    unit: Unit,
    frequency: Frequency,
    unit_cost_pence: i64,
    months: i32,
    funding: FundingSource,
    what: String,
    outcome: String,
    role: String,
}

/// What panels choose from.
pub(super) struct Larder(Vec<Usual>);

/// A package, and what it says in words.
pub(super) struct Composed {
    pub(super) draft: PackageDraft,
    pub(super) words: PackageWords,
}

impl Larder {
    pub(super) fn read() -> anyhow::Result<Self> {
        let usual = serde_json::from_str(include_str!("../../county/demo/packages.json"));
        usual.map(Self).context("the built-in file demo/packages.json cannot be read")
    }

    /// Two to four contributions for this area of need, which start the week after a day. The
    /// first gives the key worker.
    pub(super) fn compose(&self, area: Area, on: Date, names: &Names, dice: &mut Dice) -> Composed {
        let mut fitting: Vec<&Usual> =
            self.0.iter().filter(|it| it.areas.contains(&area)).collect();
        dice.shuffle(&mut fitting);
        let count = usize::try_from(dice.between(2..=4)).unwrap_or(2);
        fitting.truncate(count);
        let starts = on.saturating_add(dice.between(7..=14).days());
        let drafts = fitting.iter().map(|usual| usual.draft(starts, dice)).collect();
        let key_worker_of = fitting.first().map(|usual| usual.provider.clone());
        let key_worker_of = key_worker_of.unwrap_or(Provider::Agency(Agency::Education));
        Composed {
            draft: PackageDraft { key_worker_of, contributions: drafts },
            words: words(&fitting, names, dice),
        }
    }

    /// What is said of contributions that were chosen from here before.
    pub(super) fn described(
        &self,
        drafts: &[ContributionDraft],
        names: &Names,
        dice: &mut Dice,
    ) -> PackageWords {
        let alike = |draft: &ContributionDraft| {
            self.0.iter().find(|it| (&it.provider, it.support) == (&draft.provider, draft.support))
        };
        let usual: Vec<&Usual> = drafts.iter().filter_map(alike).collect();
        words(&usual, names, dice)
    }
}

/// Who leads what, to what end; the first is whom the family talks to.
fn words(usual: &[&Usual], names: &Names, dice: &mut Dice) -> PackageWords {
    let leads: Vec<String> = usual.iter().map(|_| names.grown_up(dice)).collect();
    let contributions = usual.iter().zip(&leads).map(|(usual, lead)| ContributionWords {
        what: usual.what.clone(),
        outcome: usual.outcome.clone(),
        lead: format!("{lead}, {}", usual.role),
    });
    let key_worker = KeyWorker {
        name: leads.first().cloned().unwrap_or_default(),
        role: usual.first().map(|usual| usual.role.clone()).unwrap_or_default(),
        contact: None,
    };
    PackageWords { key_worker, contributions: contributions.collect() }
}

impl Usual {
    /// Something once is there for good, and looked at again like all else.
    fn draft(&self, starts: Date, dice: &mut Dice) -> ContributionDraft {
        let whole = TenThousandths::whole(1);
        let ends = starts.saturating_add(self.months.months());
        let half_way = i64::from(self.months) * 15 + dice.between(-7..=7);
        ContributionDraft {
            provider: self.provider.clone(),
            support: self.support,
            quantity: TenThousandths::parse(&self.quantity).unwrap_or(whole),
            unit: self.unit,
            frequency: self.frequency,
            unit_cost: Money { pence: self.unit_cost_pence },
            starts,
            ends,
            funding: self.funding,
            review_on: starts.saturating_add(half_way.days()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_something_to_put_together_for_every_area() {
        let (larder, names) = (Larder::read().unwrap(), Names::read().unwrap());
        let on = jiff::civil::date(2026, 11, 25);
        for area in Area::ALL {
            let composed = larder.compose(*area, on, &names, &mut Dice::new(7));
            let count = composed.draft.contributions.len();
            assert!((2..=4).contains(&count), "{area}: {count}");
            assert_eq!(composed.words.contributions.len(), count);
            for each in composed.draft.contributions {
                assert!(each.starts > on && each.starts <= each.review_on);
                assert!(each.review_on <= each.ends, "{area}");
            }
        }
    }

    #[test]
    fn every_amount_is_a_number_as_it_stands() {
        for usual in Larder::read().unwrap().0 {
            assert!(TenThousandths::parse(&usual.quantity).is_some(), "{}", usual.what);
            assert!(usual.unit_cost_pence > 0 && usual.months > 0);
        }
    }
}
