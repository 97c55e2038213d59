//! What a contribution costs. One time costs the quantity by the cost of a unit, rounded to a
//! whole penny, halves up, as an invoice for that day would; all else is addition.

use super::occasions::{financial_year, occasions};
use super::{Contribution, Package, YearCost};
use crate::calendar::Calendar;
use crate::money::Money;
use jiff::civil::Date;
use std::collections::BTreeMap;

impl Contribution {
    /// What it costs each time that it is given.
    #[must_use]
    pub fn each_time(&self) -> Money {
        const SCALE: i128 = 10_000;
        let exact = i128::from(self.quantity.0) * i128::from(self.unit_cost.pence);
        let pence = (exact + SCALE / 2).div_euclid(SCALE);
        Money { pence: i64::try_from(pence).unwrap_or(i64::MAX) }
    }

    /// What it costs by financial year under this calendar's terms.
    pub(super) fn costs_under(&self, calendar: &Calendar) -> Vec<YearCost> {
        let mut times: BTreeMap<i16, u32> = BTreeMap::new();
        for day in occasions(self.frequency, self.starts, self.ends, calendar) {
            *times.entry(financial_year(day)).or_default() += 1;
        }
        let each = self.each_time().pence;
        let cost = |(from_year, times): (i16, u32)| YearCost {
            from_year,
            times,
            amount: Money { pence: each.saturating_mul(i64::from(times)) },
        };
        times.into_iter().map(cost).collect()
    }

    /// As far as it was given by a day, that day included; `None`: it had not begun.
    #[must_use]
    pub fn until(&self, last: Date, calendar: &Calendar) -> Option<Self> {
        if self.starts > last {
            return None;
        }
        if self.ends <= last {
            return Some(self.clone());
        }
        let mut given = self.clone();
        given.ends = last;
        given.costs = given.costs_under(calendar);
        Some(given)
    }
}

impl Package {
    /// What was given of it by a day, that day included.
    #[must_use]
    pub fn given_until(&self, last: Date, calendar: &Calendar) -> Vec<Contribution> {
        self.contributions.iter().filter_map(|each| each.until(last, calendar)).collect()
    }
}
