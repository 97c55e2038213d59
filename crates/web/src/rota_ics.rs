//! A rota kept in somebody's calendar, read as layers: one for each event, person and hours.
//!
//! A feed may say “for ever”, and so may a slip of the finger. What recurs must end, within a
//! year and a bounded number of times; whatever is wrong is told by the event's UID, and then
//! nothing is taken.

use calcard::Entry;
use calcard::Parser;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarFrequency, ICalendarProperty, ICalendarStatus,
    ICalendarValue,
};
use domain::calendar::london;
use domain::ids::{AccountId, LayerId};
use domain::rota::{Layer, Month, Slot};
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// How many shifts a calendar holds at most.
const MOST_SHIFTS: usize = 2_000;
/// How long an event recurs at most: a year and a day.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 367);
/// How long a shift is at most: a week.
const LONGEST_SHIFT: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How many lines that are none are told of.
const MOST_FAULTS: usize = 100;
/// How much of a UID is told, and stands in a layer's name.
const UID_SHOWN: usize = 40;

/// What is wrong with a calendar, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event “{uid}”: {detail}")]
pub struct IcsFault {
    /// The UID of the event; what could be read of the line, where there is no event.
    pub uid: String,
    /// What to put right.
    pub detail: String,
}

/// Who is on, and when.
type Hours = (String, AccountId, Time, Time);

