//! A month's shifts as they are said: simply, or with days, turns and skills.

use super::refused::located;
use crate::form::{Faults, Form, code, date, number, via};
use crate::problem::Problem;
use domain::ids::LayerId;
use domain::rota::{Day, Layer, Month, RotaRefusal, Slot};
use jiff::civil::Time;
use serde_json::Value;

/// The most shifts of a month.
const MOST_SHIFTS: usize = 200;
/// The most turns that follow each other.
const MOST_TURNS: usize = 52;

/// The shifts of a month, and how each named its one person or skill, if it did.
pub(super) struct Said {
    pub(super) layers: Vec<Layer>,
    simply: Vec<Option<&'static str>>,
}

impl Said {
    /// A refusal with its faults where they were said.
    pub(super) fn refused(&self, refusal: RotaRefusal) -> Problem {
        let RotaRefusal::FaultyLayers(faults) = refusal else { return refusal.into() };
        let simply = |place: usize| self.simply.get(place).copied().flatten();
        Problem::invalid(
            faults
                .into_iter()
                .map(|fault| (simply(fault.place), fault))
                .map(|(simply, fault)| located(fault, simply))
                .collect(),
        )
    }
}

/// Reads the member `shifts`.
pub(super) fn shifts(form: &mut Form<'_>, month: Month, faults: &mut Faults) -> Option<Said> {
    let read = |value: &Value, at: &str, faults: &mut Faults| shift(value, at, month, faults);
    let said: Vec<_> = form.required("shifts", faults, crate::form::list(MOST_SHIFTS, read))?;
    let (mut layers, mut simply): (Vec<Layer>, Vec<_>) = (Vec::new(), Vec::new());
    for Shift { id, mut layer, simple } in said {
        if id.is_none() {
            let day = layer.days.first().map_or("shift", |day| day.code());
            let named = |layer: &&Layer| layer.id.as_str().starts_with(day);
            let place = 1 + layers.iter().filter(named).count();
            layer.id = format!("{day}-{place}").parse().ok()?;
        }
        layers.push(layer);
        simply.push(simple);
    }
    Some(Said { layers, simply })
}

struct Shift {
    id: Option<LayerId>,
    layer: Layer,
    simple: Option<&'static str>,
}

fn shift(value: &Value, at: &str, month: Month, faults: &mut Faults) -> Option<Shift> {
    let mut form = Form::of(value, at, faults)?;
    let id: Option<LayerId> = form.optional("id", faults, code);
    let mut days: Vec<Day> = form.list("days", Day::ALL.len(), faults, code);
    days.extend(form.optional("day", faults, code::<Day>));
    let dates = form.list("dates", 31, faults, date);
    let from = form.required("from", faults, clock);
    let to = form.required("to", faults, clock);
    let (slots, simple) = turns(&mut form, faults);
    let every = form.optional("rotates_every_weeks", faults, number(1, 52)).unwrap_or(1);
    let since = form.optional("since", faults, date).unwrap_or_else(|| month.first_day());
    form.done(faults);
    let name = id.clone().or_else(|| "unnamed".parse().ok())?;
    let (from, to) = (from?, to?);
    let layer = Layer { id: name, days, dates, from, to, slots, rotates_every_weeks: every, since };
    Some(Shift { id, layer, simple })
}

/// Whose turns follow each other: `adviser`, `skill`, or a `rotation` of them.
fn turns(form: &mut Form<'_>, faults: &mut Faults) -> (Vec<Slot>, Option<&'static str>) {
    let adviser = form.optional("adviser", faults, code).map(Slot::Adviser);
    let skill = form.optional("skill", faults, code).map(Slot::Skill);
    let rotation = form.optional("rotation", faults, crate::form::list(MOST_TURNS, slot));
    let ways = ["adviser", "skill", "rotation"].into_iter().filter(|way| form.has(way));
    match ways.collect::<Vec<_>>().as_slice() {
        [way @ ("adviser" | "skill")] => (adviser.or(skill).into_iter().collect(), Some(way)),
        [_] => (rotation.unwrap_or_default(), None),
        _ => {
            faults.say(&form.at("adviser"), "one of: adviser, skill, rotation");
            (vec![], None)
        }
    }
}

fn slot(value: &Value, at: &str, faults: &mut Faults) -> Option<Slot> {
    let mut form = Form::of(value, at, faults)?;
    let adviser = form.optional("adviser", faults, code).map(Slot::Adviser);
    let skill = form.optional("skill", faults, code).map(Slot::Skill);
    let both = form.has("adviser") && form.has("skill");
    let neither = !form.has("adviser") && !form.has("skill");
    form.done(faults);
    if both || neither {
        faults.say(at, "one of: adviser, skill");
        return None;
    }
    adviser.or(skill)
}

/// A time on the clock in London; `24:00` is the end of the day.
fn clock(value: &Value, at: &str, faults: &mut Faults) -> Option<Time> {
    via(value, at, faults, |text| {
        if text == "24:00" {
            return Ok(Time::midnight());
        }
        let time = text.parse::<Time>().ok().filter(|_| matches!(text.len(), 5 | 8));
        time.ok_or_else(|| "a time of day, written 09:00, or 24:00 for its end".to_owned())
    })
}
