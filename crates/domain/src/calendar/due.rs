//! When a promise falls due: in working days for the council's own, in calendar weeks for
//! those that a statute makes.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::{Calendar, HORIZON_DAYS, days_from, london};

impl Calendar {
    /// The close of the `days`-th working day after the working day of receipt.
    ///
    /// What arrives after closing, or on a day that is not worked, counts as received on the
    /// next working day; what arrives on the stroke of closing is in time. More days than
    /// [`HORIZON_DAYS`] holds fall due at the close of the last of them.
    #[must_use]
    pub fn close_of_working_day_after(&self, received: Timestamp, days: u32) -> Timestamp {
        let wall = london::wall(received);
        let too_late_today = wall.time() > self.close();
        let day_zero = if too_late_today { next(wall.date()) } else { wall.date() };
        usize::try_from(days)
            .ok()
            .and_then(|days| self.working_days_from(day_zero).nth(days))
            .map_or_else(|| self.horizon(day_zero), |due| self.close_of(due))
    }

    /// The close of the `days`-th working day before the London day of an instant; with no
    /// days, of that day itself. A calendar that never opens has no such day: it is the instant.
    #[must_use]
    pub fn close_of_working_day_before(&self, at: Timestamp, days: u32) -> Timestamp {
        let day = london::wall(at).date();
        if days == 0 {
            return self.close_of(day);
        }
        let back = std::iter::successors(day.yesterday().ok(), |day| day.yesterday().ok());
        let mut working = back.take(HORIZON_DAYS).filter(|day| self.is_working_day(*day));
        let nth = usize::try_from(days - 1).ok().and_then(|nth| working.nth(nth));
        nth.map_or(at, |day| self.close_of(day))
    }

    /// When the council opens on this date or, if it does not, on the next working day.
    #[must_use]
    pub fn opening_from(&self, date: Date) -> Timestamp {
        let day = self.working_days_from(date).next().unwrap_or(date);
        london::instant(day.to_datetime(self.opens))
    }

    /// How many working days lie between the London dates of two instants: none on the same
    /// day. What came on Friday is one working day old on Monday.
    #[must_use]
    pub fn working_days_between(&self, from: Timestamp, to: Timestamp) -> u32 {
        let (from, to) = (london::wall(from).date(), london::wall(to).date());
        let days = self.working_days(next(from), next(to));
        u32::try_from(days).unwrap_or_default()
    }

    /// The last instant to which a search from this date looks ahead.
    pub(super) fn horizon(&self, from: Date) -> Timestamp {
        self.close_of(days_from(from).take(HORIZON_DAYS).last().unwrap_or(from))
    }

    fn close_of(&self, date: Date) -> Timestamp {
        london::instant(date.to_datetime(self.close()))
    }
}

/// The end of the London day that lies so many calendar weeks after the day of receipt, given
/// as the first instant of the day after. No calendar is asked: a statute counts every day,
/// and a request that arrives at night has arrived.
///
/// Source: the Special Educational Needs and Disability Regulations 2014, for example
/// regulation 5(1): "within 6 weeks of receiving a request".
#[must_use]
pub fn weeks_after(received: Timestamp, weeks: u32) -> Timestamp {
    let weeks = SignedDuration::from_hours(i64::from(weeks) * 7 * 24);
    let last_day = london::wall(received).date().saturating_add(weeks);
    london::instant(next(last_day).to_datetime(Time::midnight()))
}

