//! What a rota refuses, with the place of every fault.

use super::*;
use crate::ids::AbsenceId;
use uuid::Uuid;

fn decide(rota: &Rota, command: RotaCommand) -> Result<(), RotaRefusal> {
    rota.decide(TeamId::front_door(), november(), command).map(|_| ())
}

fn faults(layers: Vec<Layer>) -> Vec<(usize, LayerPart)> {
    match decide(&rota_of(vec![]), RotaCommand::SetLayers(layers)) {
        Err(RotaRefusal::FaultyLayers(faults)) => {
            faults.into_iter().map(|fault| (fault.place, fault.part)).collect()
        }
        decided => panic!("{decided:?}"),
    }
}

fn layer(id: &str, slots: Vec<Slot>) -> Layer {
    nine_to_five(id, slots)
}

#[test]
fn every_fault_of_every_layer_is_found_at_once() {
    let good = layer("good", vec![person("amara")]);
    let nobody = layer("good", vec![person("zoe"), person("ben"), Slot::Skill(Skill::Physical)]);
    let mut never = layer("never", vec![]);
    (never.days, never.rotates_every_weeks, never.to) = (vec![], 0, never.from);
    let mut elsewhere = layer("elsewhere", vec![person("chloe")]);
    elsewhere.dates = vec![jiff::civil::date(2026, 12, 1)];
    assert_eq!(
        faults(vec![good, nobody, never, elsewhere]),
        [
            (1, LayerPart::Id),
            (1, LayerPart::Slot(0)),
            (1, LayerPart::Slot(2)),
            (2, LayerPart::Days),
            (2, LayerPart::To),
            (2, LayerPart::Rotation),
            (2, LayerPart::RotatesEveryWeeks),
            (3, LayerPart::Dates),
        ]
    );
}

#[test]
fn one_person_is_not_on_twice_at_the_same_time_but_two_people_may_be() {
    let first = layer("first", vec![person("amara"), person("ben")]);
    let turned = layer("turned", vec![person("ben"), person("amara")]);
    assert_eq!(
        decide(&rota_of(vec![]), RotaCommand::SetLayers(vec![first.clone(), turned.clone()])),
        Ok(())
    );
    let slow = Layer { rotates_every_weeks: 2, ..turned };
    assert_eq!(faults(vec![first, slow]), [(1, LayerPart::To)]);
}

#[test]
fn what_is_so_already_is_not_recorded_again() {
    let rota = amaras();
    let layers = rota.month(november()).unwrap().layers.clone();
    let decided = rota.decide(TeamId::front_door(), november(), RotaCommand::SetLayers(layers));
    assert_eq!(decided, Ok(None));
}

#[test]
fn an_override_lies_in_its_month_and_names_somebody_of_the_team() {
    let rota = amaras();
    let instead = |from: &str, to: &str, who: &str| {
        let instead = Override { from: at(from), to: at(to), adviser: Some(name(who)) };
        decide(&rota, RotaCommand::Override(instead))
    };
    let (noon, later) = ("2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z");
    assert_eq!(instead(noon, later, "ben"), Ok(()));
    assert_eq!(instead(noon, noon, "ben"), Err(RotaRefusal::Unbounded));
    assert_eq!(instead(noon, "2036-11-20T12:00:00Z", "ben"), Err(RotaRefusal::Unbounded));
    let other = Err(RotaRefusal::AnotherMonth(november()));
    assert_eq!(instead(noon, "2026-12-01T00:00:01Z", "ben"), other);
    assert_eq!(instead(noon, later, "zoe"), Err(RotaRefusal::UnknownPerson(name("zoe"))));
}

#[test]
fn an_absence_ends_and_is_of_somebody_of_the_team() {
    let rota = amaras();
    let away = |who: &str, to: &str| {
        let (id, from) = (AbsenceId(Uuid::nil()), at("2026-11-20T12:00:00Z"));
        let absence = Absence { id, adviser: name(who), from, to: at(to) };
        decide(&rota, RotaCommand::RecordAbsence(absence))
    };
    assert_eq!(away("ben", "2027-04-20T12:00:00Z"), Ok(()));
    assert_eq!(away("ben", "2026-11-20T12:00:00Z"), Err(RotaRefusal::Unbounded));
    assert_eq!(away("ben", "9999-12-30T12:00:00Z"), Err(RotaRefusal::Unbounded));
    assert_eq!(away("zoe", "2026-11-21T12:00:00Z"), Err(RotaRefusal::UnknownPerson(name("zoe"))));
    let unknown = RotaCommand::EndAbsence(AbsenceId(Uuid::nil()), at("2026-11-20T12:00:00Z"));
    assert_eq!(decide(&rota, unknown), Err(RotaRefusal::UnknownAbsence));
}
