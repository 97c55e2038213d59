//! When requests come in: mostly in school hours, hardly in the holidays, sometimes at night.

use super::dice::Dice;
use domain::calendar::{Calendar, DayKind, london};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};

/// How far back the first requests lie.
const DAYS: usize = 365;
const MINUTES_A_DAY: i64 = 24 * 60;

/// School holidays, by month and day from and up to; much the same every year.
const HOLIDAYS: [((i8, i8), (i8, i8)); 7] = [
    ((1, 1), (1, 4)),
    ((2, 13), (2, 21)),
    ((4, 1), (4, 14)),
    ((5, 24), (5, 31)),
    ((7, 22), (9, 2)),
    ((10, 24), (11, 1)),
    ((12, 19), (12, 31)),
];

/// So many instants within a year up to `now`, in order.
pub(super) fn of_a_year(
    count: usize,
    now: Timestamp,
    calendar: &Calendar,
    dice: &mut Dice,
) -> Vec<Timestamp> {
    let today = london::wall(now).date();
    let first = today.saturating_sub(i32::try_from(DAYS).unwrap_or_default().days());
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok()).take(DAYS + 1);
    let mut weights = 0;
    let days: Vec<(Date, u32)> = days
        .map(|day| {
            weights += weight(day, calendar);
            (day, weights)
        })
        .collect();

    let draw = || {
        let ticket = dice.below(weights);
        let place = days.partition_point(|(_, up_to)| *up_to <= ticket);
        let day = days.get(place).map_or(first, |(day, _)| *day);
        let minute = minute_of(calendar.is_working_day(day), dice);
        let seconds = minute * 60 + dice.between(0..=59);
        london::instant(day.to_datetime(jiff::civil::Time::midnight()))
            .saturating_add(jiff::SignedDuration::from_secs(seconds))
            .unwrap_or(now)
    };
    let mut arrivals: Vec<_> =
        std::iter::repeat_with(draw).filter(|at| *at < now).take(count).collect();
    arrivals.sort_unstable();
    arrivals
}

/// How many requests a day brings, beside others.
fn weight(day: Date, calendar: &Calendar) -> u32 {
    match calendar.day_kind(day) {
        DayKind::Weekend => 3,
        DayKind::BankHoliday | DayKind::Closure => 1,
        DayKind::Working if is_holiday(day) => 14,
        // The weeks before a report or a review is due.
        DayKind::Working if [3, 6, 11].contains(&day.month()) => 130,
        DayKind::Working => 100,
    }
}

/// Whether schools are on holiday.
fn is_holiday(day: Date) -> bool {
    let within = |from: (i8, i8), to: (i8, i8)| {
        (date(day.year(), from.0, from.1)..=date(day.year(), to.0, to.1)).contains(&day)
    };
    HOLIDAYS.iter().any(|(from, to)| within(*from, *to))
}

/// The minute of the day at which somebody presses the button.
fn minute_of(working_day: bool, dice: &mut Dice) -> i64 {
    let minute = match (working_day, dice.below(100)) {
        (true, 0..82) => dice.between(8 * 60 + 40..=16 * 60 + 50),
        (true, _) => dice.between(17 * 60..=22 * 60),
        (false, _) => dice.between(10 * 60..=21 * 60),
    };
    minute.min(MINUTES_A_DAY - 1)
}
