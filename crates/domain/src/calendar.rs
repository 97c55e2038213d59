//! The council's working time: which instants count towards a promise, and which do not.
//!
//! Working time is Monday to Friday within the opening hours, on the wall clock of
//! `Europe/London`, less the bank holidays of England and Wales and the authority's own
//! closures. The clocks change on Sundays (Summer Time Act 1972), so never inside working
//! time: every working day is as long as every other, and a stretch of years is counted
//! without walking through it.

mod bank_holidays;
mod due;
mod faults;
#[cfg(test)]
pub(crate) mod fixture;
pub mod london;
#[cfg(test)]
mod properties;
mod stretches;
mod terms;
mod working_time;

use std::collections::BTreeMap;
use std::iter;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday, time};
use serde::{Deserialize, Serialize};

pub use bank_holidays::{BankHoliday, BankHolidays};
pub use due::weeks_after;
pub use faults::{CalendarFault, MOST_DAYS, MOST_TERMS, MOST_TITLE_CHARS};
pub(crate) use stretches::StretchKind;
pub use terms::SchoolTerm;

/// How far ahead a due instant is looked for: ten years. It ends the search in a calendar
/// that never opens; no promise lasts as long.
pub const HORIZON_DAYS: usize = 3_660;

/// When the authority works, as published in one version. Plain data, stored as it is in the
/// event that publishes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Counts up with each publication.
    pub version: u32,
    /// The first working instant of a working day.
    pub opens: Time,
    /// The last working instant of a working day. Not after `opens`: there is no working time.
    pub closes: Time,
    /// Titles by date, as GOV.UK gives them: the substitute day, not the day it stands for.
    pub bank_holidays: BTreeMap<Date, String>,
    /// The authority's own closed days, with the reason.
    pub closures: BTreeMap<Date, String>,
    /// When schools are open, each half of a term by itself. They change no working time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<SchoolTerm>,
}

/// Every calendar that a promise may have gone by.
pub trait Calendars {
    /// The calendar of a version; where none is known, the present one.
    fn of_version(&self, version: u32) -> &Calendar;
}

/// One calendar for all time.
impl Calendars for Calendar {
    fn of_version(&self, _version: u32) -> &Calendar {
        self
    }
}

/// Why a day does or does not count. A day that is several things is the first of them in
/// this order: weekend, bank holiday, closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Counts, within the opening hours.
    Working,
    /// Saturday or Sunday.
    Weekend,
    /// Closed with the whole of England and Wales.
    BankHoliday,
    /// Closed by the authority.
    Closure,
}

impl Calendar {
    /// Open from 09:00 to 17:00 except on these bank holidays, without closures or terms.
    #[must_use]
    pub fn new(version: u32, bank_holidays: BankHolidays) -> Self {
        Self {
            version,
            opens: time(9, 0, 0, 0),
            closes: time(17, 0, 0, 0),
            bank_holidays: bank_holidays
                .events
                .into_iter()
                .map(|day| (day.date, day.title))
                .collect(),
            closures: BTreeMap::new(),
            terms: Vec::new(),
        }
    }

    /// What this London date is.
    #[must_use]
    pub fn day_kind(&self, date: Date) -> DayKind {
        if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            DayKind::Weekend
        } else if self.bank_holidays.contains_key(&date) {
            DayKind::BankHoliday
        } else if self.closures.contains_key(&date) {
            DayKind::Closure
        } else {
            DayKind::Working
        }
    }

    /// Whether any of this London date counts.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        self.day_kind(date) == DayKind::Working
    }

    /// Whether another calendar counts any time otherwise from one London date to another, both
    /// included; without an end, ever after.
    #[must_use]
    pub fn differs_from(&self, other: &Self, from: Date, until: Option<Date>) -> bool {
        if (self.opens, self.close()) != (other.opens, other.close()) {
            return true;
        }
        let until = until.unwrap_or(Date::MAX);
        let off = [&self.bank_holidays, &self.closures, &other.bank_holidays, &other.closures];
        from <= until
            && off
                .into_iter()
                .flat_map(|days| days.range(from..=until))
                .any(|(date, _)| self.is_working_day(*date) != other.is_working_day(*date))
    }

    /// Whether this instant is working time.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        let wall = london::wall(at);
        self.is_working_day(wall.date()) && self.opens <= wall.time() && wall.time() < self.close()
    }

    /// The close of a day, never before its opening: reversed hours are no hours.
    fn close(&self) -> Time {
        self.closes.max(self.opens)
    }

    /// The working days from this date on, itself included, up to the horizon.
    fn working_days_from(&self, date: Date) -> impl Iterator<Item = Date> {
        days_from(date).take(HORIZON_DAYS).filter(|date| self.is_working_day(*date))
    }
}

/// Every date from this one on, to the end of the civil calendar.
fn days_from(date: Date) -> impl Iterator<Item = Date> {
    iter::successors(Some(date), |date| date.tomorrow().ok())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::fixture::england;
    use super::*;

    #[test]
    fn boxing_day_2026_is_kept_on_the_monday() {
        let calendar = england();
        assert_eq!(calendar.day_kind(date(2026, 12, 25)), DayKind::BankHoliday);
        assert_eq!(calendar.day_kind(date(2026, 12, 26)), DayKind::Weekend);
        assert_eq!(calendar.day_kind(date(2026, 12, 28)), DayKind::BankHoliday);
        assert_eq!(calendar.day_kind(date(2026, 12, 29)), DayKind::Working);
    }

    #[test]
    fn a_closure_on_a_bank_holiday_is_a_bank_holiday() {
        let mut calendar = england();
        for day in [24, 25, 26] {
            calendar.closures.insert(date(2026, 12, day), "Christmas closure".to_owned());
        }
        assert_eq!(calendar.day_kind(date(2026, 12, 24)), DayKind::Closure);
        assert_eq!(calendar.day_kind(date(2026, 12, 25)), DayKind::BankHoliday);
        assert_eq!(calendar.day_kind(date(2026, 12, 26)), DayKind::Weekend);
    }

    #[test]
    fn a_calendar_survives_being_stored() {
        let calendar = england();
        let stored = serde_json::to_string(&calendar).unwrap();
        assert!(stored.contains(r#""opens":"09:00:00""#), "{stored}");
        assert_eq!(serde_json::from_str::<Calendar>(&stored).unwrap(), calendar);
    }
}
