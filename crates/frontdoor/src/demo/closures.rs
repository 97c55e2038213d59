//! Days on which the made-up council is closed: one of them is told at short notice, so that
//! what was promised by then moves.

use domain::calendar::{Calendar, london};
use domain::desk::DeskCommand;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// A closure, in days from now, with its reason.
const CLOSURES: [(i32, &str); 2] =
    [(-214, "Move to the new county offices"), (-96, "Staff conference")];
/// So long before a closure its calendar is published.
const TOLD_BEFORE: SignedDuration = SignedDuration::from_hours(26);

/// Each calendar of the year with the instant at which it is published.
pub(super) fn sayings(now: Timestamp, calendar: &Calendar) -> Vec<(Timestamp, DeskCommand)> {
    let today = london::wall(now).date();
    let mut calendar = calendar.clone();
    CLOSURES
        .iter()
        .filter_map(|(days, reason)| {
            let day = working_day_from(today.saturating_add(days.days()), &calendar);
            calendar.closures.insert(day, (*reason).to_owned());
            let opens = london::instant(day.to_datetime(calendar.opens));
            let at = opens.checked_sub(TOLD_BEFORE).ok()?;
            Some((at, DeskCommand::PublishCalendar(calendar.clone())))
        })
        .collect()
}

/// The first working day from this one on.
pub(super) fn working_day_from(day: Date, calendar: &Calendar) -> Date {
    let days = std::iter::successors(Some(day), |day| day.tomorrow().ok());
    days.take(14).find(|day| calendar.is_working_day(*day)).unwrap_or(day)
}
