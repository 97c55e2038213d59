//! Who is on, asked of a table that is painted minute by minute from the same plan: over
//! months' ends in winter and summer time, and over the days on which the clocks change.

use super::*;
use crate::ids::{AbsenceId, SwapId};
use jiff::ToSpan as _;
use jiff::civil::{Date, Time, date};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeSet;
use uuid::Uuid;

const PEOPLE: [&str; 3] = ["amara", "ben", "chloe"];
/// Three days each: a month's end in winter time, a year's, one in summer time; the clocks
/// going back, and forward.
const STARTS: [Date; 5] = [
    date(2026, 11, 29),
    date(2026, 12, 31),
    date(2027, 3, 30),
    date(2026, 10, 24),
    date(2027, 3, 27),
];
const MINUTES: usize = 3 * 24 * 60 + 60;

/// A plan for the three days from a date on.
#[derive(Clone, Debug)]
struct Plan {
    start: Date,
    layers: Vec<Layer>,
    overrides: Vec<(usize, usize, Option<usize>)>,
    absences: Vec<(usize, usize, usize)>,
    swaps: Vec<Swapped>,
}

/// A shift, by the place of its layer and the day of the plan.
type Place = (usize, i32);

/// A shift that somebody gives away, and perhaps gets one for.
#[derive(Clone, Debug)]
struct Swapped {
    given: Place,
    colleague: AccountId,
    in_return: Option<Place>,
    accepted: bool,
}

/// Everybody knows about hearing, all but Ben about behaviour, nobody about bodies.
fn crew() -> Team {
    let member = |account: &str| {
        let skills = [Skill::Sensory, Skill::Behaviour, Skill::Physical];
        let has = |skill: &Skill| able(*skill).contains(&account);
        Member { account: name(account), skills: skills.into_iter().filter(has).collect() }
    };
    Team { members: PEOPLE.into_iter().map(member).collect(), ..team() }
}

fn able(skill: Skill) -> &'static [&'static str] {
    match skill {
        Skill::Sensory => &PEOPLE,
        Skill::Behaviour => &["amara", "chloe"],
        Skill::EducationalPsychology
        | Skill::SpecialistTeacher
        | Skill::Learning
        | Skill::Communication
        | Skill::Physical
        | Skill::EarlyYears
        | Skill::Statutory => &[],
    }
}

fn slots() -> impl Strategy<Value = Slot> {
    prop_oneof![
        3 => select(&PEOPLE[..]).prop_map(person),
        3 => select(&[Skill::Sensory, Skill::Behaviour][..]).prop_map(Slot::Skill),
        1 => Just(Slot::Skill(Skill::Physical)),
    ]
}

