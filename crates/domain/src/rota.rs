//! The rota: who is on duty at an instant, under which version of it.
//!
//! A rota is kept by the month, each month with a version of its own. Weekly shifts say who
//! is usually on; overrides, the latest first, say who is on instead. A gap never loses a
//! request: the next shift takes it, and a warning is recorded.

use crate::calendar::london;
use crate::codes::codes;
use crate::ids::AccountId;
use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far ahead the next shift is looked for.
const HORIZON_DAYS: usize = 62;

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

/// Who is usually on, on one day of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The day.
    pub day: Day,
    /// From this time in London,
    pub from: Time,
    /// up to, and not including, this one.
    pub to: Time,
    /// Who is on.
    pub adviser: AccountId,
}

/// Who is on instead, for a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// From,
    pub from: Timestamp,
    /// up to, and not including.
    pub to: Timestamp,
    /// Who is on; `None`: nobody.
    pub adviser: Option<AccountId>,
}

/// One month of a team's rota.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct MonthRota {
    version: u32,
    shifts: Vec<Shift>,
    overrides: Vec<Override>,
}

/// The rota of one team, as known now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rota {
    months: BTreeMap<Month, MonthRota>,
}

/// Who answers for what arrives at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Who; `None` when the rota names nobody within two months.
    pub adviser: Option<AccountId>,
    /// The version of the month of the rota that says so.
    pub rota_version: Option<u32>,
    /// When the shift begins, if it is not this one but the next.
    pub from_next_shift_at: Option<Timestamp>,
}

/// Who is on at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// Who is on.
    pub adviser: AccountId,
    /// Under which version.
    pub rota_version: u32,
}

/// A change to one month of a rota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RotaChange {
    /// The weekly shifts of the month, instead of any before.
    Shifts(Vec<Shift>),
    /// An override, before all earlier ones.
    Override(Override),
}

impl Rota {
    /// Follows a change of one month, which takes that month to `version`.
    pub fn apply(&mut self, month: Month, version: u32, change: RotaChange) {
        let rota = self.months.entry(month).or_default();
        rota.version = version;
        match change {
            RotaChange::Shifts(shifts) => rota.shifts = shifts,
            RotaChange::Override(new) => rota.overrides.push(new),
        }
    }

    /// Who is on at this very instant.
    #[must_use]
    pub fn on_duty(&self, at: Timestamp) -> Option<OnDuty> {
        let wall = london::wall(at);
        let rota = self.months.get(&Month::of(wall.date()))?;
        let overridden = rota.overrides.iter().rev().find(|each| each.from <= at && at < each.to);
        let adviser = match overridden {
            Some(instead) => instead.adviser.clone(),
            None => rota
                .shifts
                .iter()
                .find(|shift| {
                    shift.day == Day::from(wall.weekday())
                        && shift.from <= wall.time()
                        && wall.time() < shift.to
                })
                .map(|shift| shift.adviser.clone()),
        };
        Some(OnDuty { adviser: adviser?, rota_version: rota.version })
    }

    /// Who answers for what arrives at this instant: who is on, or else whoever is next.
    #[must_use]
    pub fn duty(&self, at: Timestamp) -> Duty {
        let named = |on: OnDuty, from_next_shift_at| Duty {
            adviser: Some(on.adviser),
            rota_version: Some(on.rota_version),
            from_next_shift_at,
        };
        match (self.on_duty(at), self.next_shift(at)) {
            (Some(on), _) => named(on, None),
            (None, Some((starts_at, on))) => named(on, Some(starts_at)),
            (None, None) => Duty { adviser: None, rota_version: None, from_next_shift_at: None },
        }
    }

    /// The first instant after `at` at which somebody comes on, within two months.
    fn next_shift(&self, at: Timestamp) -> Option<(Timestamp, OnDuty)> {
        let today = london::wall(at).date();
        let days = std::iter::successors(Some(today), |day| day.tomorrow().ok());
        days.take(HORIZON_DAYS).find_map(|day| {
            self.starts(day)
                .filter(|start| *start > at)
                .filter_map(|start| Some((start, self.on_duty(start)?)))
                .min_by_key(|(start, _)| *start)
        })
    }

