//! The calendar of a rota: days of the week, and months on the wall in London.
//!
//! A rota is kept by the month, each with a version of its own, so that a plan for June is
//! not a new version of May.

use crate::calendar::london;
use crate::codes::codes;
use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

codes! {
    /// A day of the week.
    Day {
        Monday = "monday", "Monday";
        Tuesday = "tuesday", "Tuesday";
        Wednesday = "wednesday", "Wednesday";
        Thursday = "thursday", "Thursday";
        Friday = "friday", "Friday";
        Saturday = "saturday", "Saturday";
        Sunday = "sunday", "Sunday";
    }
}

impl From<Weekday> for Day {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

/// A calendar month in London, `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    /// Year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl Month {
    /// The month of a London date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// The month that a calendar on the wall in London shows at an instant.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self::of(london::wall(at).date())
    }

    /// The months that a stretch of time touches, in order.
    pub fn touched(from: Timestamp, to: Timestamp) -> impl Iterator<Item = Self> {
        let first = Self::at(from);
        std::iter::successors(Some(first), |month| month.next())
            .take_while(move |month| *month == first || month.starts_at() < to)
    }

    /// The first day of the month.
    #[must_use]
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(Date::MIN)
    }

    /// The days of the month, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.first_day()), |day| day.tomorrow().ok())
            .take_while(move |day| Self::of(*day) == self)
    }

    /// Its first instant.
    #[must_use]
    pub fn starts_at(self) -> Timestamp {
        london::instant(self.first_day().to_datetime(Time::midnight()))
    }

    /// The first instant after it.
    #[must_use]
    pub fn ends_at(self) -> Timestamp {
        self.next().map_or(Timestamp::MAX, Self::starts_at)
    }

    fn next(self) -> Option<Self> {
        Some(Self::of(self.first_day().last_of_month().tomorrow().ok()?))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl std::str::FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let (year, month) =
            (year.parse().map_err(|_| NotAMonth)?, month.parse().map_err(|_| NotAMonth)?);
        Date::new(year, month, 1).map(Self::of).map_err(|_| NotAMonth)
    }
}

impl TryFrom<String> for Month {
    type Error = NotAMonth;

    fn try_from(text: String) -> Result<Self, NotAMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

/// A text that is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a month is written 2026-11")]
pub struct NotAMonth;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_as_it_is_read() {
        assert_eq!("2026-11".parse::<Month>().unwrap().to_string(), "2026-11");
        for text in ["2026", "2026-13", "2026-00", "november", "2026-11-01", ""] {
            assert_eq!(text.parse::<Month>(), Err(NotAMonth), "{text}");
        }
    }

    #[test]
    fn a_stretch_touches_the_months_that_hold_some_of_it() {
        let touched = |from: &str, to: &str| -> Vec<String> {
            let months = Month::touched(from.parse().unwrap(), to.parse().unwrap());
            months.map(|month| month.to_string()).collect()
        };
        assert_eq!(touched("2026-11-30T17:00:00Z", "2026-12-01T00:00:00Z"), ["2026-11"]);
        assert_eq!(
            touched("2026-11-30T17:00:00Z", "2027-01-01T00:00:01Z"),
            ["2026-11", "2026-12", "2027-01"]
        );
        // The last hour of June is July's in UTC, and the first of July is June's.
        assert_eq!(touched("2026-06-30T23:30:00Z", "2026-06-30T23:45:00Z"), ["2026-07"]);
    }
}
