//! Bank holidays from GOV.UK: <https://www.gov.uk/bank-holidays.json>.
//!
//! The file is the truth from its first date on; what was kept before that stays, and so do
//! opening hours and the authority's own closures. Promises that were made stay what they
//! were: a ledger goes by the calendar of its day, and a change adds an entry.

use super::services::json;
use super::{Became, EntriesPlan, EntryChange, Fault, FieldChange, Place};
use domain::calendar::Calendar;
use domain::desk::{Desk, DeskCommand};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;

/// The division of the United Kingdom whose bank holidays count.
const DIVISION: &str = "england-and-wales";

type Days = BTreeMap<Date, String>;

/// Reads a file and says what would change of the desk's calendar.
#[must_use]
pub fn plan(bytes: &[u8], desk: &Desk) -> EntriesPlan {
    let mut faults = Vec::new();
    let days = read(bytes, &mut faults);
    let (Some(first), true) = (days.keys().next().copied(), faults.is_empty()) else {
        return EntriesPlan::refused(faults);
    };
    let known = &desk.calendar.bank_holidays;
    let earlier = known.range(..first).map(|(date, title)| (*date, title.clone()));
    let bank_holidays: Days = earlier.chain(days).collect();
    let changes = changes(known, &bank_holidays);
    let unchanged = bank_holidays.iter().filter(|(date, is)| known.get(*date) == Some(is)).count();
    let commands = if changes.is_empty() {
        Vec::new()
    } else {
        let calendar = Calendar { bank_holidays, ..desk.calendar.clone() };
        vec![DeskCommand::PublishCalendar(calendar)]
    };
    EntriesPlan { changes, unchanged, faults, commands }
}

fn changes(from: &Days, to: &Days) -> Vec<EntryChange> {
    let mut changes = Vec::new();
    let change = |date: &Date, name: &str, became, fields| EntryChange {
        entry: date.to_string(),
        name: name.to_owned(),
        became,
        fields,
    };
    for (date, title) in to {
        match from.get(date) {
            None => changes.push(change(date, title, Became::Added, vec![])),
            Some(was) if was != title => {
                let (from, to) = (was.as_str().into(), title.as_str().into());
                let fields = vec![FieldChange { field: "title".to_owned(), from, to }];
                changes.push(change(date, title, Became::Changed, fields));
            }
            Some(_) => {}
        }
    }
    let gone = from.iter().filter(|(date, _)| !to.contains_key(*date));
    changes.extend(gone.map(|(date, title)| change(date, title, Became::Removed, vec![])));
    changes.sort_by(|one, other| one.entry.cmp(&other.entry));
    changes
}

/// The holidays of our division; empty only with a fault.
fn read(bytes: &[u8], faults: &mut Vec<Fault>) -> Days {
    let mut days = Days::new();
    let Some(file) = json(bytes, faults) else { return days };
    let mut say = |at: String, detail: &str| faults.push(Fault::new(Place::Pointer(at), detail));
    let Some(division) = file.get(DIVISION) else {
        say(format!("/{DIVISION}"), "the bank holidays of England and Wales should be here");
        return days;
    };
    let events = division.get("events").and_then(Value::as_array);
    let Some(events) = events.filter(|events| !events.is_empty()) else {
        say(format!("/{DIVISION}/events"), "the list of bank holidays should be here");
        return days;
    };
    for (place, event) in events.iter().enumerate() {
        let at = |field: &str| format!("/{DIVISION}/events/{place}/{field}");
        let title = event.get("title").and_then(Value::as_str).map(str::trim);
        let title = title.filter(|title| {
            (1..=100).contains(&title.chars().count()) && !title.chars().any(char::is_control)
        });
        let date = event.get("date").and_then(Value::as_str).and_then(|text| text.parse().ok());
        if title.is_none() {
            say(at("title"), "what is kept on that day, such as “Boxing Day”");
        }
        match date {
            None => say(at("date"), "a date of the calendar, written 2026-12-28"),
            Some(date) => {
                if days.insert(date, title.unwrap_or_default().to_owned()).is_some() {
                    say(at("date"), "this day is in the list already");
                }
            }
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use serde_json::json;

    fn file(events: &[(&str, &str)]) -> Vec<u8> {
        let events: Vec<_> = events
            .iter()
            .map(
                |(date, title)| json!({"title": title, "date": date, "notes": "", "bunting": true}),
            )
            .collect();
        json!({"england-and-wales": {"division": "england-and-wales", "events": events}})
            .to_string()
            .into_bytes()
    }

    fn given() -> Desk {
        let mut desk = Desk::default();
        desk.calendar.opens = time(8, 30, 0, 0);
        desk.calendar.closures.insert(date(2026, 12, 29), "Christmas closure".to_owned());
        for (day, title) in [((2025, 12, 25), "Christmas"), ((2026, 12, 28), "Boxing day")] {
            desk.calendar.bank_holidays.insert(date(day.0, day.1, day.2), title.to_owned());
        }
        desk
    }

    #[test]
    fn the_file_is_the_truth_from_its_first_date_on_and_hours_and_closures_stay() {
        let desk = given();
        let bytes = file(&[("2026-04-03", "Good Friday"), ("2026-12-28", "Boxing Day")]);
        let plan = plan(&bytes, &desk);
        let said: Vec<_> =
            plan.changes.iter().map(|change| (change.entry.as_str(), change.became)).collect();
        assert_eq!(said, [("2026-04-03", Became::Added), ("2026-12-28", Became::Changed)]);
        let [DeskCommand::PublishCalendar(calendar)] = plan.commands.as_slice() else {
            panic!("one calendar")
        };
        assert!(calendar.bank_holidays.contains_key(&date(2025, 12, 25)));
        assert_eq!((calendar.opens, calendar.closures.len()), (time(8, 30, 0, 0), 1));

        let mut after = desk.clone();
        after.calendar = calendar.clone();
        let again = super::plan(&bytes, &after);
        assert!(again.commands.is_empty() && again.changes.is_empty(), "{again:?}");
    }

    #[test]
    fn a_holiday_that_was_moved_is_removed() {
        let plan = plan(&file(&[("2026-04-03", "Good Friday")]), &given());
        assert_eq!(plan.changes[1].entry, "2026-12-28");
        assert_eq!(plan.changes[1].became, Became::Removed);
    }

    #[test]
    fn what_is_no_calendar_of_ours_changes_nothing() {
        let bad = file(&[("2026-02-30", "A day"), ("2026-01-01", ""), ("2026-01-01", "Twice")]);
        let faults: Vec<_> = plan(&bad, &given()).faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "/england-and-wales/events/0/date: a date of the calendar, written 2026-12-28",
                "/england-and-wales/events/1/title: what is kept on that day, such as “Boxing Day”",
                "/england-and-wales/events/2/date: this day is in the list already",
            ]
        );
        for (bytes, at) in [
            (&br#"{"scotland": {"events": []}}"#[..], "/england-and-wales:"),
            (br#"{"england-and-wales": {"events": []}}"#, "/england-and-wales/events:"),
            (b"BEGIN:VCALENDAR", "it is not JSON"),
        ] {
            let plan = plan(bytes, &given());
            assert!(plan.faults[0].to_string().contains(at), "{:?}", plan.faults);
            assert!(plan.commands.is_empty());
        }
    }
}
