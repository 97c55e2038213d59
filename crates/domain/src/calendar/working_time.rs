//! Counting working time between two instants, and counting it forward from one.
//!
//! Both work on durations to the nanosecond and are exact, so that stretches laid end to end
//! add up to their whole; minutes are cut off only at the very end, once.

use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, Timestamp};

use super::{Calendar, DayKind, london};

/// Any Monday will do: weekdays are counted from here.
const A_MONDAY: Date = date(1970, 1, 5);

impl Calendar {
    /// The working time that passes from one instant to a later one; none if `to` is not
    /// later. Additive: from `a` to `b` and from `b` to `c` is exactly from `a` to `c`.
    #[must_use]
    pub fn working_time(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if to <= from {
            return SignedDuration::ZERO;
        }
        let (from, to) = (london::wall(from), london::wall(to));
        let days = i32::try_from(self.working_days(from.date(), to.date())).unwrap_or(i32::MAX);
        self.working_day().saturating_mul(days) + self.worked_on_the_day_of(to)
            - self.worked_on_the_day_of(from)
    }

    /// [`working_time`](Self::working_time) in whole minutes, rounded down.
    #[must_use]
    pub fn working_minutes(&self, from: Timestamp, to: Timestamp) -> i64 {
        self.working_time(from, to).as_mins()
    }

    /// The earliest instant by which so much working time has passed since `at`. So a full
    /// day from a closing ends at the next closing, not at the opening after it; and nothing,
    /// or less, ends at `at` itself. What does not fit within [`HORIZON_DAYS`] ends at the
    /// close of the last of them.
    ///
    /// [`HORIZON_DAYS`]: super::HORIZON_DAYS
    #[must_use]
    pub fn add_working_time(&self, at: Timestamp, time: SignedDuration) -> Timestamp {
        if !time.is_positive() {
            return at;
        }
        let wall = london::wall(at);
        let day = self.working_day();
        // Count from the opening of this day: what has passed of it is added to what is asked.
        let mut left = time.saturating_add(self.worked_on_the_day_of(wall));
        for date in self.working_days_from(wall.date()) {
            if left <= day {
                return london::instant(date.to_datetime(self.opens.saturating_add(left)));
            }
            left -= day;
        }
        self.horizon(wall.date())
    }

    /// [`add_working_time`](Self::add_working_time) of so many minutes; the seconds of `at`
    /// are kept.
    #[must_use]
    pub fn add_working_minutes(&self, at: Timestamp, minutes: i64) -> Timestamp {
        self.add_working_time(at, SignedDuration::from_secs(minutes.saturating_mul(60)))
    }

    /// The length of a working day.
    fn working_day(&self) -> SignedDuration {
        self.close().duration_since(self.opens)
    }

    /// The working time of this day that has passed at this time of it.
    fn worked_on_the_day_of(&self, wall: DateTime) -> SignedDuration {
        if self.is_working_day(wall.date()) {
            wall.time().clamp(self.opens, self.close()).duration_since(self.opens)
        } else {
            SignedDuration::ZERO
        }
    }

    /// How many days from `from` until before `until` are working days.
    pub(super) fn working_days(&self, from: Date, until: Date) -> i64 {
        if until <= from {
            return 0;
        }
        let days = from..until;
        let bank_holidays = self.bank_holidays.range(days.clone()).map(|(date, _)| *date);
        let closures = self.closures.range(days).map(|(date, _)| *date);
        // A day in both lists, or in one and on a weekend, is taken off once or not at all.
        let off = bank_holidays.filter(|date| self.day_kind(*date) == DayKind::BankHoliday).count()
            + closures.filter(|date| self.day_kind(*date) == DayKind::Closure).count();
        weekdays_before(until) - weekdays_before(from) - i64::try_from(off).unwrap_or(i64::MAX)
    }
}

/// How many days from Monday to Friday lie between [`A_MONDAY`] and this date; negative
/// before it.
fn weekdays_before(date: Date) -> i64 {
    let days = date.duration_since(A_MONDAY).as_hours() / 24;
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{always_closed, at, england, without_hours};

    #[test]
    fn a_day_from_a_closing_ends_at_the_next_closing() {
        let friday_five = at("2026-11-20T17:00:00Z");
        assert_eq!(england().add_working_minutes(friday_five, 480), at("2026-11-23T17:00:00Z"));
        assert_eq!(england().add_working_minutes(friday_five, 481), at("2026-11-24T09:01:00Z"));
    }

    #[test]
    fn adding_nothing_stays_in_the_middle_of_the_night() {
        let night = at("2026-11-21T03:14:15Z");
        assert_eq!(england().add_working_minutes(night, 0), night);
        assert_eq!(england().add_working_minutes(night, -5), night);
    }

    #[test]
    fn christmas_2026_has_three_working_days_between_two_weekends() {
        let calendar = england();
        let (eve, new_year) = (at("2026-12-24T17:00:00Z"), at("2027-01-04T09:00:00Z"));
        assert_eq!(calendar.working_minutes(eve, new_year), 3 * 480);
    }

    #[test]
    fn easter_2027_and_the_change_to_summer_time_count_nothing() {
        let calendar = england();
        let (thursday, tuesday) = (at("2027-03-25T17:00:00Z"), at("2027-03-30T08:00:00Z"));
        assert_eq!(calendar.working_minutes(thursday, tuesday), 0);
        assert_eq!(calendar.add_working_minutes(thursday, 1), at("2027-03-30T08:01:00Z"));
    }

    #[test]
    fn the_end_of_summer_time_2026_makes_no_working_day_longer() {
        let (friday, monday) = (at("2026-10-23T09:00:00Z"), at("2026-10-26T10:00:00Z"));
        assert_eq!(england().working_minutes(friday, monday), 480);
    }

    #[test]
    fn seconds_are_kept_and_minutes_rounded_down_once() {
        let calendar = england();
        let from = at("2026-11-20T16:59:30.5Z");
        let to = calendar.add_working_minutes(from, 60);
        assert_eq!(to, at("2026-11-23T09:59:30.5Z"));
        assert_eq!(calendar.working_minutes(from, to), 60);
        assert_eq!(calendar.working_minutes(from, at("2026-11-23T09:00:29Z")), 0);
    }

    #[test]
    fn the_search_for_a_working_day_gives_up_after_ten_years() {
        let (from, to) = (at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
        for calendar in [always_closed(), without_hours()] {
            assert_eq!(calendar.working_minutes(from, to), 0);
            assert_eq!(calendar.add_working_minutes(from, 1), at("2036-01-08T17:00:00Z"));
        }
    }
}
