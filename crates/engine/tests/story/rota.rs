//! Somebody is away: what waits for them moves, once, whoever looks and how often.

use crate::county::{County, SCHOOL, by_adviser, by_set_up, submission};
use domain::desk::DeskCommand;
use domain::event::{Event, RequestEvent};
use domain::ids::{AbsenceId, AccountId, RequestId, TeamId};
use domain::personal::Words;
use domain::request::Command;
use domain::request::event::AssignedBecause;
use domain::rota::{Absence, Day, Layer, Month, RotaCommand, Shift};
use domain::team::{Member, Skill, Team};
use jiff::Timestamp;
use jiff::civil::time;
use uuid::Uuid;

const ABSENCE: AbsenceId = AbsenceId(Uuid::from_u128(0xAB));

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn november() -> Month {
    "2026-11".parse().unwrap()
}

fn shift(day: Day, adviser: &str) -> Shift {
    let (from, to) = (time(9, 0, 0, 0), time(17, 0, 0, 0));
    Shift { day, from, to, adviser: adviser.parse().unwrap() }
}

fn change(change: RotaCommand) -> DeskCommand {
    DeskCommand::ChangeRota(TeamId::front_door(), november(), change)
}

/// Amara and Ben are both on all working days, and know about hearing.
async fn county() -> County {
    let county = County::founded().await;
    let member = |who: &str| Member { account: who.parse().unwrap(), skills: vec![Skill::Sensory] };
    let team = Team {
        id: TeamId::front_door(),
        name: "Front door".to_owned(),
        manager: "mira".parse().unwrap(),
        members: vec![member("amara"), member("ben")],
    };
    let days = || Day::ALL.iter().take(5);
    let shifts = days().flat_map(|day| [shift(*day, "amara"), shift(*day, "ben")]).collect();
    let layers = RotaCommand::SetLayers(Layer::weekly(november(), shifts));
    let commands = vec![DeskCommand::FormTeam(team), change(layers)];
    county.engine.configure(&by_set_up(100), commands).await.unwrap();
    county
}

async fn submitted(county: &County, command: u128) -> RequestId {
    county.engine.submit(&by_adviser(command), SCHOOL, submission()).await.unwrap().case.id
}

/// Amara is away from Monday the 23rd to Thursday.
async fn amara_will_be_away(county: &County) {
    let (from, to) = (at("2026-11-23T00:00:00Z"), at("2026-11-26T00:00:00Z"));
    let absence = Absence { id: ABSENCE, adviser: "amara".parse().unwrap(), from, to };
    let command = change(RotaCommand::RecordAbsence(absence));
    county.engine.configure(&by_set_up(101), vec![command]).await.unwrap();
}

async fn adviser(county: &County, request: RequestId) -> AccountId {
    let (state, _) = county.engine.request(request).await.unwrap();
    state.case().unwrap().adviser.clone().unwrap()
}

/// Why a request changed hands, each time.
async fn moves(county: &County, request: RequestId) -> Vec<AssignedBecause> {
    let events = county.engine.stream(&format!("request-{request}")).await.unwrap();
    let assigned = events.into_iter().filter_map(|recorded| {
        if let Some(Event::Request(RequestEvent::Assigned(assigned))) = recorded.event {
            Some(assigned.because)
        } else {
            None
        }
    });
    assigned.collect()
}

#[tokio::test]
async fn work_is_shared_out_by_what_everybody_has_already() {
    let county = county().await;
    let mut advisers = Vec::new();
    for command in 200..204 {
        let request = submitted(&county, command).await;
        advisers.push(adviser(&county, request).await.to_string());
    }
    assert_eq!(advisers, ["amara", "ben", "amara", "ben"]);
}

#[tokio::test]
async fn requests_move_when_an_absence_begins_and_not_before() {
    let county = county().await;
    let (first, second) = (submitted(&county, 200).await, submitted(&county, 201).await);
    amara_will_be_away(&county).await;
    assert_eq!(county.engine.cover_absences().await.unwrap(), 0);
    assert_eq!(county.engine.next_absence().await.unwrap(), Some(at("2026-11-23T00:00:00Z")));

    county.clock.set(at("2026-11-23T08:00:00Z"));

    assert_eq!(county.engine.cover_absences().await.unwrap(), 1);
    assert_eq!(adviser(&county, first).await.as_str(), "ben");
    assert_eq!(moves(&county, first).await, [AssignedBecause::Received, AssignedBecause::Absence]);
    assert_eq!(moves(&county, second).await, [AssignedBecause::Received], "it was Ben's before");
    assert_eq!(county.engine.next_absence().await.unwrap(), None);
}

#[tokio::test]
async fn requests_move_once_however_many_look() {
    let county = county().await;
    let requests = [submitted(&county, 200).await, submitted(&county, 201).await];
    amara_will_be_away(&county).await;
    county.clock.set(at("2026-11-23T09:30:00Z"));
    let looking = (0..8).map(|_| {
        let engine = county.engine.clone();
        tokio::spawn(async move { engine.cover_absences().await.unwrap() })
    });
    let mut handed_on = 0;
    for looked in futures::future::join_all(looking).await {
        handed_on += looked.unwrap();
    }
    assert_eq!(handed_on, 1);
    for request in requests {
        let absent = moves(&county, request).await.into_iter();
        assert!(absent.filter(|because| *because == AssignedBecause::Absence).count() <= 1);
    }
}

#[tokio::test]
async fn a_person_who_hands_it_back_is_not_argued_with() {
    let county = county().await;
    let request = submitted(&county, 200).await;
    amara_will_be_away(&county).await;
    county.clock.set(at("2026-11-23T09:30:00Z"));
    county.engine.cover_absences().await.unwrap();

    let back = Command::Assign("amara".parse().unwrap(), Words::default());
    county.engine.act(&by_adviser(300), request, back).await.unwrap();
    county.engine.cover_absences().await.unwrap();

    assert_eq!(adviser(&county, request).await.as_str(), "amara");
}

#[tokio::test]
async fn who_was_on_duty_as_then_known_is_not_who_is_as_now_known() {
    let county = county().await;
    county.clock.set(at("2026-11-24T12:00:00Z"));
    amara_will_be_away(&county).await;
    let (team, asked) = (TeamId::front_door(), at("2026-11-23T10:00:00Z"));
    let on = |rota: &domain::rota::Rota| -> Vec<(String, u32)> {
        let people = rota.people(asked).into_iter();
        people.map(|on| (on.adviser.to_string(), on.rota_version)).collect()
    };

    let then = county.engine.rota_as_known(&team, asked, asked).await.unwrap().unwrap();
    let now = county.engine.rota_as_known(&team, asked, county.engine.now()).await.unwrap();

    let version = now.as_ref().unwrap().month(november()).unwrap().version;
    assert_eq!(on(&then), [("amara".to_owned(), version - 1), ("ben".to_owned(), version - 1),]);
    assert_eq!(on(now.as_ref().unwrap()), [("ben".to_owned(), version)]);
    assert_eq!(now.as_ref(), county.engine.desk().await.unwrap().rotas.get(&team));
    let before = at("2026-11-20T09:59:59Z");
    assert_eq!(county.engine.rota_as_known(&team, asked, before).await.unwrap(), None);
}
