//! The weeks or months of a range of days.

use super::FlowBy;
use crate::column::nanoseconds;
use domain::calendar::london;
use jiff::civil::{Date, Time};
use jiff::{ToSpan, Unit};

/// A week or a month, as far as it lies within the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    /// `2026-05`, or `2026-W22` as ISO 8601 counts weeks.
    pub(super) key: String,
    /// Its first day,
    pub(super) from: Date,
    /// and the first that is not part of it.
    pub(super) to: Date,
}

impl Period {
    /// From the first instant of it until before the first that is not part of it.
    pub(super) fn range(&self) -> (i64, i64) {
        (midnight(self.from), midnight(self.to))
    }
}

/// The first instant of a day in London.
pub(super) fn midnight(date: Date) -> i64 {
    nanoseconds(london::instant(date.to_datetime(Time::midnight())))
}

/// The periods from one day until before another.
pub(super) fn periods(by: FlowBy, (from, to): (Date, Date)) -> impl Iterator<Item = Period> {
    let mut next = from;
    std::iter::from_fn(move || {
        (next < to).then(|| {
            let end = after(by, next).min(to);
            let period = Period { key: key(by, next), from: next, to: end };
            next = end;
            period
        })
    })
}

/// How many there are of them, or a few less.
pub(super) fn how_many(by: FlowBy, (from, to): (Date, Date)) -> i32 {
    let days = from.until((Unit::Day, to)).map_or(i32::MAX, |span| span.get_days());
    days / match by {
        FlowBy::Week => 7,
        FlowBy::Month => 31,
    }
}

/// The first day of the period after that of this day.
fn after(by: FlowBy, day: Date) -> Date {
    match by {
        FlowBy::Week => {
            day.saturating_add((8 - i64::from(day.weekday().to_monday_one_offset())).days())
        }
        FlowBy::Month => day.first_of_month().saturating_add(1.month()),
    }
}

fn key(by: FlowBy, day: Date) -> String {
    match by {
        FlowBy::Week => {
            let week = day.iso_week_date();
            format!("{}-W{:02}", week.year(), week.week())
        }
        FlowBy::Month => day.strftime("%Y-%m").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(by: FlowBy, from: &str, to: &str) -> Vec<String> {
        let range = (from.parse().unwrap(), to.parse().unwrap());
        periods(by, range).map(|it| format!("{} {} {}", it.key, it.from, it.to)).collect()
    }

    #[test]
    fn a_range_is_cut_at_the_ends_of_months_and_weeks_and_nothing_of_it_is_lost() {
        assert_eq!(
            told(FlowBy::Month, "2026-05-12", "2026-07-02"),
            [
                "2026-05 2026-05-12 2026-06-01",
                "2026-06 2026-06-01 2026-07-01",
                "2026-07 2026-07-01 2026-07-02"
            ],
        );
        assert_eq!(
            told(FlowBy::Week, "2026-12-30", "2027-01-12"),
            [
                "2026-W53 2026-12-30 2027-01-04",
                "2027-W01 2027-01-04 2027-01-11",
                "2027-W02 2027-01-11 2027-01-12"
            ],
        );
        assert!(told(FlowBy::Week, "2026-12-30", "2026-12-30").is_empty());
    }

    #[test]
    fn how_many_there_are_is_known_before_they_are_made() {
        let range = ("2026-01-01".parse().unwrap(), "2027-01-01".parse().unwrap());
        assert_eq!(how_many(FlowBy::Week, range), 52);
        assert_eq!(how_many(FlowBy::Month, range), 11);
    }
}
