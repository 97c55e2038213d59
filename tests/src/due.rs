//! A second opinion on when something is due, by the rule as it is published: Monday to
//! Friday, 09:00 to 17:00 in London, less bank holidays; day zero is the working day of
//! receipt, or the next one after closing; due at the close of the n-th working day after.
//!
//! British Summer Time is worked out here, not looked up: from 01:00 UTC on the last Sunday
//! of March to 01:00 UTC on the last Sunday of October (Summer Time Act 1972, as amended).

use crate::county;
use jiff::civil::{Date, DateTime, Time, Weekday, date, time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

const OPENING: Time = time(9, 0, 0, 0);
const CLOSING: Time = time(17, 0, 0, 0);
const HOUR: Offset = Offset::constant(1);

/// The close of so many working days after what was received at this instant.
#[must_use]
pub fn at_close_after(received_at: Timestamp, working_days: u32) -> Timestamp {
    let works = working_days_but(&[]);
    let received = london(received_at);
    let mut day = received.date();
    if received.time() >= CLOSING {
        day = after(day);
    }
    while !works(day) {
        day = after(day);
    }
    for _ in 0..working_days {
        day = after(day);
        while !works(day) {
            day = after(day);
        }
    }
    instant(day.to_datetime(CLOSING))
}

/// The working minutes that pass from one instant to another, minute by minute, when the
/// council is closed on these days too.
#[must_use]
pub fn working_minutes(from: Timestamp, to: Timestamp, closures: &[Date]) -> i64 {
    let works = working_days_but(closures);
    let minutes = std::iter::successors(Some(from), |at| Some(*at + 1.minute()));
    let counts = |at: &Timestamp| {
        let wall = london(*at);
        works(wall.date()) && (OPENING..CLOSING).contains(&wall.time())
    };
    let counted = minutes.take_while(|at| *at < to).filter(counts).count();
    i64::try_from(counted).expect("a story is shorter than that")
}

/// Monday to Friday, less bank holidays and the council's own closures.
fn working_days_but(closures: &[Date]) -> impl Fn(Date) -> bool {
    let holidays = county::bank_holidays();
    move |day| {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && !holidays.contains(&day.to_string()) && !closures.contains(&day)
    }
}

fn after(day: Date) -> Date {
    day.tomorrow().expect("the calendar goes on")
}

/// What clocks in London show at an instant.
#[must_use]
pub fn london(instant: Timestamp) -> DateTime {
    offset(instant).to_datetime(instant)
}

/// When clocks in London show this; at five in the afternoon there is one such instant.
fn instant(wall: DateTime) -> Timestamp {
    let winter = Offset::UTC.to_timestamp(wall).expect("an instant of the calendar");
    let summer = HOUR.to_timestamp(wall).expect("an instant of the calendar");
    if offset(summer) == HOUR { summer } else { winter }
}

fn offset(instant: Timestamp) -> Offset {
    let year = Offset::UTC.to_datetime(instant).year();
    let change = |month| {
        let sunday = last_sunday(year, month).to_datetime(time(1, 0, 0, 0));
        Offset::UTC.to_timestamp(sunday).expect("an instant of the calendar")
    };
    if (change(3)..change(10)).contains(&instant) { HOUR } else { Offset::UTC }
}

fn last_sunday(year: i16, month: i8) -> Date {
    let last = date(year, month, 1).last_of_month();
    last.nth_weekday(-1, Weekday::Sunday)
        .map_or(last, |sunday| if last.weekday() == Weekday::Sunday { last } else { sunday })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn five_days_after(received_at: &str) -> String {
        at_close_after(received_at.parse().unwrap(), 5).to_string()
    }

    #[test]
    fn christmas_boxing_day_and_new_year_do_not_count() {
        // The 28th stands in for Boxing Day, which is a Saturday.
        assert_eq!(five_days_after("2026-12-24T10:00:00Z"), "2027-01-05T17:00:00Z");
    }

    #[test]
    fn minutes_are_counted_in_working_time_only() {
        let [from, to] = ["2026-12-24T16:00:00Z", "2026-12-30T09:30:00Z"]
            .map(|instant| instant.parse::<Timestamp>().unwrap());
        assert_eq!(working_minutes(from, to, &[]), 60 + 480 + 30);
        assert_eq!(working_minutes(from, to, &[date(2026, 12, 29)]), 60 + 30);
    }

    #[test]
    fn a_friday_evening_counts_from_monday_and_easter_does_not_count() {
        // Winter time when it is received, summer time when it is due.
        assert_eq!(five_days_after("2026-03-27T17:00:00Z"), "2026-04-08T16:00:00Z");
    }
}
