//! Who becomes accountable, and when a request changes hands.

use super::*;
use crate::desk::Workload;
use crate::event::RequestEvent as E;
use crate::event::{DeskEvent, TeamFormed};
use crate::ids::{AbsenceId, AccountId, TeamId};
use crate::request::event::{Assigned, AssignedBecause, EscalatedAbout};
use crate::rota::{Absence, Layer, RotaChange, Shift};
use crate::team::{Member, Skill, Team};
use proptest::prelude::*;

/// Amara knows about communication, Ben and Chloe about hearing; Mira manages them. They are
/// all on from nine to five, in the order of the alphabet.
fn desk() -> Desk {
    let mut desk = desk_without_shifts();
    let weekday = |day: &crate::rota::Day, adviser: &str| Shift {
        day: *day,
        from: jiff::civil::time(9, 0, 0, 0),
        to: jiff::civil::time(17, 0, 0, 0),
        adviser: county::name(adviser),
    };
    for month in ["2026-11", "2026-12"] {
        let month = month.parse().unwrap();
        let people = ["amara", "ben", "chloe"].into_iter();
        let days = crate::rota::Day::ALL.iter().take(5);
        let shifts = days.flat_map(|day| people.clone().map(|who| weekday(day, who))).collect();
        change(&mut desk, month, RotaChange::Layers(Layer::weekly(month, shifts)));
    }
    desk
}

fn change(desk: &mut Desk, month: crate::rota::Month, change: RotaChange) {
    desk.rotas.entry(TeamId::front_door()).or_default().apply(month, 1, change);
}

fn desk_without_shifts() -> Desk {
    let member = |who: &str, skill| Member { account: county::name(who), skills: vec![skill] };
    let team = Team {
        id: TeamId::front_door(),
        name: "Front door".to_owned(),
        manager: county::name("mira"),
        members: vec![
            member("amara", Skill::Communication),
            member("ben", Skill::Sensory),
            member("chloe", Skill::Sensory),
        ],
    };
    let mut desk = county::desk_without_a_rota();
    desk.apply(&DeskEvent::TeamFormed(TeamFormed { team }), 1);
    desk
}

/// The same, with somebody away from an instant of November on.
fn desk_without(adviser: &str, from: &str, to: &str) -> Desk {
    let mut desk = desk();
    let id = AbsenceId(Uuid::nil());
    let absence = Absence { id, adviser: county::name(adviser), from: at(from), to: at(to) };
    change(&mut desk, "2026-11".parse().unwrap(), RotaChange::Absence(absence));
    desk
}

fn busy(with: &[(&str, u32)]) -> Workload {
    with.iter().map(|(who, open)| (county::name(who), *open)).collect()
}

fn submit(intake: Intake, workload: Workload) -> Command {
    let Command::Submit(submit) = county::submit(intake) else { panic!("not a submission") };
    Command::Submit(Box::new(crate::request::Submit { workload, ..*submit }))
}

#[track_caller]
fn goes_to(need: &str, workload: Workload, expected: &str) {
    let story = given(desk()).when(submit(county::child_with(need), workload));
    assert_eq!(story.case().adviser, Some(county::name(expected)), "{need}");
}

#[track_caller]
fn assigned(story: &Story) -> Assigned {
    let assigned = story.happened().find_map(|event| {
        if let E::Assigned(assigned) = event { Some(assigned.clone()) } else { None }
    });
    assigned.unwrap()
}

#[test]
fn of_those_on_duty_whoever_knows_about_the_need_comes_first() {
    goes_to("ASD", busy(&[("amara", 9)]), "amara");
    goes_to("HI", busy(&[("amara", 0), ("ben", 7), ("chloe", 8)]), "ben");
}

#[test]
fn of_those_who_know_whoever_has_least_comes_first_and_then_the_name_decides() {
    goes_to("HI", busy(&[("ben", 3), ("chloe", 2)]), "chloe");
    goes_to("HI", busy(&[("ben", 3), ("chloe", 3)]), "ben");
}

#[test]
fn where_nobody_knows_about_the_need_whoever_has_least_takes_it() {
    goes_to("SEMH", busy(&[("amara", 2), ("ben", 3), ("chloe", 1)]), "chloe");
}

