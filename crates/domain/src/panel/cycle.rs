//! The dates of a panel's meetings, as its cycle has them.
//!
//! Each week of the cycle has one day, counted from the first. Where that day is not one on
//! which the council works and schools are open, the meeting moves within its week to the
//! nearest day that is, the later of two as near, so that nobody loses a day for their papers.
//! A week without any such day (Christmas, half-term) moves it by a week; if that week has none
//! either, or is already the next turn's, there is no meeting that time. So a turn has one
//! meeting at most, two turns never share a week, and the dates ahead are the same whoever asks.

use super::{Cycle, Panel};
use crate::calendar::{Calendar, HORIZON_DAYS, london};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

impl Cycle {
    /// The next `count` dates from this one on, itself included; fewer where the calendar lets
    /// it meet no more within ten years.
    #[must_use]
    pub fn next_dates(&self, calendar: &Calendar, from: Date, count: usize) -> Vec<Date> {
        let weeks = self.weeks();
        // A meeting is at most two weeks from its day: the turn before may move past `from`.
        let passed = days_between(self.first_on, from).div_euclid(7 * weeks) - 2;
        let most = i64::try_from(HORIZON_DAYS).unwrap_or(i64::MAX) / (7 * weeks) + 4;
        let turns = (passed..).take(usize::try_from(most).unwrap_or(usize::MAX));
        let dates = turns.filter_map(|turn| self.date_of(turn, calendar));
        dates.filter(|date| *date >= from).take(count).collect()
    }

    /// When a meeting on this date starts.
    #[must_use]
    pub fn starts_at(&self, date: Date) -> Timestamp {
        london::instant(date.to_datetime(self.starts))
    }

    /// Nought weeks apart would be every day at once; it is refused where terms are published.
    fn weeks(&self) -> i64 {
        i64::from(self.every_weeks.max(1))
    }

    /// The date of one turn, counted from the first; `None`: there is no meeting that time.
    fn date_of(&self, turn: i64, calendar: &Calendar) -> Option<Date> {
        let weeks = turn.checked_mul(self.weeks())?;
        let by_cycle = self.first_on.checked_add(weeks.weeks()).ok()?;
        let moved = || by_cycle.checked_add(1.week()).ok().filter(|_| self.weeks() > 1);
        nearest_of_its_week(by_cycle, calendar).or_else(|| nearest_of_its_week(moved()?, calendar))
    }
}

impl Panel {
    /// Until when papers for a meeting on this date are in time: the close of so many working
    /// days before it as the terms say, and never after the meeting has begun.
    #[must_use]
    pub fn papers_due_at(&self, calendar: &Calendar, date: Date) -> Timestamp {
        let days = self.papers_due_working_days_before;
        let starts_at = self.cycle.starts_at(date);
        calendar.close_of_working_day_before(starts_at, days).min(starts_at)
    }
}

/// The day nearest to this one in its week on which there can be a meeting, if there is any.
fn nearest_of_its_week(day: Date, calendar: &Calendar) -> Option<Date> {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    let monday = day.checked_sub(back.days()).ok()?;
    let week = (0..7_i64).filter_map(|offset| monday.checked_add(offset.days()).ok());
    let good = week.filter(|date| is_for_meetings(*date, calendar));
    good.min_by_key(|date| (days_between(day, *date).abs(), std::cmp::Reverse(*date)))
}

/// Whether the council works and, as far as it is known, schools are open.
fn is_for_meetings(date: Date, calendar: &Calendar) -> bool {
    calendar.is_working_day(date) && calendar.in_term(date) != Some(false)
}