/// The day after, or the last day of the civil calendar.
fn next(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{always_closed, at, england};
    use super::*;

    #[track_caller]
    fn due(received: &str, days: u32, expected: &str) {
        assert_eq!(england().close_of_working_day_after(at(received), days), at(expected));
    }

    #[test]
    fn five_working_days_from_friday_morning_end_the_next_friday() {
        due("2026-11-20T10:00:00Z", 5, "2026-11-27T17:00:00Z");
    }

    #[test]
    fn five_working_days_before_a_wednesday_is_the_wednesday_before() {
        let meets = at("2026-12-09T09:30:00Z");
        let due = |days| england().close_of_working_day_before(meets, days);
        assert_eq!(due(5), at("2026-12-02T17:00:00Z"));
        assert_eq!(due(0), at("2026-12-09T17:00:00Z"));
    }

    #[test]
    fn working_days_are_counted_back_over_christmas() {
        let due = england().close_of_working_day_before(at("2027-01-06T09:30:00Z"), 5);
        assert_eq!(due, at("2026-12-29T17:00:00Z"));
        let never = always_closed().close_of_working_day_before(at("2027-01-06T09:30:00Z"), 5000);
        assert_eq!(never, at("2027-01-06T09:30:00Z"));
    }

    #[test]
    fn before_opening_and_on_the_stroke_of_closing_are_that_day() {
        due("2026-11-20T08:00:00Z", 1, "2026-11-23T17:00:00Z");
        due("2026-11-20T17:00:00Z", 1, "2026-11-23T17:00:00Z");
    }

    #[test]
    fn after_closing_and_at_the_weekend_are_the_next_working_day() {
        due("2026-11-20T17:00:00.000000001Z", 1, "2026-11-24T17:00:00Z");
        due("2026-11-20T17:00:01Z", 1, "2026-11-24T17:00:00Z");
        due("2026-11-21T11:00:00Z", 1, "2026-11-24T17:00:00Z");
        due("2026-11-21T11:00:00Z", 0, "2026-11-23T17:00:00Z");
    }

    #[test]
    fn christmas_and_its_substitute_day_are_passed_over() {
        due("2026-12-24T12:00:00Z", 1, "2026-12-29T17:00:00Z");
        due("2026-12-28T12:00:00Z", 3, "2027-01-04T17:00:00Z");
    }

    #[test]
    fn easter_is_passed_over_into_summer_time() {
        due("2027-03-25T12:00:00Z", 1, "2027-03-30T16:00:00Z");
    }

    #[test]
    fn five_in_the_afternoon_stays_so_when_the_clocks_go_back() {
        due("2026-10-23T15:00:00Z", 1, "2026-10-26T17:00:00Z");
        due("2026-10-22T15:00:00Z", 1, "2026-10-23T16:00:00Z");
    }

    #[test]
    fn what_came_on_friday_is_one_working_day_old_on_monday() {
        let age = |from, to| england().working_days_between(at(from), at(to));
        assert_eq!(age("2026-11-20T10:00:00Z", "2026-11-20T16:00:00Z"), 0);
        assert_eq!(age("2026-11-20T10:00:00Z", "2026-11-22T16:00:00Z"), 0);
        assert_eq!(age("2026-11-20T10:00:00Z", "2026-11-23T08:00:00Z"), 1);
        assert_eq!(age("2026-12-24T10:00:00Z", "2026-12-30T10:00:00Z"), 2);
        assert_eq!(age("2026-12-30T10:00:00Z", "2026-12-24T10:00:00Z"), 0);
    }

    #[test]
    fn six_weeks_end_with_the_day_six_weeks_on() {
        assert_eq!(weeks_after(at("2026-11-16T22:00:00Z"), 6), at("2026-12-29T00:00:00Z"));
    }

    #[test]
    fn weeks_start_on_the_london_day_and_end_on_it_across_both_clock_changes() {
        // Half past midnight on 1 July in London.
        assert_eq!(weeks_after(at("2026-06-30T23:30:00Z"), 6), at("2026-08-12T23:00:00Z"));
        assert_eq!(weeks_after(at("2026-10-20T12:00:00Z"), 1), at("2026-10-28T00:00:00Z"));
        assert_eq!(weeks_after(at("2027-03-24T12:00:00Z"), 1), at("2027-03-31T23:00:00Z"));
    }

    #[test]
    fn no_allowance_is_too_long_to_answer() {
        let received = at("2026-01-01T00:00:00Z");
        let horizon = at("2036-01-08T17:00:00Z");
        assert_eq!(england().close_of_working_day_after(received, u32::MAX), horizon);
        assert_eq!(always_closed().close_of_working_day_after(received, 1), horizon);
        assert_eq!(weeks_after(received, u32::MAX), Timestamp::MAX);
        assert_eq!(england().close_of_working_day_after(Timestamp::MAX, 1), Timestamp::MAX);
    }
}
