//! Who is on, asked of a table that is painted minute by minute from the same plan: over a
//! month's end, and over the days on which the clocks change.

use super::*;
use crate::ids::{AbsenceId, SwapId};
use jiff::ToSpan as _;
use jiff::civil::{Date, Time, date};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use uuid::Uuid;

const PEOPLE: [&str; 3] = ["amara", "ben", "chloe"];
/// Three days each: an ordinary month's end, the clocks going back, and forward.
const STARTS: [Date; 3] = [date(2026, 11, 29), date(2026, 10, 24), date(2027, 3, 27)];
const MINUTES: usize = 3 * 24 * 60 + 60;

/// A plan for the three days from a date on.
#[derive(Clone, Debug)]
struct Plan {
    start: Date,
    layers: Vec<Layer>,
    overrides: Vec<(usize, usize, Option<usize>)>,
    absences: Vec<(usize, usize, usize)>,
    swaps: Vec<(usize, i32, usize, bool)>,
}

fn slots() -> impl Strategy<Value = Slot> {
    prop_oneof![
        3 => select(&PEOPLE[..]).prop_map(person),
        1 => select(&[Skill::Sensory, Skill::Behaviour, Skill::Physical][..]).prop_map(Slot::Skill),
    ]
}

fn layers(start: Date) -> impl Strategy<Value = Layer> {
    let rotation = (proptest::collection::vec(slots(), 1..4), 1_u8..3, 0_i32..40);
    (proptest::collection::vec(select(Day::ALL), 1..7), 0_i8..24, 1_i8..=24, rotation).prop_map(
        move |(days, from, to, (slots, rotates_every_weeks, since))| Layer {
            id: "unnamed".parse().unwrap(),
            days,
            dates: vec![],
            from: time(from, 0, 0, 0),
            to: if to == 24 { Time::midnight() } else { time(to, 0, 0, 0) },
            slots,
            rotates_every_weeks,
            since: start.saturating_sub(since.days()),
        },
    )
}

fn plans() -> impl Strategy<Value = Plan> {
    select(&STARTS[..]).prop_flat_map(|start| {
        let minute = || 0..MINUTES;
        let someone = || 0..PEOPLE.len();
        let layers = proptest::collection::vec(layers(start), 0..5);
        let overrides = (minute(), minute(), proptest::option::of(someone()));
        let overrides = proptest::collection::vec(overrides, 0..3);
        let absences = proptest::collection::vec((someone(), minute(), minute()), 0..3);
        let swaps =
            proptest::collection::vec((0_usize..5, 0_i32..3, someone(), any::<bool>()), 0..4);
        (layers, overrides, absences, swaps).prop_map(
            move |(mut layers, overrides, absences, swaps)| {
                for (place, layer) in layers.iter_mut().enumerate() {
                    layer.id = format!("layer-{place}").parse().unwrap();
                }
                Plan { start, layers, overrides, absences, swaps }
            },
        )
    })
}

/// The instant at which a minute of the plan begins.
fn instant(start: Date, minute: usize) -> Timestamp {
    let midnight = start.in_tz("Europe/London").unwrap().timestamp();
    midnight + i64::try_from(minute).unwrap().minutes()
}

impl Plan {
    /// The rota, from the changes that make it.
    fn rota(&self) -> Rota {
        let mut rota = Rota::default();
        rota.apply_team(team());
        let span = (instant(self.start, 0), instant(self.start, MINUTES));
        for month in Month::touched(span.0, span.1) {
            rota.apply(month, 1, RotaChange::Layers(self.layers.clone()));
        }
        for (from, to, adviser) in &self.overrides {
            let (from, to) = (instant(self.start, *from), instant(self.start, *to));
            let instead = Override { from, to, adviser: adviser.map(|who| name(PEOPLE[who])) };
            for (month, part) in instead.by_month().filter(|(_, part)| part.from < part.to) {
                rota.apply(month, 2, RotaChange::Override(part));
            }
        }
        for (who, from, to) in &self.absences {
            let (from, to) = (instant(self.start, *from), instant(self.start, *to));
            let absence =
                Absence { id: AbsenceId(Uuid::nil()), adviser: name(PEOPLE[*who]), from, to };
            for month in Month::touched(from, to) {
                rota.apply(month, 3, RotaChange::Absence(absence.clone()));
            }
        }
        for (place, swap) in self.swaps().into_iter().enumerate() {
            let id = SwapId(Uuid::from_u128(u128::try_from(place).unwrap()));
            let month = Month::of(swap.turn.date);
            let accepted = self.swaps[place].3;
            let how = if accepted { SwapState::Accepted } else { SwapState::Refused };
            rota.apply(month, 4, RotaChange::SwapOffered(Swap { id, ..swap }));
            rota.apply(month, 5, RotaChange::SwapSettled(id, how));
        }
        rota
    }

    /// The swaps: of each turn the first only, as a second would be refused.
    fn swaps(&self) -> Vec<Swap> {
        let swap = |(layer, day, colleague, _): &(usize, i32, usize, bool)| {
            let date = self.start.saturating_add(day.days());
            let turn = Turn { layer: format!("layer-{layer}").parse().unwrap(), date };
            let holder = self.layers.get(*layer).and_then(|layer| match paper_slot(layer, date) {
                Slot::Adviser(adviser) => Some(adviser),
                Slot::Skill(_) => None,
            });
            let (holder, colleague) = (holder.unwrap_or_else(|| name("zoe")), PEOPLE[*colleague]);
            Swap {
                id: SwapId(Uuid::nil()),
                turn,
                holder,
                colleague: name(colleague),
                in_return: None,
            }
        };
        self.swaps.iter().map(swap).collect()
    }