/// The layers of every month that a calendar says something about. `who` answers whose account
/// an attendee's address or name, or else the event's summary, stands for. All faults at once.
pub fn layers(
    ics: &str,
    who: impl Fn(&str) -> Option<AccountId>,
) -> Result<BTreeMap<Month, Vec<Layer>>, Vec<IcsFault>> {
    let calendars = read(ics)?;
    let mut faults = Vec::new();
    let mut shifts: BTreeMap<Month, BTreeMap<Hours, Vec<Date>>> = BTreeMap::new();
    for calendar in &calendars {
        let unbounded: Vec<IcsFault> = events(calendar).filter_map(unbounded).collect();
        if unbounded.is_empty() {
            faults.extend(collect(calendar, &who, &mut shifts).err().into_iter().flatten());
        }
        faults.extend(unbounded);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let named = |(month, shifts): (Month, BTreeMap<Hours, Vec<Date>>)| {
        let layers = shifts.into_iter().enumerate();
        Ok((month, layers.map(|(place, it)| layer(month, place, it)).collect::<Result<_, _>>()?))
    };
    shifts.into_iter().map(named).collect::<Result<_, IcsFault>>().map_err(|fault| vec![fault])
}

/// Reads the text; anything but calendars is a fault.
fn read(ics: &str) -> Result<Vec<ICalendar>, Vec<IcsFault>> {
    let mut parser = Parser::new(ics);
    let (mut calendars, mut faults) = (Vec::new(), Vec::new());
    while faults.len() < MOST_FAULTS {
        let said = match parser.entry() {
            Entry::Eof => break,
            Entry::ICalendar(calendar) => {
                calendars.push(calendar);
                continue;
            }
            Entry::InvalidLine(line) => fault(&line, "this line is not one of a calendar"),
            Entry::VCard(_) => fault("?", "this is an address card, not a calendar"),
            Entry::UnexpectedComponentEnd { .. } => fault("?", "something ends before it began"),
            Entry::UnterminatedComponent(_) => fault("?", "something begins and does not end"),
            Entry::TooManyComponents => fault("?", "there are too many events"),
            _ => fault("?", "something in it is not of a calendar"),
        };
        faults.push(said);
    }
    if calendars.is_empty() && faults.is_empty() {
        faults.push(fault("?", "there is no calendar in it"));
    }
    if faults.is_empty() { Ok(calendars) } else { Err(faults) }
}

fn fault(uid: &str, detail: impl Into<String>) -> IcsFault {
    IcsFault { uid: uid.chars().take(UID_SHOWN).collect(), detail: detail.into() }
}

/// The shifts of a calendar.
fn events(calendar: &ICalendar) -> impl Iterator<Item = &ICalendarComponent> {
    calendar.components.iter().filter(|component| component.component_type.is_event())
}

fn uid(event: &ICalendarComponent) -> &str {
    event.uid().unwrap_or("without a UID")
}

/// What is wrong with how often an event recurs, before anything is worked out.
fn unbounded(event: &ICalendarComponent) -> Option<IcsFault> {
    let rules = event.properties(&ICalendarProperty::Rrule).flat_map(|entry| &entry.values);
    let detail = rules.filter_map(|value| {
        let ICalendarValue::RecurrenceRule(rule) = value else {
            return Some("it recurs in a way that cannot be read");
        };
        let often = matches!(
            rule.freq,
            ICalendarFrequency::Daily | ICalendarFrequency::Weekly | ICalendarFrequency::Monthly
        );
        let count = rule.count.and_then(|count| usize::try_from(count).ok());
        match (often, count, &rule.until) {
            (false, ..) => Some("a shift recurs by the day, the week or the month"),
            (_, None, None) => Some("it recurs for ever: give it an end (UNTIL or COUNT)"),
            (_, Some(count), _) if count > MOST_SHIFTS => Some("it recurs too often"),
            _ => None,
        }
    });
    detail.map(|detail| fault(uid(event), detail)).next()
}

/// Works out who is on when, and files it by month.
fn collect(
    calendar: &ICalendar,
    who: &impl Fn(&str) -> Option<AccountId>,
    shifts: &mut BTreeMap<Month, BTreeMap<Hours, Vec<Date>>>,
) -> Result<(), Vec<IcsFault>> {
    let london: Tz = "Europe/London".parse().unwrap_or_default();
    let expanded = calendar.expand_dates(london, MOST_SHIFTS + 1);
    let component = |id: u32| calendar.component_by_id(id);
    let mut faults: Vec<IcsFault> = Vec::new();
    for error in &expanded.errors {
        let name = component(error.comp_id).map_or("?", uid);
        faults.push(fault(name, "its beginning, end or recurrence cannot be read"));
    }
    if expanded.events.len() > MOST_SHIFTS {
        let last = expanded.events.last().and_then(|event| component(event.comp_id));
        let detail = format!("with it there are more than {MOST_SHIFTS} shifts");
        return Err(vec![fault(last.map_or("?", uid), detail)]);
    }
    let mut first: BTreeMap<String, Timestamp> = BTreeMap::new();
    for occurrence in &expanded.events {
        let Some(event) = component(occurrence.comp_id) else { continue };
        if event.status() == Some(&ICalendarStatus::Cancelled) {
            continue;
        }
        let (from, to) = occurrence.timestamps();
        let said = stretch(from, to).and_then(|stretch| Ok((stretch, people(event, who)?)));
        match said {
            Ok(((from, to), people)) => {
                let began = first.entry(uid(event).to_owned()).or_insert(from);
                if from.duration_since(*began).abs() > LONGEST {
                    faults.push(fault(uid(event), "it recurs for more than a year"));
                }
                file(uid(event), &people, from, to, shifts);
            }
            Err(detail) => faults.push(fault(uid(event), detail)),
        }
    }
    faults.dedup();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn stretch(from: i64, to: i64) -> Result<(Timestamp, Timestamp), String> {
    let [from, to] = [from, to].map(Timestamp::from_second);
    let (Ok(from), Ok(to)) = (from, to) else { return Err("it is out of range".to_owned()) };
    let lasts = to.duration_since(from);
    if !lasts.is_positive() || lasts > LONGEST_SHIFT {
        return Err("it ends after it begins, within a week".to_owned());
    }
    Ok((from, to))
}

/// Whose shift an event is: its attendees', or whom its summary names.
fn people(
    event: &ICalendarComponent,
    who: &impl Fn(&str) -> Option<AccountId>,
) -> Result<Vec<AccountId>, String> {
    let attendees = event.properties(&ICalendarProperty::Attendee);
    let mut named: Vec<&str> =
        attendees.filter_map(calcard::icalendar::ICalendarEntry::calendar_address).collect();
    if named.is_empty() {
        let summary = event.property(&ICalendarProperty::Summary);
        named.extend(summary.and_then(|it| it.values.first()?.as_text()).map(str::trim));
    }
    if named.is_empty() {
        return Err("it names nobody: give it an attendee, or a name as its summary".to_owned());
    }
    let unknown = |name: &str| format!("nobody here is called “{name}”");
    named.into_iter().map(|name| who(name).ok_or_else(|| unknown(name))).collect()
}

/// Files a shift under its dates; one over midnight is several.
fn file(
    uid: &str,
    people: &[AccountId],
    from: Timestamp,
    to: Timestamp,
    shifts: &mut BTreeMap<Month, BTreeMap<Hours, Vec<Date>>>,
) {
    let (begins, ends) = (london::wall(from), london::wall(to));
    let mut date = begins.date();
    loop {
        let opens = if date == begins.date() { begins.time() } else { Time::midnight() };
        let closes = if date == ends.date() { ends.time() } else { Time::midnight() };
        // What ends at midnight has ended the day before.
        if date < ends.date() || opens < closes {
            for person in people {
                let hours = (uid.to_owned(), person.clone(), opens, closes);
                let month = shifts.entry(Month::of(date)).or_default();
                month.entry(hours).or_default().push(date);
            }
        }
        match date.tomorrow() {
            Ok(next) if next <= ends.date() => date = next,
            _ => break,
        }
    }
}

fn layer(
    month: Month,
    place: usize,
    ((uid, adviser, from, to), mut dates): (Hours, Vec<Date>),
) -> Result<Layer, IcsFault> {
    dates.sort_unstable();
    dates.dedup();
    let letters = uid.chars().map(|letter| match letter.to_ascii_lowercase() {
        letter @ ('a'..='z' | '0'..='9') => letter,
        _ => '-',
    });
    let name: String = letters.take(UID_SHOWN).collect();
    let id: LayerId = format!("{name}-{}", place + 1)
        .parse()
        .map_err(|_| fault(&uid, "its UID cannot be made a name"))?;
    let (days, slots, since) = (vec![], vec![Slot::Adviser(adviser)], month.first_day());
    Ok(Layer { id, days, dates, from, to, slots, rotates_every_weeks: 1, since })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rota::{Rota, RotaChange};

    fn who(name: &str) -> Option<AccountId> {
        match name {
            "amara@council.example" | "Amara Osei" => "amara".parse().ok(),
            "ben@council.example" => "ben".parse().ok(),
            _ => None,
        }
    }

    fn calendar(events: &[&str]) -> String {
        let events: Vec<String> = events
            .iter()
            .map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n"))
            .collect();
        let events = events.concat();
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n{events}END:VCALENDAR\r\n")
    }

    fn event(uid: &str, from: &str, to: &str, more: &str) -> String {
        let zone = "TZID=Europe/London";
        format!(
            "UID:{uid}\r\nDTSTAMP:20261001T000000Z\r\nDTSTART;{zone}:{from}\r\nDTEND;{zone}:{to}\r\n{more}"
        )
    }

    /// The rota that a calendar comes to.
    fn rota(ics: &str) -> Rota {
        let mut rota = Rota::default();
        for (month, layers) in layers(ics, who).unwrap() {
            rota.apply(month, 1, RotaChange::Layers(layers));
        }
        rota
    }

    fn on(rota: &Rota, at: &str) -> Vec<String> {
        let people = rota.people(at.parse().unwrap()).into_iter();
        people.map(|on| on.adviser.to_string()).collect()
    }

    fn faults(ics: &str) -> Vec<String> {
        layers(ics, who).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_weekly_shift_is_on_the_wall_clock_over_the_end_of_summer_time() {
        let weekly = "SUMMARY:Amara Osei\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/London:20261026T090000";
        let rota = rota(&calendar(&[&event("w", "20261019T090000", "20261019T130000", weekly)]));
        assert_eq!(on(&rota, "2026-10-19T08:00:00Z"), ["amara"]);
        assert_eq!(on(&rota, "2026-10-19T12:00:00Z"), [""; 0]);
        assert_eq!(on(&rota, "2026-10-26T09:30:00Z"), [""; 0], "an exception");
        assert_eq!(on(&rota, "2026-11-02T12:59:00Z"), ["amara"]);
        assert_eq!(on(&rota, "2026-11-09T10:00:00Z"), [""; 0]);
    }

    #[test]
    fn attendees_are_on_together_and_a_moved_occurrence_is_where_it_was_moved_to() {
        let both = "ATTENDEE:mailto:amara@council.example\r\nATTENDEE:mailto:ben@council.example";
        let daily = format!("{both}\r\nRRULE:FREQ=DAILY;UNTIL=20261125T090000Z");
        let moved = format!("{both}\r\nRECURRENCE-ID;TZID=Europe/London:20261124T090000");
        let rota = rota(&calendar(&[
            &event("d", "20261123T090000", "20261123T120000", &daily),
            &event("d", "20261124T140000", "20261124T150000", &moved),
        ]));
        assert_eq!(on(&rota, "2026-11-23T10:00:00Z"), ["amara", "ben"]);
        assert_eq!(on(&rota, "2026-11-24T10:00:00Z"), [""; 0]);
        assert_eq!(on(&rota, "2026-11-24T14:30:00Z"), ["amara", "ben"]);
        assert_eq!(on(&rota, "2026-11-25T10:00:00Z"), ["amara", "ben"]);
    }

    #[test]
    fn a_night_over_a_months_end_is_whole() {
        let rota = rota(&calendar(&[&event(
            "n",
            "20261130T220000",
            "20261201T060000",
            "SUMMARY:Amara Osei",
        )]));
        for hour in ["2026-11-30T22:00:00Z", "2026-12-01T00:00:00Z", "2026-12-01T05:59:00Z"] {
            assert_eq!(on(&rota, hour), ["amara"], "{hour}");
        }
        assert_eq!(on(&rota, "2026-12-01T06:00:00Z"), [""; 0]);
    }

    #[test]
    fn what_recurs_for_ever_too_long_or_too_often_is_named_and_refused() {
        let shift = |uid: &str, rule: &str| {
            let more = format!("SUMMARY:Amara Osei\r\nRRULE:{rule}");
            event(uid, "20261123T090000", "20261123T120000", &more)
        };
        let said = faults(&calendar(&[
            &shift("ever", "FREQ=WEEKLY"),
            &shift("often", "FREQ=DAILY;COUNT=100000"),
            &shift("seconds", "FREQ=SECONDLY;COUNT=5"),
        ]));
        assert_eq!(
            said,
            [
                "event “ever”: it recurs for ever: give it an end (UNTIL or COUNT)",
                "event “often”: it recurs too often",
                "event “seconds”: a shift recurs by the day, the week or the month",
            ]
        );
        let said = faults(&calendar(&[&shift("long", "FREQ=MONTHLY;UNTIL=20991231T000000Z")]));
        assert!(said.contains(&"event “long”: it recurs for more than a year".to_owned()));
        let many = (0..7).map(|n| shift(&format!("many-{n}"), "FREQ=DAILY;COUNT=350"));
        let many: Vec<String> = many.collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(faults(&calendar(&many)).concat().contains("more than 2000 shifts"));
        let never = shift("never", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3");
        assert!(layers(&calendar(&[&never]), who).is_ok_and(|layers| layers.is_empty()));
    }

    #[test]
    fn nobody_a_stranger_and_a_shift_that_ends_early_are_named_all_at_once() {
        let said = faults(&calendar(&[
            &event("stranger", "20261123T090000", "20261123T120000", "SUMMARY:Zoe"),
            &event("nobody", "20261123T090000", "20261123T120000", "LOCATION:Office"),
            &event("early", "20261123T090000", "20261123T080000", "SUMMARY:Amara Osei"),
        ]));
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].contains("“stranger”: nobody here is called “Zoe”"), "{said:?}");
        assert!(said[1].contains("“nobody”: it names nobody"), "{said:?}");
    }

    #[test]
    fn what_is_no_calendar_is_told() {
        for text in ["", "hello", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"] {
            assert!(layers(text, who).is_err(), "{text}");
        }
    }
}
