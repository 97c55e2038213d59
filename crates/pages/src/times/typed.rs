//! Times as they are typed: in a browser's own field for one, or however people write them.

use super::{london, zoned};
use jiff::civil::{Date, DateTime, Time};

/// `2026-12-04T09:30`, as a browser's field for a time on a clock in London is filled in.
pub(crate) fn on_the_wall(text: &str) -> String {
    zoned(text).map_or_else(String::new, |at| at.strftime("%Y-%m-%dT%H:%M").to_string())
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
    let time = Time::new(hour, minute, 0, 0).ok()?;
    let at = day.parse::<Date>().ok()?.to_datetime(time);
    Some(at.to_zoned(london()).ok()?.timestamp().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