#[test]
fn a_week_without_anybody_is_the_next_shifts_and_the_line_managers_to_know_of() {
    let mut desk = desk();
    let nobody = crate::rota::Override {
        from: at("2026-11-20T09:00:00Z"),
        to: at("2026-11-27T17:00:00Z"),
        adviser: None,
    };
    change(&mut desk, "2026-11".parse().unwrap(), RotaChange::Override(nobody));
    for received in ["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"] {
        let story = given(desk.clone())
            .at(received)
            .when(submit(county::child_with("HI"), Workload::default()))
            .then(&["received", "triaged", "rota_gap_found", "escalated", "assigned"]);
        let told = story.happened().any(|event| {
            matches!(event, E::Escalated(it)
                if it.to == county::name("mira") && it.about == EscalatedAbout::RotaGap)
        });
        assert!(told);
        let assigned = assigned(&story);
        assert_eq!(assigned.adviser, Some(county::name("ben")));
        assert_eq!(assigned.from_next_shift_at, Some(at("2026-11-30T09:00:00Z")));
        assert_eq!(assigned.because, AssignedBecause::NextShift);
    }
}

#[test]
fn a_rota_that_names_nobody_makes_the_line_manager_accountable() {
    let story = given(desk_without_shifts())
        .at("2026-11-21T12:00:00Z")
        .when(submit(county::child_with("HI"), Workload::default()))
        .then(&["received", "triaged", "rota_gap_found", "escalated", "assigned"]);
    assert_eq!(story.case().adviser, Some(county::name("mira")));
    assert_eq!(assigned(&story).because, AssignedBecause::EmptyRota);
}

#[test]
fn a_person_hands_it_to_an_adviser_or_to_somebody_of_a_team() {
    let hand_to = |who: &str| {
        let story = given(desk()).when(submit(county::for_advice(), Workload::default()));
        story.when(Command::Assign(county::name(who), words()))
    };
    let story = hand_to("mira").then(&["assigned"]);
    assert_eq!(story.case().adviser, Some(county::name("mira")));
    assert_eq!(assigned(&story).because, AssignedBecause::ByHand);
    assert!(story.changes()[0].personal.is_some(), "what was said travels beside it");
    hand_to("zoe").then_refused(&Refusal::UnknownAdviser(county::name("zoe")));
    let holder: AccountId = story.case().adviser.clone().unwrap();
    story.when(Command::Assign(holder, Words::default())).then(&[]);
}

const AWAY: [&str; 2] = ["2026-11-23T09:00:00Z", "2026-11-25T17:00:00Z"];

/// What an absence does to Ben's request, as it stands when the absence has begun.
fn covered(story: Story) -> Story {
    let story = story.at("2026-11-23T09:30:00Z");
    story.when(Command::Cover(county::name("ben"), at(AWAY[1]), Workload::default()))
}

fn bens(intake: Intake) -> Story {
    given(desk_without("ben", AWAY[0], AWAY[1])).when(submit(intake, busy(&[("chloe", 1)])))
}

#[test]
fn what_needs_an_adviser_moves_when_theirs_is_away_and_moves_once() {
    let advice =
        Intake { support_sought: vec![crate::codes::Support::Advice], ..county::child_with("HI") };
    let with_adviser =
        bens(Intake { concerns: vec![crate::codes::Concern::CriticalIncident], ..advice });
    let waiting = bens(county::without_consent(county::child_with("HI")));
    for story in [with_adviser, waiting] {
        assert_eq!(story.case().adviser, Some(county::name("ben")));
        let story = covered(story).then(&["assigned"]).then_promises(&[]);
        assert_eq!(story.case().adviser, Some(county::name("chloe")));
        assert_eq!(assigned(&story).because, AssignedBecause::Absence);
        covered(story).then(&[]);
    }
}

#[test]
fn what_needs_nobody_before_they_are_back_stays() {
    // With a service; the answer is due on the 27th, the first contact on the 24th.
    let with_service = bens(county::child_with("HI"));
    covered(with_service.clone()).then(&["assigned"]);
    let contacted = with_service
        .when(Command::RecordContact(county::service("sensory-support"), Words::default()));
    covered(contacted).then(&[]);
}

#[test]
fn what_is_somebody_elses_or_closed_stays() {
    let others = given(desk_without("ben", AWAY[0], AWAY[1]))
        .when(submit(county::for_advice(), Workload::default()));
    covered(others).then(&[]);
    let closed = bens(county::child_with("HI"))
        .when(Command::Close(crate::codes::Ending::AdviceGiven, words()));
    covered(closed).then(&[]);
}

proptest! {
    #[test]
    fn work_is_shared_out_evenly_among_those_who_know(needs in proptest::collection::vec(
        proptest::sample::select(&["HI", "VI", "ASD", "SLCN"][..]), 1..60))
    {
        let (mut workload, desk) = (Workload::default(), Rc::new(desk()));
        for need in needs {
            let story = given(Rc::clone(&desk)).when(submit(county::child_with(need), workload.clone()));
            workload.add(story.case().adviser.clone().unwrap());
        }
        let [ben, chloe] = ["ben", "chloe"].map(|who| workload.of(&county::name(who)));
        prop_assert!(ben == chloe || ben == chloe + 1, "{} and {}", ben, chloe);
    }
}
