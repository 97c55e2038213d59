//! Who is on duty, in examples.

mod changing;
mod exceptions;
mod gaps;
mod properties;
mod stretches;

use super::*;
use crate::county::name;
use crate::ids::TeamId;
use crate::team::Member;
use jiff::civil::time;

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn november() -> Month {
    "2026-11".parse().unwrap()
}

/// Amara, who knows about behaviour; Ben and Chloe, who know about hearing; Mira manages them.
fn team() -> Team {
    let member = |account: &str, skill| Member { account: name(account), skills: vec![skill] };
    Team {
        id: TeamId::front_door(),
        name: "Front door".to_owned(),
        manager: name("mira"),
        members: vec![
            member("amara", Skill::Behaviour),
            member("ben", Skill::Sensory),
            member("chloe", Skill::Sensory),
        ],
    }
}

/// A layer of all working days from nine to five.
fn nine_to_five(id: &str, slots: Vec<Slot>) -> Layer {
    Layer {
        id: id.parse().unwrap(),
        days: Day::ALL.iter().take(5).copied().collect(),
        dates: vec![],
        from: time(9, 0, 0, 0),
        to: time(17, 0, 0, 0),
        slots,
        rotates_every_weeks: 1,
        since: november().first_day(),
    }
}

fn person(adviser: &str) -> Slot {
    Slot::Adviser(name(adviser))
}

fn weekdays(adviser: &str) -> RotaChange {
    RotaChange::Layers(vec![nine_to_five("all-day", vec![person(adviser)])])
}

/// The team's rota of November, with these layers.
fn rota_of(layers: Vec<Layer>) -> Rota {
    let mut rota = Rota::default();
    rota.apply_team(team());
    rota.apply(november(), 1, RotaChange::Layers(layers));
    rota
}

/// Amara on every working day of November.
fn amaras() -> Rota {
    rota_of(vec![nine_to_five("all-day", vec![person("amara")])])
}

fn who(rota: &Rota, instant: &str) -> Vec<String> {
    rota.people(at(instant)).into_iter().map(|on| on.adviser.to_string()).collect()
}

#[test]
fn the_shift_of_the_day_is_on_duty_until_it_ends() {
    let rota = amaras();
    assert_eq!(rota.duty(at("2026-11-23T16:59:59Z")).adviser, Some(name("amara")));
    assert_eq!(rota.on_duty(at("2026-11-23T17:00:00Z")), None);
}

#[test]
fn what_arrives_on_saturday_belongs_to_mondays_shift() {
    let duty = amaras().duty(at("2026-11-21T12:00:00Z"));
    assert_eq!(duty.from_next_shift_at, Some(at("2026-11-23T09:00:00Z")));
    assert_eq!(duty.adviser, Some(name("amara")));
}

#[test]
fn layers_add_people_in_their_order() {
    let rota = rota_of(vec![
        nine_to_five("first", vec![person("chloe")]),
        nine_to_five("second", vec![person("amara")]),
        nine_to_five("again", vec![person("chloe")]),
    ]);
    assert_eq!(who(&rota, "2026-11-23T10:00:00Z"), ["chloe", "amara"]);
}

#[test]
fn turns_follow_each_other_week_by_week() {
    let rota = rota_of(vec![nine_to_five("turns", vec![person("amara"), person("ben")])]);
    let weeks = ["2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27"];
    let on = weeks.map(|day| who(&rota, &format!("{day}T10:00:00Z")).concat());
    assert_eq!(on, ["ben", "amara", "ben", "amara"]);
}

#[test]
fn those_with_a_skill_take_its_slot_by_turns() {
    let rota = rota_of(vec![nine_to_five("sensory", vec![Slot::Skill(Skill::Sensory)])]);
    let weeks = ["2026-11-06", "2026-11-13", "2026-11-20"];
    let on = weeks.map(|day| who(&rota, &format!("{day}T10:00:00Z")).concat());
    assert_eq!(on, ["chloe", "ben", "chloe"]);
    let on = rota.on_duty(at("2026-11-13T10:00:00Z")).unwrap();
    assert_eq!((on.layer, on.skill), (Some("sensory".parse().unwrap()), Some(Skill::Sensory)));
}

#[test]
fn the_next_shift_is_found_in_the_month_after_under_its_own_version() {
    let mut rota = amaras();
    let mut january = nine_to_five("all-day", vec![person("ben")]);
    january.since = jiff::civil::date(2027, 1, 1);
    rota.apply("2027-01".parse().unwrap(), 5, RotaChange::Layers(vec![january]));
    let duty = rota.duty(at("2026-11-30T18:00:00Z"));
    assert_eq!((duty.adviser, duty.rota_version), (Some(name("ben")), Some(5)));
    assert_eq!(duty.from_next_shift_at, Some(at("2027-01-01T09:00:00Z")));
}

#[test]
fn nobody_is_looked_for_more_than_two_months_ahead() {
    let mut rota = Rota::default();
    rota.apply(november(), 1, weekdays("amara"));
    assert_eq!(rota.duty(at("2026-08-31T09:00:00Z")).adviser, None);
    assert_eq!(rota.duty(at("2026-09-05T09:00:00Z")).adviser, Some(name("amara")));
}

#[test]
fn where_the_rota_names_nobody_the_line_manager_answers() {
    let rota = rota_of(vec![]);
    let duty = rota.duty(at("2026-11-23T10:00:00Z"));
    assert_eq!((duty.adviser, duty.rota_version), (Some(name("mira")), None));
}

#[test]
fn a_rota_without_shifts_names_nobody_and_does_not_search_for_ever() {
    let duty = Rota::default().duty(at("2026-11-23T09:00:00Z"));
    assert_eq!((duty.adviser, duty.from_next_shift_at), (None, None));
}

#[test]
fn shifts_set_again_replace_those_before() {
    let mut rota = amaras();
    rota.apply(november(), 2, weekdays("ben"));
    assert_eq!(rota.duty(at("2026-11-23T10:00:00Z")).adviser, Some(name("ben")));
}

#[test]
fn a_shift_is_on_the_wall_clock_in_summer_too() {
    let mut layer = nine_to_five("all-day", vec![person("amara")]);
    layer.since = jiff::civil::date(2026, 7, 1);
    let mut rota = Rota::default();
    rota.apply("2026-07".parse().unwrap(), 1, RotaChange::Layers(vec![layer]));
    assert!(rota.on_duty(at("2026-07-01T08:00:00Z")).is_some());
    assert_eq!(rota.on_duty(at("2026-07-01T16:00:00Z")), None);
}
