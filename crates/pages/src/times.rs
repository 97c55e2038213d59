//! Days and times as people in England write them, on a clock in London.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn london() -> TimeZone {
    // The table of zones is in the program; without the zone there is the meridian.
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

fn zoned(instant: &str) -> Option<Zoned> {
    Some(instant.parse::<Timestamp>().ok()?.to_zoned(london()))
}

/// `4 December 2026`, from a date or an instant; what is neither stays as it is.
pub(crate) fn day(text: &str) -> String {
    let date = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    match date.or_else(|| zoned(text).map(|it| it.date())) {
        Some(date) => format!("{} {} {}", date.day(), month(date), date.year()),
        None => text.to_owned(),
    }
}

/// `December 2026`, from `2026-12`.
pub(crate) fn month_of(text: &str) -> String {
    match format!("{text}-01").parse::<Date>() {
        Ok(date) => format!("{} {}", month(date), date.year()),
        Err(_) => text.to_owned(),
    }
}

/// `4 December 2026 at 9:30am`.
pub(crate) fn moment(text: &str) -> String {
    match zoned(text) {
        Some(at) => format!("{} at {}", day(text), clock(at.hour(), at.minute())),
        None => text.to_owned(),
    }
}

/// `9:30am`.
pub(crate) fn time(text: &str) -> String {
    zoned(text).map_or_else(|| text.to_owned(), |at| clock(at.hour(), at.minute()))
}

/// How long until an instant, or since: `in 3 days`, `today at 5pm`, `2 days ago`.
pub(crate) fn when(text: &str, now: Timestamp) -> String {
    let Some(at) = zoned(text) else { return text.to_owned() };
    let today = now.to_zoned(london()).date();
    let days = today.until(at.date()).map_or(0, |span| i64::from(span.get_days()));
    match days {
        0 => format!("today at {}", clock(at.hour(), at.minute())),
        1 => format!("tomorrow at {}", clock(at.hour(), at.minute())),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

/// An instant as the API writes it, from what a browser's field for one says.
pub(crate) fn instant(typed: &str) -> Option<String> {
    let at: DateTime = typed.trim().parse().ok()?;
    Some(at.to_zoned(london()).ok()?.timestamp().to_string())
}

fn month(date: Date) -> &'static str {
    let index = usize::try_from(date.month() - 1).unwrap_or_default();
    MONTHS.get(index).copied().unwrap_or_default()
}

fn clock(hour: i8, minute: i8) -> String {
    let (half, hour) = match hour {
        0 => ("am", 12),
        1..=11 => ("am", hour),
        12 => ("pm", 12),
        _ => ("pm", hour - 12),
    };
    match (hour, minute, half) {
        (12, 0, "pm") => "midday".to_owned(),
        (12, 0, _) => "midnight".to_owned(),
        (_, 0, _) => format!("{hour}{half}"),
        _ => format!("{hour}:{minute:02}{half}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_said_as_on_a_clock_in_london() {
        assert_eq!(moment("2026-06-04T08:30:00Z"), "4 June 2026 at 9:30am");
        assert_eq!(moment("2026-12-04T12:00:00Z"), "4 December 2026 at midday");
        assert_eq!(day("2017-04-09"), "9 April 2017");
        assert_eq!(month_of("2026-12"), "December 2026");
    }

    #[test]
    fn how_long_is_counted_in_days_of_the_calendar() {
        let now = "2026-12-03T16:00:00Z".parse().unwrap();
        let said: Vec<String> = [
            "2026-12-03T17:00:00Z",
            "2026-12-04T09:15:00Z",
            "2026-12-09T17:00:00Z",
            "2026-12-01T00:00:00Z",
        ]
        .iter()
        .map(|at| when(at, now))
        .collect();
        assert_eq!(said, ["today at 5pm", "tomorrow at 9:15am", "in 6 days", "2 days ago"]);
    }

    #[test]
    fn what_a_field_for_a_time_says_becomes_an_instant() {
        assert_eq!(instant("2026-06-04T09:30").as_deref(), Some("2026-06-04T08:30:00Z"));
        assert_eq!(instant("soon"), None);
    }
}