    /// Who is on in each minute, painted layer by layer.
    fn painted(&self) -> Vec<Vec<AccountId>> {
        let mut minutes = vec![Vec::<AccountId>::new(); MINUTES];
        let mut taken: BTreeMap<(usize, i32), &str> = BTreeMap::new();
        for (layer, day, colleague, accepted) in &self.swaps {
            if *accepted {
                taken.entry((*layer, *day)).or_insert(PEOPLE[*colleague]);
            }
        }
        for (place, layer) in self.layers.iter().enumerate() {
            for day in 0..4 {
                let date = self.start.saturating_add(day.days());
                for minute in self.minutes_of(layer, date) {
                    let planned = match paper_slot(layer, date) {
                        Slot::Adviser(adviser) => Some(match taken.get(&(place, day)) {
                            Some(colleague) => name(colleague),
                            None => adviser,
                        }),
                        Slot::Skill(skill) => self.able(skill, weeks(layer, date), minute),
                    };
                    let there = planned.filter(|who| !self.is_away(who, minute));
                    let on = &mut minutes[minute];
                    on.extend(there.filter(|who| !on.contains(who)));
                }
            }
        }
        for (from, to, adviser) in &self.overrides {
            let adviser = adviser.map(|who| name(PEOPLE[who]));
            for (minute, on) in minutes.iter_mut().enumerate().take(*to).skip(*from) {
                let there = adviser.clone().filter(|who| !self.is_away(who, minute));
                *on = there.into_iter().collect();
            }
        }
        minutes
    }

    /// The minutes of a layer on a date, by the clocks of the time zone's own library.
    fn minutes_of(&self, layer: &Layer, date: Date) -> std::ops::Range<usize> {
        let on = layer.days.contains(&date.weekday().into()) && layer.since <= date;
        let last = if layer.to == Time::midnight() { date.saturating_add(1.day()) } else { date };
        let minute = |wall: jiff::civil::DateTime| {
            let begins = instant(self.start, 0);
            let at = wall.in_tz("Europe/London").unwrap().timestamp();
            usize::try_from(at.duration_since(begins).as_mins().max(0)).unwrap().min(MINUTES)
        };
        let (from, to) = (minute(date.to_datetime(layer.from)), minute(last.to_datetime(layer.to)));
        if on { from..to } else { 0..0 }
    }

    fn is_away(&self, who: &AccountId, minute: usize) -> bool {
        let mut absences = self.absences.iter();
        absences
            .any(|(away, from, to)| name(PEOPLE[*away]) == *who && (*from..*to).contains(&minute))
    }

    fn able(&self, skill: Skill, week: usize, minute: usize) -> Option<AccountId> {
        let able: &[&str] = if skill == Skill::Sensory {
            &["ben", "chloe"]
        } else if skill == Skill::Behaviour {
            &["amara"]
        } else {
            &[]
        };
        let turns = (0..able.len()).map(|next| name(able[(week + next) % able.len()]));
        turns.into_iter().find(|who| !self.is_away(who, minute))
    }
}

/// Full weeks, from Monday to Monday, counted one by one.
fn weeks(layer: &Layer, date: Date) -> usize {
    let mut day = layer.since;
    let mut mondays = 0;
    while day < date {
        day = day.tomorrow().unwrap();
        mondays += usize::from(day.weekday() == jiff::civil::Weekday::Monday);
    }
    mondays
}

fn paper_slot(layer: &Layer, date: Date) -> Slot {
    let turns = weeks(layer, date) / usize::from(layer.rotates_every_weeks);
    layer.slots[turns % layer.slots.len()].clone()
}

/// One swap for each turn, and none that hands a turn to whoever has it.
fn sound(plan: &Plan) -> bool {
    let mut turns: Vec<_> = plan.swaps.iter().map(|(layer, day, ..)| (layer, day)).collect();
    turns.sort_unstable();
    let count = turns.len();
    turns.dedup();
    turns.len() == count
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whoever_is_on_is_whoever_was_painted_there(plan in plans().prop_filter("one swap", sound)) {
        let (rota, painted) = (plan.rota(), plan.painted());
        for (minute, expected) in painted.iter().enumerate() {
            let at = instant(plan.start, minute);
            let people: Vec<AccountId> =
                rota.people(at).into_iter().map(|on| on.adviser).collect();
            prop_assert_eq!(&people, expected, "at {}", at);
        }
    }

    #[test]
    fn the_next_shift_is_the_first_minute_with_anybody(plan in plans().prop_filter("one swap", sound)) {
        let (rota, painted) = (plan.rota(), plan.painted());
        for minute in (0..MINUTES).step_by(97) {
            let next = (minute..MINUTES).find(|later| !painted[*later].is_empty());
            let answering = rota.answering(instant(plan.start, minute));
            if let Some(next) = next {
                let starts = answering.from_next_shift_at.unwrap_or(instant(plan.start, minute));
                prop_assert_eq!(starts, instant(plan.start, next));
            }
        }
    }
}
