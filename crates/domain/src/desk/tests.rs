//! The desk, folded from what the directory records.

mod rules;
mod schools;

use super::*;
use crate::codes::Phase;
use crate::county;
use crate::event::{RuleSetActivated, SchoolRegistered};

fn school(urn: &str) -> School {
    let school = county::desk().schools[&county::PRIMARY_SCHOOL].clone();
    School { urn: urn.parse().unwrap(), ..school }
}

fn activated(draft: RuleSetDraft) -> DeskEvent {
    DeskEvent::RuleSetActivated(RuleSetActivated { draft, of_draft: None, reason: None })
}

#[test]
fn rules_that_can_no_longer_be_read_leave_those_before_in_force() {
    let mut desk = county::desk();
    let unreadable = RuleSetDraft { mode: Some("oracle".to_owned()), ..county::rules() };
    desk.apply(&activated(unreadable.clone()), 2);
    assert_eq!(desk.rules.version, 1);
    assert_eq!(desk.rule_drafts[&2], unreadable, "what was activated stays known");
}

#[test]
fn every_draft_that_was_ever_active_stays_known() {
    let mut desk = county::desk();
    desk.apply(&activated(RuleSetDraft { services: vec![], ..county::rules() }), 2);
    assert_eq!(desk.rules.version, 2);
    assert_eq!(desk.rule_drafts[&1], county::rules());
}

#[test]
fn a_calendar_is_of_the_version_of_its_stream() {
    assert_eq!(county::desk().calendar.version, 1);
    let calendar = Calendar { version: 99, ..county::desk().calendar };
    let mut desk = county::desk();
    desk.apply(&DeskEvent::CalendarPublished(crate::event::CalendarPublished { calendar }), 2);
    assert_eq!(desk.calendar.version, 2);
}

#[test]
fn a_service_of_the_directory_has_its_own_first_contact_and_any_other_the_usual() {
    let desk = county::desk();
    let first_contact =
        |slug: &str| desk.allowance(Promise::FirstContact, Some(&county::service(slug)));
    assert_eq!(first_contact("sensory-support"), Allowance::WorkingDays(2));
    assert_eq!(first_contact("nowhere"), Allowance::WorkingDays(5));
}

#[test]
fn before_anything_is_recorded_the_usual_promises_hold() {
    let desk = Desk::default();
    for (promise, allowance) in [
        (Promise::Acknowledge, Allowance::WorkingDays(1)),
        (Promise::Respond, Allowance::WorkingDays(5)),
        (Promise::PanelDecision, Allowance::WorkingDays(30)),
        (Promise::FirstContact, Allowance::WorkingDays(5)),
        (Promise::EhcDecideToAssess, Allowance::CalendarWeeks(6)),
        (Promise::EhcDecideNotToIssue, Allowance::CalendarWeeks(16)),
        (Promise::EhcFinalPlan, Allowance::CalendarWeeks(20)),
    ] {
        assert_eq!(desk.allowance(promise, None), allowance, "{promise}");
    }
}

mod changing {
    use super::*;
    use crate::event::ShiftsSet;
    use crate::ids::TeamId;
    use crate::rota::{Day, Override, RotaRefusal, Shift};
    use jiff::civil::time;

    fn shift(day: Day, from: i8, to: i8) -> Shift {
        let (from, to) = (time(from, 0, 0, 0), time(to, 0, 0, 0));
        Shift { day, from, to, adviser: county::name("amara") }
    }

    fn set_shifts(shifts: Vec<Shift>) -> Result<Option<DeskEvent>, DeskRefusal> {
        let month = "2026-11".parse().unwrap();
        county::desk().decide(DeskCommand::SetShifts(TeamId::front_door(), month, shifts))
    }

    #[test]
    fn what_is_so_already_is_not_recorded_again() {
        let desk = county::desk();
        for command in [
            DeskCommand::NameCouncil("865".parse().unwrap(), "Downland County Council".to_owned()),
            DeskCommand::ListService(desk.services[&county::service("sensory-support")].clone()),
            DeskCommand::EstablishPanel(desk.panels[&"semh".parse().unwrap()].clone()),
            DeskCommand::RegisterSchool(county::PRIMARY_SCHOOL, school("126512")),
        ] {
            assert_eq!(desk.decide(command.clone()), Ok(None), "{command:?}");
        }
    }

    #[test]
    fn a_changed_entry_is_recorded() {
        let pupils = School { phase: Phase::AllThrough, ..school("126512") };
        let command = DeskCommand::RegisterSchool(county::PRIMARY_SCHOOL, pupils.clone());
        let registered = SchoolRegistered { id: county::PRIMARY_SCHOOL, school: pupils };
        let expected = DeskEvent::SchoolRegistered(registered);
        assert_eq!(county::desk().decide(command), Ok(Some(expected)));
    }

    #[test]
    fn two_schools_never_share_a_urn() {
        let command = DeskCommand::RegisterSchool(county::SECONDARY_SCHOOL, school("126512"));
        let refused = DeskRefusal::UrnTaken("126512".parse().unwrap());
        assert_eq!(county::desk().decide(command), Err(refused));
    }

    #[test]
    fn faulty_rules_never_decide_anything() {
        let draft = RuleSetDraft { mode: Some("oracle".to_owned()), ..county::rules() };
        let refused = county::desk().decide(DeskCommand::ActivateRules(draft)).unwrap_err();
        assert!(matches!(refused, DeskRefusal::FaultyRules(faults) if faults.len() == 1));
    }

    #[test]
    fn simple_shifts_are_layers_that_a_person_has_once_at_a_time() {
        let monday = || shift(Day::Monday, 9, 13);
        let touching = vec![monday(), shift(Day::Monday, 13, 17), shift(Day::Tuesday, 9, 13)];
        assert!(matches!(
            set_shifts(touching),
            Ok(Some(DeskEvent::ShiftsSet(ShiftsSet { layers, .. }))) if layers.len() == 3
        ));
        for (faulty, place) in
            [(vec![monday(), shift(Day::Monday, 12, 17)], 1), (vec![shift(Day::Monday, 13, 9)], 0)]
        {
            let Err(DeskRefusal::Rota(RotaRefusal::FaultyLayers(faults))) = set_shifts(faulty)
            else {
                panic!("faulty shifts were taken");
            };
            let places: Vec<usize> = faults.iter().map(|fault| fault.place).collect();
            assert_eq!(places, [place]);
        }
    }

    #[test]
    fn an_override_ends_after_it_begins() {
        let at = "2026-11-20T10:00:00Z".parse().unwrap();
        let instead = Override { from: at, to: at, adviser: None };
        let (team, month) = (TeamId::front_door(), "2026-11".parse().unwrap());
        let command = DeskCommand::OverrideShift(team, month, instead);
        let refused = DeskRefusal::Rota(RotaRefusal::Unbounded);
        assert_eq!(county::desk().decide(command), Err(refused));
    }
}
