//! A service hands a request straight to another; whoever sends it round once too often finds
//! a gap in the criteria.

use super::*;
use crate::ids::ServiceSlug;
use crate::request::event::{CriteriaGapFound, RoutedBy};
use crate::triage::Route;
use proptest::prelude::*;

const SERVICE: &str = "specialist-sen";
const OTHER: &str = "sensory-support";

fn gap(story: &Story) -> Option<CriteriaGapFound> {
    story.happened().find_map(|event| {
        if let RequestEvent::CriteriaGapFound(gap) = event { Some(gap.clone()) } else { None }
    })
}

#[test]
fn a_hand_over_leads_straight_to_the_other_service_and_its_promise() {
    let story = received(county::for_a_service())
        .when(hand_over(SERVICE, OTHER))
        .then(&["routed"])
        .then_promises(&["first_contact lapses", "first_contact begins, due 2026-11-24T17:00:00Z"])
        .then_is(Status::WithService)
        .then_respond_by(Some("2026-11-27T17:00:00Z"));
    let RequestEvent::Routed(routed) = story.happened().next().unwrap() else { panic!() };
    assert_eq!(routed.by, RoutedBy::HandOver);
    assert_eq!(routed.reason.as_ref().map(|reason| reason.code), Some(ReasonCode::WrongService));
    assert_eq!(story.case().service(), Some(&county::service(OTHER)));
    assert_eq!(story.case().bounces.len(), 1);
}

#[test]
fn a_service_that_took_it_on_can_still_hand_it_over() {
    received(county::for_a_service())
        .when(accept(SERVICE))
        .when(hand_over(SERVICE, OTHER))
        .then(&["routed"])
        .when(accept(OTHER))
        .then(&["accepted"]);
}

#[test]
fn a_hand_over_says_why_in_a_code_and_in_words() {
    let refused = Refusal::ReasonRequired("a hand-over");
    let wordless = Stated { words: Words::default(), ..because(ReasonCode::WrongService) };
    for stated in [unexplained(), wordless] {
        let (by, to) = (county::service(SERVICE), county::service(OTHER));
        received(county::for_a_service())
            .when(Command::HandOver(by, to, stated))
            .then_refused(&refused);
    }
}

#[test]
fn a_service_hands_nothing_to_itself_to_nobody_or_to_one_that_is_gone() {
    let story = received(county::for_a_service());
    let itself = Refusal::AlreadyWithService(county::service(SERVICE));
    story.clone().when(hand_over(SERVICE, SERVICE)).then_refused(&itself);
    let nobody = Refusal::UnknownService(county::service("nowhere"));
    story.clone().when(hand_over(SERVICE, "nowhere")).then_refused(&nobody);

    let mut desk = county::desk();
    let entry = desk.services.get_mut(&county::service(OTHER)).unwrap();
    entry.status = crate::service::ServiceStatus::Inactive;
    let gone = Refusal::ServiceGone(county::service(OTHER));
    let story = Story { desk: Rc::new(desk), ..story };
    story.when(hand_over(SERVICE, OTHER)).then_refused(&gone);
}

#[test]
fn another_service_cannot_hand_it_over() {
    let refused = Refusal::AnotherService { service: county::service(SERVICE) };
    received(county::for_a_service()).when(hand_over(OTHER, SERVICE)).then_refused(&refused);
}

#[test]
fn the_second_hand_over_is_for_the_panel_and_a_gap_in_the_criteria() {
    let story = received(county::for_a_service())
        .when(hand_over(SERVICE, OTHER))
        .when(hand_over(OTHER, "statutory-sen"))
        .then(&["routed", "criteria_gap_found", "routed"])
        .then_is(Status::AwaitingPanel);
    let services = [SERVICE, OTHER].map(county::service).to_vec();
    let codes = vec![ReasonCode::WrongService; 2];
    assert_eq!(gap(&story), Some(CriteriaGapFound { services, codes }));
}

#[test]
fn a_panel_to_which_a_person_sends_it_the_second_time_is_told_of_the_gap_too() {
    let to_panel = Command::ReferToPanel(None, because(ReasonCode::ProfessionalJudgement));
    received(county::for_a_service())
        .when(hand_over(SERVICE, OTHER))
        .when(to_panel)
        .then(&["routed", "criteria_gap_found"])
        .then_is(Status::AwaitingPanel);
}

/// How a service lets a request go, or that it keeps it for now.
#[derive(Clone, Copy, Debug)]
enum Does {
    Keep,
    Decline,
    HandOver,
}

/// What the service that has it does; an adviser who has it sends it to another service.
fn next(story: &Story, does: Does) -> Command {
    let had: Option<ServiceSlug> = story.case().service().cloned();
    let other = |had: Option<&ServiceSlug>| {
        let services = [SERVICE, OTHER].map(county::service);
        services.into_iter().find(|service| Some(service) != had).unwrap()
    };
    match (had, does) {
        (Some(had), Does::Decline) => Command::Decline(had, because(ReasonCode::CriteriaNotMet)),
        (Some(had), Does::HandOver) => {
            let to = other(Some(&had));
            Command::HandOver(had, to, because(ReasonCode::WrongService))
        }
        (Some(_), Does::Keep) => Command::Note(words()),
        (None, _) => Command::Route(other(None), because(ReasonCode::Other)),
    }
}

proptest! {
    #[test]
    fn whoever_lets_it_go_the_panel_gets_it_exactly_at_the_second_time(
        does in prop::collection::vec(
            prop::sample::select(vec![Does::Keep, Does::Decline, Does::HandOver]), 1..12),
    ) {
        let mut story = received(county::for_a_service());
        let mut let_go = 0;
        for does in does {
            let by_service = story.case().service().is_some();
            let command = next(&story, does);
            story = story.when(command);
            let_go += usize::from(by_service && !matches!(does, Does::Keep));
            prop_assert_eq!(story.case().bounces.len(), let_go);
            prop_assert_eq!(story.case().panel().is_some(), let_go == 2, "{:?}", does);
            prop_assert_eq!(gap(&story).is_some(), let_go == 2);
            if let Some(Route::Panel { .. }) = &story.case().route {
                prop_assert_eq!(story.case().status(), Status::AwaitingPanel);
                return Ok(());
            }
        }
    }
}
