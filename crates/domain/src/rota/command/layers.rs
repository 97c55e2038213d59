//! What may be wrong with the layers of a month: every fault at once, each with its place.

use crate::ids::{AccountId, LayerId};
use crate::rota::{Layer, Month, Slot};
use crate::team::{Skill, Team};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use std::collections::BTreeMap;

/// How many weeks a turn lasts at most.
const LONGEST_TURN_WEEKS: u8 = 52;

/// A fault of the layers of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RotaFault {
    /// The layer, by its place in the list,
    pub place: usize,
    /// what of it,
    pub part: LayerPart,
    /// and what to put right.
    pub detail: String,
}

/// A part of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerPart {
    /// Its name.
    Id,
    /// Its days.
    Days,
    /// Its dates.
    Dates,
    /// Its end.
    To,
    /// Its turns as a whole.
    Rotation,
    /// One of its turns.
    Slot(usize),
    /// How often it rotates.
    RotatesEveryWeeks,
}

/// Finds what is wrong with the layers of a month.
pub(super) fn check(
    month: Month,
    layers: &[Layer],
    team: Option<&Team>,
) -> Result<(), Vec<RotaFault>> {
    let mut faults = Vec::new();
    for (place, layer) in layers.iter().enumerate() {
        let mut say = |part, detail: String| faults.push(RotaFault { place, part, detail });
        if layers.iter().take(place).any(|earlier| earlier.id == layer.id) {
            say(LayerPart::Id, format!("another shift is called “{}”", layer.id));
        }
        if layer.days.is_empty() && layer.dates.is_empty() {
            say(LayerPart::Days, "at least one day of the week, or a date".to_owned());
        }
        if let Some(date) = layer.dates.iter().find(|date| Month::of(**date) != month) {
            say(LayerPart::Dates, format!("{date} is not in {month}"));
        }
        if layer.to != Time::midnight() && layer.to <= layer.from {
            say(LayerPart::To, "it ends after it begins, by midnight".to_owned());
        }
        if layer.slots.is_empty() {
            say(LayerPart::Rotation, "at least one whose turn it is".to_owned());
        }
        if !(1..=LONGEST_TURN_WEEKS).contains(&layer.rotates_every_weeks) {
            say(LayerPart::RotatesEveryWeeks, format!("1 to {LONGEST_TURN_WEEKS}"));
        }
        for (turn, slot) in layer.slots.iter().enumerate() {
            if let Some(detail) = team.and_then(|team| unknown(slot, team)) {
                say(LayerPart::Slot(turn), detail);
            }
        }
    }
    faults.extend(overlaps(month, layers));
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// What is wrong with a turn, of this team.
fn unknown(slot: &Slot, team: &Team) -> Option<String> {
    match slot {
        Slot::Adviser(adviser) if team.has(adviser) => None,
        Slot::Adviser(adviser) => Some(format!("“{adviser}” is not of this team")),
        Slot::Skill(skill) if has_skill(team, *skill) => None,
        Slot::Skill(skill) => Some(format!("nobody of this team is good at {}", skill.says())),
    }
}

fn has_skill(team: &Team, skill: Skill) -> bool {
    team.members.iter().any(|member| member.skills.contains(&skill))
}

/// Layers that would have one person on twice at the same time, on any day of the month.
fn overlaps(month: Month, layers: &[Layer]) -> Vec<RotaFault> {
    let mut faults: BTreeMap<usize, RotaFault> = BTreeMap::new();
    for day in month.days() {
        let on: Vec<_> = on_that_day(layers, day).collect();
        for (index, (place, _, who, (from, to))) in on.iter().enumerate() {
            let earlier = on.iter().take(index).find(|(_, _, other, (other_from, other_to))| {
                other == who && other_from < to && from < other_to
            });
            if let Some((_, other, ..)) = earlier {
                let detail = format!("on {day} it overlaps the shift “{other}” of the same person");
                let fault = RotaFault { place: *place, part: LayerPart::To, detail };
                faults.entry(*place).or_insert(fault);
            }
        }
    }
    faults.into_values().collect()
}

type Hours = (Timestamp, Timestamp);

/// Which layers have whom on, on a day, and when.
fn on_that_day(
    layers: &[Layer],
    day: Date,
) -> impl Iterator<Item = (usize, &LayerId, &AccountId, Hours)> {
    layers.iter().enumerate().filter_map(move |(place, layer)| {
        let hours = layer.hours_on(day)?;
        match layer.slot_on(day)? {
            Slot::Adviser(adviser) => Some((place, &layer.id, adviser, hours)),
            Slot::Skill(_) => None,
        }
    })
}
