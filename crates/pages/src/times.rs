//! Days and times as people in England write them, on a clock in London.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use minijinja::value::Serde;
use serde::Serialize;

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

/// `Friday 4 December`: a day near enough that nobody asks of which year.
pub(crate) fn weekday(text: &str) -> String {
    let date = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    match date.or_else(|| zoned(text).map(|it| it.date())) {
        Some(date) => format!("{} {} {}", of_week(date), date.day(), month(date)),
        None => text.to_owned(),
    }
}

/// `2026-12-04T09:30`, as a browser's field for a time on a clock in London is filled in.
pub(crate) fn on_the_wall(text: &str) -> String {
    zoned(text).map_or_else(String::new, |at| at.strftime("%Y-%m-%dT%H:%M").to_string())
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

/// A stretch of time that people ask about by its name.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Stretch {
    says: &'static str,
    from: String,
    to: String,
}

/// Such stretches, as they lie around today: a school year begins with September.
pub(crate) fn periods(now: Timestamp) -> minijinja::Value {
    minijinja::Value::from(Serde(stretches(now.to_zoned(london()).date())))
}

fn stretches(today: Date) -> [Stretch; 5] {
    let began = today.year() - i16::from(today.month() < 9);
    let september = |year| Date::new(year, 9, 1).unwrap_or(today);
    let back = |months: i32| today.saturating_sub(months.months());
    let last_year = september(began).saturating_sub(1.day());
    [
        ("This month", today.first_of_month(), today),
        ("Last 3 months", back(3), today),
        ("Last 12 months", back(12), today),
        ("This school year", september(began), today),
        ("Last school year", september(began - 1), last_year),
    ]
    .map(|(says, from, to)| Stretch { says, from: from.to_string(), to: to.to_string() })
}

/// How much working time: `40 minutes`, `3 hours`, `2 days`, of the eight hours of a working day.
pub(crate) fn working(minutes: i64) -> String {
    let several = |number: u64, unit: &str| {
        let plural = if number == 1 { "" } else { "s" };
        format!("{number} {unit}{plural}")
    };
    match minutes.unsigned_abs() {
        minutes @ ..60 => several(minutes, "minute"),
        minutes @ ..480 => several(minutes / 60, "hour"),
        minutes => several(minutes / 480, "day"),
    }
}

/// An instant as the API writes it, from what a browser's field for one says.
pub(crate) fn instant(typed: &str) -> Option<String> {
    let at: DateTime = typed.trim().parse().ok()?;
    Some(at.to_zoned(london()).ok()?.timestamp().to_string())
}

/// An instant, from a day as the API writes it and a time as people do: `9:30am`, `14.05`, `2pm`.
pub(crate) fn at(day: &str, typed: &str) -> Option<String> {
    let typed = typed.trim().to_ascii_lowercase();
    let (plain, half) = match (typed.strip_suffix("am"), typed.strip_suffix("pm")) {
        (Some(plain), _) => (plain.trim(), Some(0)),
        (_, Some(plain)) => (plain.trim(), Some(12)),
        (None, None) => (typed.as_str(), None),
    };
    let (hour, minute) = plain.split_once([':', '.']).unwrap_or((plain, "0"));
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    let time = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
    let at = day.parse::<Date>().ok()?.to_datetime(time);
    Some(at.to_zoned(london()).ok()?.timestamp().to_string())
}

/// `2026-12-04`, of an instant, on a calendar in London.
pub(crate) fn date(text: &str) -> String {
    zoned(text).map_or_else(|| text.to_owned(), |at| at.date().to_string())
}

/// How many whole minutes lie between two instants; nought if they are the other way round.
pub(crate) fn minutes(from: &str, to: &str) -> i64 {
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    match (instant(from), instant(to)) {
        (Some(from), Some(to)) => to.duration_since(from).as_mins().max(0),
        _ => 0,
    }
}

fn month(date: Date) -> &'static str {
    let index = usize::try_from(date.month() - 1).unwrap_or_default();
    MONTHS.get(index).copied().unwrap_or_default()
}

fn of_week(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
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
        assert_eq!(weekday("2026-12-04"), "Friday 4 December");
        assert_eq!(weekday("2026-06-04T23:30:00Z"), "Friday 5 June");
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
    fn stretches_of_time_end_today_or_with_the_school_year() {
        let told = |today: &str| {
            let all = stretches(today.parse().unwrap());
            all.map(|it| format!("{} to {}", it.from, it.to))
        };
        let november = told("2026-11-25");
        assert_eq!(november[0], "2026-11-01 to 2026-11-25");
        assert_eq!(november[2], "2025-11-25 to 2026-11-25");
        assert_eq!(november[3..], ["2026-09-01 to 2026-11-25", "2025-09-01 to 2026-08-31"]);
        assert_eq!(told("2026-08-31")[3], "2025-09-01 to 2026-08-31");
    }

    #[test]
    fn working_time_is_counted_in_days_of_eight_hours() {
        let said = [0, 1, 59, 60, 479, 480, -960, 2400].map(working);
        let expected = [
            "0 minutes",
            "1 minute",
            "59 minutes",
            "1 hour",
            "7 hours",
            "1 day",
            "2 days",
            "5 days",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn what_a_field_for_a_time_says_becomes_an_instant() {
        assert_eq!(instant("2026-06-04T09:30").as_deref(), Some("2026-06-04T08:30:00Z"));
        assert_eq!(instant("soon"), None);
        assert_eq!(on_the_wall("2026-06-04T08:30:00Z"), "2026-06-04T09:30");
        assert_eq!(on_the_wall("soon"), "");
    }

    #[test]
    fn a_time_is_read_however_people_write_it() {
        let read = |typed| at("2026-12-04", typed);
        for typed in ["9:30", "09.30", "9:30am", "9.30 AM"] {
            assert_eq!(read(typed).as_deref(), Some("2026-12-04T09:30:00Z"), "{typed}");
        }
        assert_eq!(read("2pm").as_deref(), Some("2026-12-04T14:00:00Z"));
        assert_eq!(read("12pm").as_deref(), Some("2026-12-04T12:00:00Z"));
        assert_eq!(read("12am").as_deref(), Some("2026-12-04T00:00:00Z"));
        for typed in ["", "25:00", "14pm", "nine", "9:75"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn minutes_are_counted_from_one_instant_to_the_next() {
        assert_eq!(minutes("2026-12-04T09:30:00Z", "2026-12-04T10:14:59Z"), 44);
        assert_eq!(minutes("2026-12-04T09:30:00Z", "2026-12-04T09:00:00Z"), 0);
        assert_eq!(date("2026-06-30T23:30:00Z"), "2026-07-01");
    }

    #[test]
    fn the_date_of_an_instant_is_that_of_a_calendar_in_london() {
        assert_eq!(date("2026-06-30T23:30:00Z"), "2026-07-01");
        assert_eq!(date("2026-12-04"), "2026-12-04");
    }
}