    /// The instants of a day at which somebody may come on: when a shift or an override
    /// starts, and when an override ends inside a shift.
    fn starts(&self, day: Date) -> impl Iterator<Item = Timestamp> {
        let month = self.months.get(&Month::of(day)).into_iter();
        month.flat_map(move |rota| {
            let shifts = rota.shifts.iter().filter(move |it| it.day == Day::from(day.weekday()));
            let shifts = shifts.map(move |it| london::instant(day.to_datetime(it.from)));
            let overrides = rota.overrides.iter().flat_map(|it| [it.from, it.to]);
            shifts.chain(overrides.filter(move |start| london::wall(*start).date() == day))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    fn at(instant: &str) -> Timestamp {
        instant.parse().unwrap()
    }

    fn adviser(name: &str) -> AccountId {
        name.parse().unwrap()
    }

    fn weekdays(name: &str) -> RotaChange {
        let shift = |day: &Day| Shift {
            day: *day,
            from: time(9, 0, 0, 0),
            to: time(17, 0, 0, 0),
            adviser: adviser(name),
        };
        RotaChange::Shifts(Day::ALL.iter().take(5).map(shift).collect())
    }

    fn november() -> Rota {
        let mut rota = Rota::default();
        rota.apply("2026-11".parse().unwrap(), 1, weekdays("amara"));
        rota
    }

    #[test]
    fn the_shift_of_the_day_is_on_duty_until_it_ends() {
        let rota = november();
        assert_eq!(rota.duty(at("2026-11-23T16:59:59Z")).adviser, Some(adviser("amara")));
        assert_eq!(rota.on_duty(at("2026-11-23T17:00:00Z")), None);
    }

    #[test]
    fn what_arrives_on_saturday_belongs_to_mondays_shift() {
        let duty = november().duty(at("2026-11-21T12:00:00Z"));
        assert_eq!(duty.from_next_shift_at, Some(at("2026-11-23T09:00:00Z")));
        assert_eq!(duty.adviser, Some(adviser("amara")));
    }

    #[test]
    fn an_override_stands_before_the_weekly_shift_and_names_its_version() {
        let mut rota = november();
        let (from, to) = (at("2026-11-23T09:00:00Z"), at("2026-11-23T12:00:00Z"));
        let instead = Override { from, to, adviser: Some(adviser("ben")) };
        rota.apply("2026-11".parse().unwrap(), 2, RotaChange::Override(instead));
        let duty = rota.duty(from);
        assert_eq!((duty.adviser, duty.rota_version), (Some(adviser("ben")), Some(2)));
        assert_eq!(rota.duty(to).adviser, Some(adviser("amara")));
    }

    #[test]
    fn when_nobody_is_on_the_shift_after_the_override_takes_over() {
        let mut rota = november();
        let (from, to) = (at("2026-11-23T09:00:00Z"), at("2026-11-23T12:00:00Z"));
        rota.apply(
            "2026-11".parse().unwrap(),
            2,
            RotaChange::Override(Override { from, to, adviser: None }),
        );
        assert_eq!(rota.duty(from).from_next_shift_at, Some(to));
    }

    #[test]
    fn the_latest_override_stands_before_the_earlier_ones() {
        let mut rota = november();
        let month = "2026-11".parse().unwrap();
        let (from, to) = (at("2026-11-23T09:00:00Z"), at("2026-11-23T12:00:00Z"));
        for (version, name) in [(2, "ben"), (3, "chloe")] {
            let instead = Override { from, to, adviser: Some(adviser(name)) };
            rota.apply(month, version, RotaChange::Override(instead));
        }
        assert_eq!(rota.duty(from).adviser, Some(adviser("chloe")));
    }

    #[test]
    fn an_extra_duty_at_the_weekend_comes_before_mondays_shift() {
        let mut rota = november();
        let (from, to) = (at("2026-11-22T10:00:00Z"), at("2026-11-22T12:00:00Z"));
        let instead = Override { from, to, adviser: Some(adviser("ben")) };
        rota.apply("2026-11".parse().unwrap(), 2, RotaChange::Override(instead));
        let duty = rota.duty(at("2026-11-21T12:00:00Z"));
        assert_eq!((duty.adviser, duty.from_next_shift_at), (Some(adviser("ben")), Some(from)));
    }

    #[test]
    fn the_next_shift_is_found_in_the_month_after_under_its_own_version() {
        let mut rota = november();
        rota.apply("2027-01".parse().unwrap(), 5, weekdays("ben"));
        let duty = rota.duty(at("2026-11-30T18:00:00Z"));
        assert_eq!((duty.adviser, duty.rota_version), (Some(adviser("ben")), Some(5)));
        assert_eq!(duty.from_next_shift_at, Some(at("2027-01-01T09:00:00Z")));
    }

    #[test]
    fn nobody_is_looked_for_more_than_two_months_ahead() {
        let mut rota = Rota::default();
        rota.apply("2026-11".parse().unwrap(), 1, weekdays("amara"));
        assert_eq!(rota.duty(at("2026-08-31T09:00:00Z")).adviser, None);
        assert_eq!(rota.duty(at("2026-09-05T09:00:00Z")).adviser, Some(adviser("amara")));
    }

    #[test]
    fn shifts_set_again_replace_those_before() {
        let mut rota = november();
        rota.apply("2026-11".parse().unwrap(), 2, weekdays("ben"));
        assert_eq!(rota.duty(at("2026-11-23T10:00:00Z")).adviser, Some(adviser("ben")));
    }

    #[test]
    fn a_month_is_written_as_it_is_read() {
        assert_eq!("2026-11".parse::<Month>().unwrap().to_string(), "2026-11");
        for text in ["2026", "2026-13", "2026-00", "november", "2026-11-01", ""] {
            assert_eq!(text.parse::<Month>(), Err(NotAMonth), "{text}");
        }
    }

    #[test]
    fn a_rota_without_shifts_names_nobody_and_does_not_search_for_ever() {
        let duty = Rota::default().duty(at("2026-11-23T09:00:00Z"));
        assert_eq!((duty.adviser, duty.from_next_shift_at), (None, None));
    }

    #[test]
    fn a_shift_is_on_the_wall_clock_in_summer_too() {
        let mut rota = Rota::default();
        rota.apply("2026-07".parse().unwrap(), 1, weekdays("amara"));
        assert!(rota.on_duty(at("2026-07-01T08:00:00Z")).is_some());
        assert_eq!(rota.on_duty(at("2026-07-01T16:00:00Z")), None);
    }
}
