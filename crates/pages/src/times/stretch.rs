//! Stretches of time that people ask about by their names, as they lie around today.

use super::london;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use minijinja::value::Serde;
use serde::Serialize;

/// A stretch of time that people ask about by its name.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Stretch {
    says: &'static str,
    from: String,
    to: String,
}

/// Such stretches, as they lie around today: a school year begins with September.
pub(crate) fn periods(now: Timestamp) -> minijinja::Value {
    minijinja::Value::from(Serde(stretches(now.to_zoned(london()).date())))
}

fn stretches(today: Date) -> [Stretch; 5] {
    let began = today.year() - i16::from(today.month() < 9);
    let september = |year| Date::new(year, 9, 1).unwrap_or(today);
    let back = |months: i32| today.saturating_sub(months.months());
    let last_year = september(began).saturating_sub(1.day());
    [
        ("This month", today.first_of_month(), today),
        ("Last 3 months", back(3), today),
        ("Last 12 months", back(12), today),
        ("This school year", september(began), today),
        ("Last school year", september(began - 1), last_year),
    ]
    .map(|(says, from, to)| Stretch { says, from: from.to_string(), to: to.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_of_time_end_today_or_with_the_school_year() {
        let told = |today: &str| {
            let all = stretches(today.parse().unwrap());
            all.map(|it| format!("{} to {}", it.from, it.to))
        };
        let november = told("2026-11-25");
        assert_eq!(november[0], "2026-11-01 to 2026-11-25");
        assert_eq!(november[2], "2025-11-25 to 2026-11-25");
        assert_eq!(november[3..], ["2026-09-01 to 2026-11-25", "2025-09-01 to 2026-08-31"]);
        assert_eq!(told("2026-08-31")[3], "2025-09-01 to 2026-08-31");
    }
}
