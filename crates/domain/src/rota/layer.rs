//! A layer of a rota: when somebody is on, week by week, and whose turn it is.
//!
//! Layers add people: two layers over the same hour have two people on. Times are those of
//! the clock on the wall in London; a layer ends by midnight.

use super::Month;
use super::month::Day;
use crate::calendar::london;
use crate::ids::{AccountId, LayerId};
use crate::team::Skill;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// Who is on every week, on one day: the simplest layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The day.
    pub day: Day,
    /// From this time in London,
    pub from: Time,
    /// up to, and not including, this one; midnight is that at the end of the day.
    pub to: Time,
    /// Who is on.
    pub adviser: AccountId,
}

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// This person's.
    Adviser(AccountId),
    /// That of any member with this skill who is there; they take turns by the week.
    Skill(Skill),
}

/// A layer of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Its name in the month. A shift that keeps its name and gets other times has moved.
    pub id: LayerId,
    /// On these days of the week,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Day>,
    /// and on these dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Date>,
    /// From this time in London,
    pub from: Time,
    /// up to, and not including, this one; midnight is that at the end of the day.
    pub to: Time,
    /// Whose turns follow each other.
    pub slots: Vec<Slot>,
    /// After how many weeks it is the next one's turn.
    pub rotates_every_weeks: u8,
    /// Turns are counted from the week of this day, before which nobody is on.
    pub since: Date,
}

/// One turn on a rota: a layer, on a date. It stays the same turn when its hours move.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Turn {
    /// Which layer.
    pub layer: LayerId,
    /// On which date.
    pub date: Date,
}

impl Layer {
    /// The layers that a month of simple shifts comes to. A shift is named by its day and its
    /// place among those of the day, so that one whose hours change stays what it was.
    #[must_use]
    pub fn weekly(month: Month, shifts: Vec<Shift>) -> Vec<Self> {
        let mut layers: Vec<Self> = Vec::with_capacity(shifts.len());
        for Shift { day, from, to, adviser } in shifts {
            let place = 1 + layers.iter().filter(|layer| layer.days == [day]).count();
            let slots = vec![Slot::Adviser(adviser)];
            let (days, dates, since) = (vec![day], vec![], month.first_day());
            let id = LayerId::of_day(day, place);
            layers.push(Self { id, days, dates, from, to, slots, rotates_every_weeks: 1, since });
        }
        layers
    }

    /// From when to when it is on, on this date; `None` when it is not.
    #[must_use]
    pub fn hours_on(&self, date: Date) -> Option<(Timestamp, Timestamp)> {
        let on = self.days.contains(&Day::from(date.weekday())) || self.dates.contains(&date);
        if !on || date < self.since {
            return None;
        }
        let last_day = if self.to == Time::midnight() { date.tomorrow().ok()? } else { date };
        let from = london::instant(date.to_datetime(self.from));
        let to = london::instant(last_day.to_datetime(self.to));
        (from < to).then_some((from, to))
    }

    /// Whose turn it is in the week of this date.
    #[must_use]
    pub fn slot_on(&self, date: Date) -> Option<&Slot> {
        let turns = self.weeks_on(date) / usize::from(self.rotates_every_weeks.max(1));
        self.slots.get(turns.checked_rem(self.slots.len())?)
    }

    /// How many weeks lie between the first one and that of this date.
    pub(super) fn weeks_on(&self, date: Date) -> usize {
        let days = monday(self.since).until(monday(date)).map_or(0, |span| span.get_days());
        usize::try_from(days / 7).unwrap_or_default()
    }
}

/// The Monday of a date's week.
fn monday(date: Date) -> Date {
    let since = date.weekday().since(jiff::civil::Weekday::Monday);
    date.checked_sub(jiff::Span::new().days(since)).unwrap_or(date)
}

impl LayerId {
    /// The name of a day's first, second, … simple shift.
    fn of_day(day: Day, place: usize) -> Self {
        Self::made(format!("{day}-{place}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::name;
    use jiff::civil::{date, time};

    fn rotating(every_weeks: u8) -> Layer {
        Layer {
            id: "early".parse().unwrap(),
            days: vec![Day::Monday, Day::Friday],
            dates: vec![date(2026, 11, 28)],
            from: time(9, 0, 0, 0),
            to: Time::midnight(),
            slots: vec![Slot::Adviser(name("amara")), Slot::Skill(Skill::Sensory)],
            rotates_every_weeks: every_weeks,
            since: date(2026, 11, 4),
        }
    }

    #[test]
    fn turns_change_with_the_week_of_the_first_day() {
        let slots = |every: u8, days: [i8; 5]| {
            days.map(|day| match rotating(every).slot_on(date(2026, 11, day)) {
                Some(Slot::Adviser(adviser)) => adviser.to_string(),
                Some(Slot::Skill(skill)) => skill.to_string(),
                None => "nobody".to_owned(),
            })
        };
        assert_eq!(slots(1, [6, 8, 9, 13, 16]), ["amara", "amara", "sensory", "sensory", "amara"]);
        assert_eq!(slots(2, [6, 9, 15, 16, 29]), ["amara", "amara", "amara", "sensory", "sensory"]);
    }

    #[test]
    fn nobody_is_on_before_the_first_day_and_on_no_other_day() {
        let on = |day: i8| rotating(1).hours_on(date(2026, 11, day)).is_some();
        assert_eq!([2, 4, 6, 9, 10, 28].map(on), [false, false, true, true, false, true]);
    }

    #[test]
    fn midnight_is_the_end_of_the_day() {
        let (from, to) = rotating(1).hours_on(date(2026, 11, 6)).unwrap();
        assert_eq!(
            (from.to_string(), to.to_string()),
            ("2026-11-06T09:00:00Z".to_owned(), "2026-11-07T00:00:00Z".to_owned(),)
        );
    }

    #[test]
    fn a_day_of_twenty_five_hours_is_worked_to_its_end() {
        let sunday = Layer {
            days: vec![Day::Sunday],
            from: Time::midnight(),
            since: date(2026, 10, 1),
            ..rotating(1)
        };
        let (from, to) = sunday.hours_on(date(2026, 10, 25)).unwrap();
        assert_eq!(to.duration_since(from).as_hours(), 25);
    }

    #[test]
    fn simple_shifts_are_named_by_their_place_in_the_day() {
        let shift = |day, from| Shift {
            day,
            from: time(from, 0, 0, 0),
            to: time(from + 4, 0, 0, 0),
            adviser: name("amara"),
        };
        let shifts = vec![shift(Day::Monday, 9), shift(Day::Monday, 13), shift(Day::Friday, 9)];
        let layers = Layer::weekly("2026-11".parse().unwrap(), shifts);
        let names: Vec<&str> = layers.iter().map(|layer| layer.id.as_str()).collect();
        assert_eq!(names, ["monday-1", "monday-2", "friday-1"]);
    }
}
