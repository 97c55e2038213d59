//! One service leads; others contribute, each answering for its own part.

use super::*;
use crate::codes::OutcomeCode;
use crate::request::PartState;

const LEAD: &str = "specialist-sen";
const OTHER: &str = "sensory-support";

fn involve(by: Option<&str>, service: &str) -> Command {
    Command::Involve(by.map(county::service), county::service(service), words())
}

fn release(by: Option<&str>, service: &str) -> Command {
    Command::Release(by.map(county::service), county::service(service), words())
}

fn contact(service: &str) -> Command {
    Command::RecordContact(county::service(service), words())
}

fn with_contribution() -> Story {
    received(county::for_a_service()).when(accept(LEAD)).when(involve(Some(LEAD), OTHER))
}

fn state(story: &Story, service: &str) -> Option<PartState> {
    let service = county::service(service);
    story.case().parts().find(|part| *part.service == service).map(|part| part.state)
}

#[test]
fn a_contributing_service_takes_its_part_on_and_the_request_stays_where_it_is() {
    let story = with_contribution().then(&["involved"]).then_promises(&[]);
    assert_eq!(state(&story, OTHER), Some(PartState::Waiting));
    let story = story
        .when(accept(OTHER))
        .then(&["contribution_accepted"])
        .then_promises(&[])
        .then_is(Status::WithService);
    assert_eq!(state(&story, OTHER), Some(PartState::Accepted));
    assert_eq!(story.case().service(), Some(&county::service(LEAD)));
    story.when(accept(OTHER)).then_refused(&Refusal::AlreadyAccepted);
}

#[test]
fn it_should_be_in_touch_when_it_promises_and_the_leads_promise_is_the_leads() {
    let story = with_contribution().at("2026-11-23T10:00:00Z").when(contact(OTHER));
    let story = story.then(&["first_contact_made"]).then_promises(&[]);
    let part = story.case().contributing[&county::service(OTHER)];
    assert_eq!(part.contact_by, at("2026-11-24T17:00:00Z"), "two working days");
    assert_eq!(part.contacted_at, Some(at("2026-11-23T10:00:00Z")));
    story.when(contact(LEAD)).then_promises(&["first_contact kept after 480 min"]);
}

#[test]
fn it_declines_its_part_with_the_reasons_of_any_decline_and_has_none_any_more() {
    let unexplained = Command::Decline(county::service(OTHER), unexplained());
    with_contribution().when(unexplained).then_refused(&Refusal::ReasonRequired("a decline"));
    let story = with_contribution().when(decline(OTHER)).then(&["contribution_declined"]);
    assert_eq!(state(&story, OTHER), None);
    assert_eq!((story.case().bounces.len(), story.case().status()), (0, Status::WithService));
}

#[test]
fn the_lead_the_adviser_or_the_service_itself_ends_a_part() {
    for by in [Some(LEAD), None, Some(OTHER)] {
        let story = with_contribution().when(release(by, OTHER)).then(&["released"]);
        assert_eq!(state(&story, OTHER), None);
    }
    let refused = Refusal::AnotherService { service: county::service(LEAD) };
    with_contribution().when(release(Some("statutory-sen"), OTHER)).then_refused(&refused);
    let silent = Command::Release(None, county::service(OTHER), Words::default());
    with_contribution().when(silent).then_refused(&Refusal::NothingSaid);
    let refused = Refusal::NotInvolved(county::service("statutory-sen"));
    with_contribution().when(release(None, "statutory-sen")).then_refused(&refused);
}

#[test]
fn what_the_lead_does_is_not_for_a_contributing_service() {
    let outcome = Command::RecordOutcome(county::service(OTHER), OutcomeCode::GoalsMet, words());
    for command in [outcome, hand_over(OTHER, "statutory-sen")] {
        with_contribution().when(command).then_refused(&Refusal::OnlyTheLead);
    }
    let refused = Refusal::AnotherService { service: county::service(LEAD) };
    with_contribution().when(involve(Some(OTHER), "statutory-sen")).then_refused(&refused);
}

#[test]
fn nobody_is_involved_twice_nor_beside_itself_nor_from_nowhere() {
    for (service, refusal) in [
        (OTHER, Refusal::AlreadyInvolved(county::service(OTHER))),
        (LEAD, Refusal::AlreadyWithService(county::service(LEAD))),
        ("nowhere", Refusal::UnknownService(county::service("nowhere"))),
    ] {
        with_contribution().when(involve(None, service)).then_refused(&refusal);
    }
    received(county::for_a_panel()).when(involve(None, OTHER)).then_refused(&Refusal::NotNow {
        verb: "given a contributing service",
        status: Status::AwaitingPanel,
    });
}

#[test]
fn who_contributed_and_then_leads_has_one_part() {
    let story = with_contribution().when(hand_over(LEAD, OTHER)).then(&["routed"]);
    assert_eq!(story.case().parts().count(), 1);
    assert_eq!(state(&story, OTHER), Some(PartState::Waiting));
    assert_eq!(state(&story, LEAD), None);
}

#[test]
fn when_the_request_is_closed_every_part_is_over() {
    let close = Command::Close(crate::codes::Ending::SupportComplete, words());
    let story = with_contribution().when(accept(OTHER)).when(close);
    assert_eq!(state(&story, LEAD), Some(PartState::Over));
    assert_eq!(state(&story, OTHER), Some(PartState::Over));
}
