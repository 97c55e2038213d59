//! What the tests of working time share: England's real bank holidays, instants where they
//! hurt, and a second opinion that counts in another way.

use std::collections::HashMap;

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::{BankHolidays, Calendar};

const GOV_UK: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../frontdoor/county/bank-holidays.json"));

/// The calendar of England and Wales, 2025 to 2028.
pub(crate) fn england() -> Calendar {
    let mut divisions: HashMap<String, BankHolidays> = serde_json::from_str(GOV_UK).unwrap();
    Calendar::new(1, divisions.remove("england-and-wales").unwrap())
}

/// England, with the council closed from Christmas Eve to New Year's Eve, also on the weekend
/// and the bank holidays among them, and Boxing Day listed on its Saturday too.
pub(crate) fn england_with_closures() -> Calendar {
    let mut calendar = england();
    for day in 24..=31 {
        calendar.closures.insert(date(2026, 12, day), "Christmas closure".to_owned());
    }
    calendar.bank_holidays.insert(date(2026, 12, 26), "Boxing Day".to_owned());
    Calendar { version: 2, ..calendar }
}

/// A council that closes for the twelve years from 2026.
pub(crate) fn always_closed() -> Calendar {
    let days = date(2026, 1, 1).series(1.day()).take_while(|day| day.year() < 2038);
    Calendar { closures: days.map(|day| (day, "For good".to_owned())).collect(), ..england() }
}

/// A council that opens when others close, and closes when they open.
pub(crate) fn without_hours() -> Calendar {
    let Calendar { opens, closes, .. } = england();
    Calendar { opens: closes, closes: opens, ..england() }
}

/// The instant that this RFC 3339 text names.
pub(crate) fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

/// Any instant of 2025 to 2028, whose bank holidays are known. One in two is near Christmas,
/// Easter or a change of the clocks, and one in two is on the half hour.
pub(crate) fn instants() -> impl Strategy<Value = Timestamp> {
    let within = |from: &str, to: &str| at(from).as_second()..at(to).as_second();
    let second = prop_oneof![
        4 => within("2025-01-02T00:00:00Z", "2028-12-20T00:00:00Z"),
        1 => within("2026-12-23T00:00:00Z", "2027-01-05T00:00:00Z"),
        1 => within("2027-03-25T00:00:00Z", "2027-03-31T00:00:00Z"),
        1 => within("2026-10-23T00:00:00Z", "2026-10-28T00:00:00Z"),
        1 => within("2026-03-27T00:00:00Z", "2026-04-08T00:00:00Z"),
    ];
    (second, any::<bool>(), 0..1_000_000_000_i32).prop_map(|(second, on_the_half_hour, nanos)| {
        if on_the_half_hour {
            Timestamp::new(second / 1800 * 1800, 0).unwrap()
        } else {
            Timestamp::new(second, nanos).unwrap()
        }
    })
}

/// Working time by instants in UTC, one day after the other, with summer time by its rule in
/// law instead of a time zone database.
pub(crate) fn second_opinion(
    calendar: &Calendar,
    from: Timestamp,
    to: Timestamp,
) -> SignedDuration {
    working_hours(calendar, from, to)
        .map(|(opens, closes)| closes.min(to).duration_since(opens.max(from)))
        .filter(SignedDuration::is_positive)
        .sum()
}

/// The opening and the closing of each working day from about one instant to about another.
pub(crate) fn working_hours(
    calendar: &Calendar,
    from: Timestamp,
    to: Timestamp,
) -> impl Iterator<Item = (Timestamp, Timestamp)> {
    let utc = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let last = utc(to).tomorrow().unwrap();
    utc(from)
        .yesterday()
        .unwrap()
        .series(1.day())
        .take_while(move |date| *date <= last)
        .filter(|date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday))
        .filter(|date| !calendar.bank_holidays.contains_key(date))
        .filter(|date| !calendar.closures.contains_key(date))
        .map(|date| {
            let summer = i8::from(last_sunday(date, 3) <= date && date < last_sunday(date, 10));
            let utc =
                |hour| date.at(hour - summer, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
            (utc(9), utc(17))
        })
}

fn last_sunday(of: Date, month: i8) -> Date {
    let last = date(of.year(), month, 31);
    last.saturating_sub(i64::from(last.weekday().to_sunday_zero_offset()).days())
}
