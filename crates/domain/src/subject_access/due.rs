//! The last day for an answer.

use crate::calendar::{Calendar, DayKind};
use jiff::ToSpan as _;
use jiff::civil::Date;

/// One calendar month of article 12(3),
const MONTHS: i32 = 1;
/// and the two by which it may be made longer.
const MONTHS_LONGER: i32 = 2;

/// The last day for the answer: the corresponding day of the month after, or its last day; as
/// many days later as the clock stood still; and never a weekend or a bank holiday. A day on
/// which only this council is closed counts.
#[must_use]
pub fn due_on(runs_from: Date, extended: bool, paused_days: i32, calendar: &Calendar) -> Date {
    let months = if extended { MONTHS + MONTHS_LONGER } else { MONTHS };
    // Adding months stays within the month that is reached.
    let mut day = runs_from.saturating_add(months.months()).saturating_add(paused_days.days());
    while matches!(calendar.day_kind(day), DayKind::Weekend | DayKind::BankHoliday) {
        day = day.saturating_add(1.day());
    }
    day
}
