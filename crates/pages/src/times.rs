//! Days and times as people in England write them, on a clock in London.

mod stretch;
mod typed;

pub(crate) use stretch::periods;
pub(crate) use typed::{at, instant, on_the_wall};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

fn london() -> TimeZone {
    // The table of zones is in the program; without the zone there is the meridian.
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

fn zoned(instant: &str) -> Option<Zoned> {
    Some(instant.parse::<Timestamp>().ok()?.to_zoned(london()))
}

/// A date, or an instant's, in this pattern; what is neither stays as it is.
fn dated(text: &str, pattern: &str) -> String {
    let date = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    let date = date.or_else(|| zoned(text).map(|it| it.date()));
    date.map_or_else(|| text.to_owned(), |date| date.strftime(pattern).to_string())
}

/// `4 December 2026`.
pub(crate) fn day(text: &str) -> String {
    dated(text, "%-d %B %Y")
}

/// By when something is due: `4 December 2026 at 5pm`; of what is due by midnight, as of what a
/// statute counts in days, the last day that there is: `the end of 3 December 2026`.
pub(crate) fn due(text: &str) -> String {
    let midnight = zoned(text).filter(|at| at.time() == jiff::civil::Time::midnight());
    match midnight.and_then(|at| at.date().yesterday().ok()) {
        Some(last) => format!("the end of {}", day(&last.to_string())),
        None => moment(text),
    }
}

/// `Friday 4 December`: a day near enough that nobody asks of which year.
pub(crate) fn weekday(text: &str) -> String {
    dated(text, "%A %-d %B")
}

/// `2026-12-04`, on a calendar in London.
pub(crate) fn date(text: &str) -> String {
    dated(text, "%Y-%m-%d")
}

/// `December 2026`, from `2026-12`.
pub(crate) fn month_of(text: &str) -> String {
    let first = format!("{text}-01").parse::<Date>();
    first.map_or_else(|_| text.to_owned(), |first| first.strftime("%B %Y").to_string())
}

/// `4 December 2026 at 9:30am`.
pub(crate) fn moment(text: &str) -> String {
    zoned(text).map_or_else(|| text.to_owned(), |at| format!("{} at {}", day(text), clock(&at)))
}

/// `9:30am`.
pub(crate) fn time(text: &str) -> String {
    zoned(text).map_or_else(|| text.to_owned(), |at| clock(&at))
}

/// How long until an instant, or since: `in 3 days`, `today at 5pm`, `2 days ago`.
pub(crate) fn when(text: &str, now: Timestamp) -> String {
    let Some(at) = zoned(text) else { return text.to_owned() };
    let today = now.to_zoned(london()).date();
    let days = today.until(at.date()).map_or(0, |span| i64::from(span.get_days()));
    match days {
        0 => format!("today at {}", clock(&at)),
        1 => format!("tomorrow at {}", clock(&at)),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
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

/// How many whole minutes lie between two instants; nought if they are the other way round.
pub(crate) fn minutes(from: &str, to: &str) -> i64 {
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    match (instant(from), instant(to)) {
        (Some(from), Some(to)) => to.duration_since(from).as_mins().max(0),
        _ => 0,
    }
}

fn clock(at: &Zoned) -> String {
    let pattern = match (at.hour(), at.minute()) {
        (12, 0) => return "midday".to_owned(),
        (0, 0) => return "midnight".to_owned(),
        (_, 0) => "%-I%P",
        _ => "%-I:%M%P",
    };
    at.strftime(pattern).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_by_midnight_is_due_by_the_end_of_the_day_before() {
        assert_eq!(due("2027-01-13T00:00:00Z"), "the end of 12 January 2027");
        assert_eq!(due("2027-04-20T23:00:00Z"), "the end of 20 April 2027");
        assert_eq!(due("2026-12-08T17:00:00Z"), "8 December 2026 at 5pm");
    }

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
