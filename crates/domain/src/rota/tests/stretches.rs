//! The rota as it comes out, in examples.

use super::*;

fn told(rota: &Rota, from: &str, to: &str) -> Vec<String> {
    let stretches = rota.stretches(at(from), at(to)).into_iter();
    let who = |people: Vec<OnDuty>| people.iter().map(|on| on.adviser.to_string()).collect();
    stretches
        .map(|it| (it.from, it.to, who(it.people)))
        .map(|(from, to, who): (_, _, Vec<String>)| format!("{from} {to} {}", who.join("+")))
        .collect()
}

#[test]
fn a_day_that_an_override_interrupts_is_told_in_its_parts() {
    let mut rota = amaras();
    let (from, to) = (at("2026-11-23T12:00:00Z"), at("2026-11-23T14:00:00Z"));
    let instead = Override { from, to, adviser: Some(name("ben")) };
    rota.apply(november(), 2, RotaChange::Override(instead));
    assert_eq!(
        told(&rota, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"),
        [
            "2026-11-23T09:00:00Z 2026-11-23T12:00:00Z amara",
            "2026-11-23T12:00:00Z 2026-11-23T14:00:00Z ben",
            "2026-11-23T14:00:00Z 2026-11-23T17:00:00Z amara",
        ]
    );
}

#[test]
fn those_who_are_on_together_share_a_stretch_and_the_first_layer_s_is_first() {
    let mut morning = nine_to_five("morning", vec![person("chloe")]);
    morning.to = time(13, 0, 0, 0);
    let rota = rota_of(vec![nine_to_five("all-day", vec![person("amara")]), morning]);
    assert_eq!(
        told(&rota, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"),
        [
            "2026-11-23T09:00:00Z 2026-11-23T13:00:00Z amara+chloe",
            "2026-11-23T13:00:00Z 2026-11-23T17:00:00Z amara",
        ]
    );
}

#[test]
fn who_answers_next_is_the_first_other_person_to_come_on() {
    let mut morning = nine_to_five("morning", vec![person("chloe")]);
    morning.to = time(13, 0, 0, 0);
    let afternoon = Layer { from: morning.to, ..nine_to_five("afternoon", vec![person("amara")]) };
    let rota = rota_of(vec![morning, afternoon]);
    let next = |instant| rota.relief(at(instant)).map(|(from, on)| (from, on.adviser.to_string()));
    let expected = |from, who: &str| Some((at(from), who.to_owned()));
    let friday = "2026-11-27T15:00:00Z";
    assert_eq!(next("2026-11-23T10:00:00Z"), expected("2026-11-23T13:00:00Z", "amara"));
    assert_eq!(next(friday), expected("2026-11-30T09:00:00Z", "chloe"), "over the weekend");
    assert_eq!(next("2026-11-30T15:00:00Z"), None, "nothing is known of December");
    assert_eq!(amaras().relief(at(friday)), None, "nobody but whoever is on");
}

#[test]
fn what_the_question_cuts_off_is_not_told() {
    let rota = amaras();
    assert_eq!(
        told(&rota, "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"),
        ["2026-11-23T10:00:00Z 2026-11-23T11:00:00Z amara"]
    );
    assert!(told(&rota, "2026-11-21T00:00:00Z", "2026-11-23T00:00:00Z").is_empty());
}
