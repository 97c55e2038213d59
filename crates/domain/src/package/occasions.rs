//! The days on which a contribution is given: all that its price depends on beside the price
//! of one time.

use super::Frequency;
use crate::calendar::Calendar;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Every day from the first to the last, both included, on which something is given that is
/// given this often. A month without its day has its last one instead: from 31 January on, 28
/// February and 31 March.
pub(super) fn occasions(
    frequency: Frequency,
    starts: Date,
    ends: Date,
    calendar: &Calendar,
) -> impl Iterator<Item = Date> {
    let (step, most) = match frequency {
        Frequency::Once => (1.day(), 1),
        Frequency::Weekly | Frequency::TermWeekly => (1.week(), usize::MAX),
        Frequency::Monthly => (1.month(), usize::MAX),
    };
    let in_terms = frequency == Frequency::TermWeekly;
    let days = starts.series(step).take(most).take_while(move |day| *day <= ends);
    days.filter(move |day| !in_terms || calendar.is_school_week(*day) == Some(true))
}

/// Whether any week of a contribution in term time lies beyond the terms that are published.
pub(super) fn ends_beyond_terms(starts: Date, ends: Date, calendar: &Calendar) -> bool {
    let mut weeks = starts.series(1.week()).take_while(|day| *day <= ends);
    weeks.any(|day| calendar.is_school_week(day).is_none())
}

/// The financial year of a day, by the year in which it begins, on 1 April (the Local
/// Government Finance Act 1988, section 111).
#[must_use]
pub fn financial_year(day: Date) -> i16 {
    if day.month() >= 4 { day.year() } else { day.year() - 1 }
}