fn layers(start: Date) -> impl Strategy<Value = Layer> {
    let rotation = (proptest::collection::vec(slots(), 1..4), 1_u8..3, 0_i32..40);
    (subsequence(Day::ALL, 3..=7), 0_i8..16, 8_i8..=24, rotation).prop_map(
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

/// From a minute on, for up to two days.
fn stretches() -> impl Strategy<Value = (usize, usize)> {
    (0..MINUTES, 1..2 * 24 * 60_usize).prop_map(|(from, long)| (from, MINUTES.min(from + long)))
}

fn plans() -> impl Strategy<Value = Plan> {
    select(&STARTS[..]).prop_flat_map(|start| {
        let someone = || 0..PEOPLE.len();
        let place = || (0_usize..4, 0_i32..3);
        let layers = proptest::collection::vec(layers(start), 1..5);
        let overrides = (stretches(), proptest::option::weighted(0.8, someone()));
        let overrides = proptest::collection::vec(overrides, 0..3);
        let absences = proptest::collection::vec((someone(), stretches()), 0..4);
        let swaps = (place(), someone(), proptest::option::of(place()), any::<bool>());
        let swaps = proptest::collection::vec(swaps, 0..6);
        (layers, overrides, absences, swaps).prop_map(
            move |(mut layers, overrides, absences, swaps)| {
                for (place, layer) in layers.iter_mut().enumerate() {
                    layer.id = format!("layer-{place}").parse().unwrap();
                }
                let overrides = overrides.into_iter().map(|((from, to), who)| (from, to, who));
                let absences = absences.into_iter().map(|(who, (from, to))| (who, from, to));
                let (overrides, absences) = (overrides.collect(), absences.collect());
                let mut plan = Plan { start, layers, overrides, absences, swaps: vec![] };
                plan.swaps = plan.sound(swaps);
                plan
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
        rota.apply_team(crew());
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
        for (place, swapped) in self.swaps.iter().enumerate() {
            let id = SwapId(Uuid::from_u128(u128::try_from(place).unwrap()));
            let how = if swapped.accepted { SwapState::Accepted } else { SwapState::Refused };
            let swap = Swap {
                id,
                turn: self.turn(swapped.given),
                holder: self.on_paper(swapped.given).unwrap(),
                colleague: swapped.colleague.clone(),
                in_return: swapped.in_return.map(|place| self.turn(place)),
            };
            for month in swap.months() {
                rota.apply(month, 4, RotaChange::SwapOffered(swap.clone()));
                rota.apply(month, 5, RotaChange::SwapSettled(id, how));
            }
        }
        rota
    }

    /// The swaps that would not be refused: of a shift that somebody has, and of each only the
    /// first; in return for one that the colleague has.
    fn sound(&self, swaps: Vec<(Place, usize, Option<Place>, bool)>) -> Vec<Swapped> {
        let mut moved = BTreeSet::new();
        let swap =
            |(given, colleague, in_return, accepted): (Place, usize, Option<Place>, bool)| {
                let theirs = in_return.map(|place| self.on_paper(place));
                let colleague = theirs.unwrap_or_else(|| Some(name(PEOPLE[colleague])))?;
                let fresh = in_return.iter().chain([&given]).all(|place| moved.insert(*place));
                let holder = self.on_paper(given)?;
                (fresh && holder != colleague).then_some(Swapped {
                    given,
                    colleague,
                    in_return,
                    accepted,
                })
            };
        swaps.into_iter().filter_map(swap).collect()
    }

    fn turn(&self, (layer, day): Place) -> Turn {
        Turn { layer: self.layers[layer].id.clone(), date: self.start.saturating_add(day.days()) }
    }

    /// Who has a shift, were nobody away.
    fn on_paper(&self, (layer, day): Place) -> Option<AccountId> {
        let (layer, date) = (self.layers.get(layer)?, self.start.saturating_add(day.days()));
        match paper_slot(layer, date) {
            Slot::Adviser(adviser) => Some(adviser),
            Slot::Skill(skill) => in_turn(skill, weeks(layer, date)).into_iter().next(),
        }
    }

    /// Who has a shift in a minute of it, after what was swapped.
    fn planned(&self, place: Place, minute: usize) -> Option<AccountId> {
        let date = self.start.saturating_add(place.1.days());
        let layer = &self.layers[place.0];
        let mine = match paper_slot(layer, date) {
            Slot::Adviser(adviser) => adviser,
            Slot::Skill(skill) => {
                let mut turns = in_turn(skill, weeks(layer, date)).into_iter();
                turns.find(|who| !self.is_away(who, minute))?
            }
        };
        // Whoever stands in for somebody away has no part in what that person swapped.
        let gives = |from: Place, holder: Option<AccountId>| {
            from == place && holder.as_ref() == Some(&mine)
        };
        for swapped in self.swaps.iter().filter(|swapped| swapped.accepted) {
            let holder = self.on_paper(swapped.given);
            if gives(swapped.given, holder.clone()) {
                return Some(swapped.colleague.clone());
            }
            if swapped.in_return.is_some_and(|back| gives(back, Some(swapped.colleague.clone()))) {
                return holder;
            }
        }
        Some(mine)
    }

    /// Who is on in each minute, painted layer by layer.
    fn painted(&self) -> Vec<Vec<AccountId>> {
        let mut minutes = vec![Vec::<AccountId>::new(); MINUTES];
        for (place, layer) in self.layers.iter().enumerate() {
            for day in 0..4 {
                for minute in self.minutes_of(layer, self.start.saturating_add(day.days())) {
                    let planned = self.planned((place, day), minute);
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
}

/// Those with a skill, beginning with whoever's week it is.
fn in_turn(skill: Skill, week: usize) -> Vec<AccountId> {
    let able = able(skill);
    (0..able.len()).map(|next| name(able[(week + next) % able.len()])).collect()
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whoever_is_on_is_whoever_was_painted_there(plan in plans()) {
        let (rota, painted) = (plan.rota(), plan.painted());
        for (minute, expected) in painted.iter().enumerate() {
            let at = instant(plan.start, minute);
            let people: Vec<AccountId> =
                rota.people(at).into_iter().map(|on| on.adviser).collect();
            prop_assert_eq!(&people, expected, "at {}", at);
        }
    }

    #[test]
    fn the_next_shift_is_the_first_minute_with_anybody(plan in plans()) {
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
