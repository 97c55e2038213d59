//! When panels meet: every Wednesday one of them, in a cycle of four weeks over the areas.

use domain::calendar::{Calendar, london};
use domain::ids::{MeetingId, NotASlug, PanelId};
use jiff::civil::{Date, Time, date, time};
use jiff::{Timestamp, ToSpan as _};

/// The panels in the order of the cycle.
const CYCLE: [&str; 4] =
    ["communication-interaction", "cognition-learning", "semh", "sensory-physical"];
/// A Wednesday of the first panel. Any will do: cycles are counted from here.
const A_FIRST_MEETING: Date = date(2024, 1, 3);
const STARTS: Time = time(9, 30, 0, 0);
const WEEKS_AHEAD: i64 = 12;

/// A panel's first meeting on or after a day.
pub(super) fn next(panel: &PanelId, from: Date, calendar: &Calendar) -> Date {
    let week = CYCLE.iter().position(|id| *id == panel.as_str()).unwrap_or_default();
    let week = i64::try_from(week).unwrap_or_default();
    let weeks_since = from.duration_since(A_FIRST_MEETING).as_hours().div_euclid(24 * 7);
    (0..=WEEKS_AHEAD)
        .map(|ahead| weeks_since + ahead)
        .filter(|number| number.rem_euclid(4) == week)
        .map(|number| A_FIRST_MEETING.saturating_add((number * 7).days()))
        .map(
            |wednesday| {
                if calendar.is_working_day(wednesday) { wednesday } else { after(wednesday) }
            },
        )
        .find(|meets| *meets >= from)
        .unwrap_or(from)
}

/// The name of a panel's meeting on a day, `semh-2026-11-18`.
pub(super) fn id(panel: &PanelId, on: Date) -> Result<MeetingId, NotASlug> {
    format!("{panel}-{on}").parse()
}

/// The instant at which a meeting starts, which its name tells.
pub(super) fn starts(meeting: &MeetingId) -> Option<Timestamp> {
    let name = meeting.as_str();
    let day: Date = name.get(name.len().checked_sub(10)?..)?.parse().ok()?;
    Some(london::instant(day.to_datetime(STARTS)))
}

fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::BankHolidays;
    use std::collections::BTreeSet;

    fn calendar() -> Calendar {
        Calendar::new(1, BankHolidays { division: String::new(), events: Vec::new() })
    }

    #[test]
    fn each_week_has_the_meeting_of_one_panel() {
        let from = date(2026, 11, 23);
        let days: BTreeSet<_> =
            CYCLE.iter().map(|panel| next(&panel.parse().unwrap(), from, &calendar())).collect();
        let weeks = [25, 32, 39, 46].map(|day| date(2026, 11, 1).saturating_add((day - 1).days()));
        assert_eq!(days, BTreeSet::from(weeks));
    }

    #[test]
    fn a_meeting_is_found_again_by_its_name() {
        let panel = "semh".parse().unwrap();
        let meeting = id(&panel, date(2026, 7, 1)).unwrap();
        assert_eq!(starts(&meeting), Some("2026-07-01T08:30:00Z".parse().unwrap()));
        assert_eq!(
            next(&panel, date(2026, 7, 1), &calendar()).weekday(),
            jiff::civil::Weekday::Wednesday
        );
    }
}
