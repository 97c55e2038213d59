//! The only place that knows the time zone of the authority.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// From the database compiled in, so that every machine counts alike. That it holds London is
/// tested; UTC stands in only because a constant cannot fail.
static LONDON: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZoneDatabase::bundled().get("Europe/London").unwrap_or(TimeZone::UTC));

/// What a clock on the wall in London shows at this instant.
#[must_use]
pub fn wall(at: Timestamp) -> DateTime {
    LONDON.to_datetime(at)
}

/// The instant at which a clock on the wall in London shows this. Shown twice (the hour in
/// October): the first time. Never shown (the hour in March): as if the clocks had not
/// changed. Beyond the range of instants: the last or first there is.
#[must_use]
pub fn instant(wall: DateTime) -> Timestamp {
    let outermost = if wall.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    LONDON.to_timestamp(wall).unwrap_or(outermost)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::fixture::at;
    use super::*;

    #[test]
    fn london_is_in_the_bundled_database() {
        assert_eq!(LONDON.iana_name(), Some("Europe/London"));
    }

    #[test]
    fn nine_in_the_morning_is_an_hour_earlier_in_summer() {
        assert_eq!(instant(date(2026, 10, 23).at(9, 0, 0, 0)), at("2026-10-23T08:00:00Z"));
        assert_eq!(instant(date(2026, 10, 26).at(9, 0, 0, 0)), at("2026-10-26T09:00:00Z"));
        assert_eq!(wall(at("2027-03-29T08:00:00Z")), date(2027, 3, 29).at(9, 0, 0, 0));
    }

    #[test]
    fn the_ends_of_time_are_instants_too() {
        assert_eq!(instant(DateTime::MIN), Timestamp::MIN);
        assert_eq!(instant(DateTime::MAX), Timestamp::MAX);
    }
}