/// How many days from one date to another; negative where it is before.
fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::fixture::{always_closed, england, england_with_closures};
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    const A_MONDAY: Date = date(1970, 1, 5);

    fn cycle(first_on: Date, every_weeks: u8) -> Cycle {
        Cycle { first_on, every_weeks, starts: time(9, 30, 0, 0) }
    }

    fn dates(cycle: Cycle, calendar: &Calendar, from: Date, count: usize) -> Vec<String> {
        cycle.next_dates(calendar, from, count).iter().map(Date::to_string).collect()
    }

    #[test]
    fn a_panel_meets_every_fourth_week_on_its_day() {
        let wednesdays = cycle(date(2024, 1, 3), 4);
        let found = dates(wednesdays, &england(), date(2026, 9, 9), 3);
        assert_eq!(found, ["2026-09-09", "2026-10-07", "2026-11-04"]);
    }

    #[test]
    fn a_bank_holiday_moves_it_to_the_nearest_day_of_the_week() {
        // Good Friday 2027 is the 26th of March, Easter Monday the 29th.
        let (good_friday, easter_monday) = (date(2027, 3, 26), date(2027, 3, 29));
        assert_eq!(dates(cycle(good_friday, 4), &england(), date(2027, 3, 22), 1), ["2027-03-25"]);
        assert_eq!(dates(cycle(easter_monday, 4), &england(), good_friday, 1), ["2027-03-30"]);
    }

    #[test]
    fn of_two_days_as_near_it_is_the_later() {
        let mut calendar = england();
        calendar.closures.insert(date(2026, 11, 4), "Moving house".to_owned());
        assert_eq!(
            dates(cycle(date(2026, 11, 4), 4), &calendar, date(2026, 11, 1), 1),
            ["2026-11-05"]
        );
    }

    #[test]
    fn a_week_without_a_good_day_moves_it_to_the_week_after() {
        // Closed from Thursday the 24th to the end of the year, but not before.
        let mut calendar = england_with_closures();
        let in_the_week_of_christmas = cycle(date(2026, 12, 24), 4);
        let from = date(2026, 12, 1);
        assert_eq!(dates(in_the_week_of_christmas, &calendar, from, 1), ["2026-12-23"]);
        for day in 21..24 {
            calendar.closures.insert(date(2026, 12, day), "Christmas closure".to_owned());
        }
        assert_eq!(
            dates(in_the_week_of_christmas, &calendar, from, 2),
            ["2027-01-21", "2027-02-18"]
        );
        calendar.closures.remove(&date(2026, 12, 30));
        assert_eq!(
            dates(in_the_week_of_christmas, &calendar, from, 2),
            ["2026-12-30", "2027-01-21"]
        );
    }

    #[test]
    fn schools_are_open_when_a_panel_meets_as_far_as_their_terms_are_known() {
        let mut calendar = england();
        calendar.terms = vec![
            term(date(2026, 9, 3), date(2026, 10, 23)),
            term(date(2026, 11, 2), date(2026, 12, 18)),
            term(date(2027, 1, 6), date(2027, 2, 12)),
        ];
        // Its day is the Wednesday of half-term; then the last one of term; then the week in
        // which the holidays end on a Tuesday.
        let found = dates(cycle(date(2026, 10, 28), 10), &calendar, date(2026, 10, 1), 2);
        assert_eq!(found, ["2026-11-04", "2027-01-06"]);
        let weekly = dates(cycle(date(2026, 12, 14), 1), &calendar, date(2026, 12, 14), 3);
        assert_eq!(weekly, ["2026-12-14", "2027-01-06", "2027-01-11"]);
        let beyond = dates(cycle(date(2027, 2, 17), 1), &calendar, date(2027, 2, 17), 1);
        assert_eq!(beyond, ["2027-02-17"], "nobody has said when schools are open then");
    }

    fn term(from: Date, to: Date) -> crate::calendar::SchoolTerm {
        crate::calendar::SchoolTerm { name: "Term".to_owned(), from, to }
    }

    #[test]
    fn a_weekly_panel_does_not_meet_twice_in_a_week_for_it() {
        let mut calendar = england();
        for day in 2..=6 {
            calendar.closures.insert(date(2026, 11, day), "Flood".to_owned());
        }
        let weekly = cycle(date(2026, 10, 29), 1);
        let found = dates(weekly, &calendar, date(2026, 10, 26), 3);
        assert_eq!(found, ["2026-10-29", "2026-11-12", "2026-11-19"]);
    }

    #[test]
    fn a_calendar_that_never_opens_has_no_dates_and_ends_the_search() {
        assert!(
            dates(cycle(date(2026, 1, 7), 1), &always_closed(), date(2026, 1, 1), 5).is_empty()
        );
    }

    #[test]
    fn papers_are_due_at_the_close_so_many_working_days_before() {
        let desk = crate::county::desk();
        let (terms, _) = desk.terms(&"semh".parse().unwrap()).unwrap();
        let due = |days, on| {
            let terms = Panel { papers_due_working_days_before: days, ..terms.clone() };
            terms.papers_due_at(&england(), on).to_string()
        };
        assert_eq!(due(5, date(2026, 11, 25)), "2026-11-18T17:00:00Z");
        assert_eq!(due(5, date(2027, 1, 5)), "2026-12-24T17:00:00Z");
        assert_eq!(due(0, date(2026, 11, 25)), "2026-11-25T09:30:00Z", "when it begins");
    }

    fn calendars() -> impl Strategy<Value = Calendar> {
        let closures = prop::collection::btree_set(0_i64..800, 0..60);
        (closures, any::<bool>(), any::<bool>()).prop_map(|(days, christmas, terms)| {
            let mut calendar = if christmas { england_with_closures() } else { england() };
            if terms {
                calendar.terms = vec![
                    term(date(2026, 1, 5), date(2026, 2, 13)),
                    term(date(2026, 2, 23), date(2026, 3, 27)),
                    term(date(2026, 4, 13), date(2026, 7, 21)),
                    term(date(2026, 9, 2), date(2026, 12, 18)),
                ];
            }
            for day in days {
                // In runs, so that whole weeks are closed too.
                for next in 0..(day % 9) {
                    let closed = date(2026, 1, 1).saturating_add((day + next).days());
                    calendar.closures.insert(closed, "Closed".to_owned());
                }
            }
            calendar
        })
    }

    proptest! {
        #[test]
        fn every_date_can_be_met_on_and_no_turn_has_two(
            calendar in calendars(),
            first in 0_i64..400,
            every_weeks in 1_u8..9,
            from in 0_i64..400,
        ) {
            let day = |offset: i64| date(2026, 1, 1).saturating_add(offset.days());
            let (cycle, from) = (cycle(day(first), every_weeks), day(from));
            let found = cycle.next_dates(&calendar, from, 12);
            prop_assert_eq!(found.len(), 12);
            for date in &found {
                prop_assert!(*date >= from);
                prop_assert!(calendar.is_working_day(*date));
                prop_assert_ne!(calendar.in_term(*date), Some(false));
            }
            // Another start of the search finds the same dates: they depend on nothing else.
            let later = cycle.next_dates(&calendar, found[3], 9);
            prop_assert_eq!(&later[..], &found[3..]);
            // No week has two meetings, and each lies within two weeks of a day of the cycle.
            let monday = |date: Date| days_between(A_MONDAY, date).div_euclid(7);
            for pair in found.windows(2) {
                prop_assert!(monday(pair[0]) < monday(pair[1]));
            }
            let turn = |date: &Date| {
                (monday(*date) - monday(cycle.first_on)).div_euclid(i64::from(every_weeks))
            };
            let turns: std::collections::BTreeSet<i64> = found.iter().map(turn).collect();
            prop_assert_eq!(turns.len(), found.len(), "one meeting a turn");
        }
    }
}
