//! Money in whole pence, and the decimals it is multiplied with.
//!
//! Never a float: totals are compared to a service's own books, to the penny.

use serde::{Deserialize, Serialize};

/// An amount in pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Whole pence.
    pub pence: i64,
}

/// A number with up to four decimals, kept in ten-thousandths: hours a week, weeks a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenThousandths(pub i64);

impl TenThousandths {
    const ONE: i64 = 10_000;

    /// Reads a decimal such as `12`, `2.5` or `0.0625`; `None` when it is no number, has
    /// more than four decimals other than zero, or is out of range.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let fraction = fraction.trim_end_matches('0');
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || fraction.len() > 4 || !plain(whole) || !plain(fraction) {
            return None;
        }
        let fraction: i64 = format!("{fraction:0<4}").parse().ok()?;
        let whole: i64 = whole.parse().ok()?;
        Some(Self(sign * whole.checked_mul(Self::ONE)?.checked_add(fraction)?))
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: i32) -> Self {
        Self(i64::from(number) * Self::ONE)
    }
}

impl std::fmt::Display for TenThousandths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.abs() / Self::ONE, self.0.abs() % Self::ONE);
        let fraction = format!("{rest:04}");
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            fraction => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}

/// What provision costs in a year: the sum of hours × weeks × hourly pence, rounded once,
/// at the end, to a whole penny (halves up).
#[must_use]
pub fn yearly_cost(
    provision: impl IntoIterator<Item = (TenThousandths, TenThousandths, Money)>,
) -> Money {
    const SCALE: i128 = 100_000_000;
    let total: i128 = provision
        .into_iter()
        .map(|(hours, weeks, hourly)| {
            i128::from(hours.0) * i128::from(weeks.0) * i128::from(hourly.pence)
        })
        .sum();
    let pence = (total + SCALE / 2).div_euclid(SCALE);
    Money { pence: i64::try_from(pence).unwrap_or(i64::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> TenThousandths {
        TenThousandths::parse(text).unwrap()
    }

    #[test]
    fn ten_hours_for_38_weeks_at_16_pounds_50_cost_6270_pounds() {
        let item = (decimal("10.0"), decimal("38"), Money { pence: 1650 });
        assert_eq!(yearly_cost([item]), Money { pence: 627_000 });
    }

    #[test]
    fn halves_of_a_penny_are_rounded_once_at_the_end() {
        let half = (decimal("0.5"), decimal("1"), Money { pence: 1 });
        assert_eq!(yearly_cost([half]), Money { pence: 1 });
        assert_eq!(yearly_cost([half, half]), Money { pence: 1 });
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for text in ["", ".5", "1e3", "0.00001", "1.2.3", "--1", "99999999999999999999"] {
            assert_eq!(TenThousandths::parse(text), None, "{text}");
        }
        assert_eq!(decimal("-2.50").to_string(), "-2.5");
    }

    proptest! {
        #[test]
        fn a_decimal_reads_back_as_itself(number in -1_000_000_000_i64..1_000_000_000) {
            let decimal = TenThousandths(number);
            prop_assert_eq!(TenThousandths::parse(&decimal.to_string()), Some(decimal));
        }
    }
}
