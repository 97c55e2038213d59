//! The duty adviser sends a request on: as the rules say, or otherwise with a reason.

use super::*;
use crate::event::RequestEvent as E;
use crate::request::event::RoutedBy;

fn refer(stated: Stated) -> Command {
    Command::ReferToPanel(None, stated)
}

/// Who moved the request in each step of the last decision.
fn routed_by(story: &Story) -> Vec<RoutedBy> {
    story
        .happened()
        .filter_map(|event| if let E::Routed(routed) = event { Some(routed.by) } else { None })
        .collect()
}

#[track_caller]
fn is_an_overrule(story: Story, command: impl Fn(Stated) -> Command) {
    story
        .clone()
        .when(command(unexplained()))
        .then_refused(&Refusal::ReasonRequired("an overrule"));
    let story = story.when(command(because(ReasonCode::ProfessionalJudgement)));
    assert_eq!(routed_by(&story), [RoutedBy::Overrule]);
}

#[track_caller]
fn needs_no_reason(story: Story, command: impl Fn(Stated) -> Command) {
    assert_eq!(routed_by(&story.when(command(unexplained()))), [RoutedBy::Person]);
}

#[test]
fn against_the_rules_needs_a_reason() {
    is_an_overrule(received(county::for_a_service()), |why| route("sensory-support", why));
    is_an_overrule(received(county::for_a_service()), refer);
    is_an_overrule(received(county::for_a_panel()), |why| route("specialist-sen", why));
    let no_consent = received(county::without_consent(county::for_a_service()));
    is_an_overrule(no_consent.clone(), |why| route("specialist-sen", why));
    is_an_overrule(no_consent, refer);
}

#[test]
fn where_the_rules_ask_a_person_to_look_the_person_decides() {
    for intake in
        [county::for_advice(), county::for_a_critical_incident(), county::for_another_authority()]
    {
        needs_no_reason(received(intake.clone()), |why| route("specialist-sen", why));
        needs_no_reason(received(intake), refer);
    }
}

#[test]
fn confirming_a_recommendation_needs_no_reason_and_departing_from_it_does() {
    let confirm = |intake| given(county::desk_in_mode("assisted")).when(county::submit(intake));
    needs_no_reason(confirm(county::for_a_service()), |why| route("specialist-sen", why));
    is_an_overrule(confirm(county::for_a_service()), |why| route("sensory-support", why));
    needs_no_reason(confirm(county::for_a_panel()), refer);
    is_an_overrule(confirm(county::for_a_panel()), |why| route("specialist-sen", why));
}

#[test]
fn after_a_decline_the_rules_have_nothing_left_to_say() {
    let declined = received(county::for_a_service()).when(decline("specialist-sen"));
    needs_no_reason(declined.clone(), |why| route("sensory-support", why));
    needs_no_reason(declined, refer);
}

#[test]
fn the_promises_of_the_old_place_lapse_and_those_of_the_new_begin() {
    received(county::for_a_service())
        .at("2026-11-23T10:00:00Z")
        .when(refer(because(ReasonCode::ProfessionalJudgement)))
        .then_is(Status::AwaitingPanel)
        .then_promises(&["first_contact lapses", "panel_decision begins, due 2027-01-07T17:00:00Z"])
        .at("2026-11-24T10:00:00Z")
        .when(route("behaviour-support", unexplained()))
        .then_is(Status::WithService)
        .then_promises(&[
            "panel_decision lapses",
            "first_contact begins, due 2026-11-27T17:00:00Z",
        ]);
}

#[test]
fn a_request_sent_round_twice_goes_to_its_panel_by_itself() {
    let story = received(county::for_a_service())
        .when(route("sensory-support", because(ReasonCode::WrongService)))
        .then(&["routed"])
        .when(route("behaviour-support", unexplained()))
        .then(&["routed", "criteria_gap_found", "routed"])
        .then_is(Status::AwaitingPanel);
    assert_eq!(routed_by(&story), [RoutedBy::Person, RoutedBy::Bounce]);
    assert_eq!(story.case().bounces.len(), 2);
    assert_eq!(story.case().clocks.open().count(), 2, "respond and panel_decision");
}

#[test]
fn a_question_in_between_does_not_hide_that_it_was_sent_round() {
    let story = received(county::for_a_service())
        .when(ask())
        .when(route("sensory-support", because(ReasonCode::WrongService)));
    assert_eq!(story.case().bounces.len(), 1);
}

#[test]
fn going_on_with_the_same_service_without_an_answer_sends_nobody_round() {
    let story = received(county::for_a_service())
        .when(ask())
        .when(route("specialist-sen", unexplained()))
        .then_is(Status::WithService);
    assert_eq!(story.case().bounces.len(), 0);
}

#[test]
fn once_it_is_with_the_panel_a_person_can_still_send_it_to_a_service() {
    received(county::for_a_service())
        .when(decline("specialist-sen"))
        .when(route("sensory-support", unexplained()))
        .when(decline("sensory-support"))
        .then_is(Status::AwaitingPanel)
        .when(route("behaviour-support", unexplained()))
        .then(&["routed"])
        .then_is(Status::WithService);
}

#[test]
fn the_statutory_clock_begins_once_whoever_sends_the_request_there() {
    let statutory = |why| route("statutory-sen", why);
    received(county::for_advice())
        .when(statutory(unexplained()))
        .then_promises(&[
            "first_contact begins, due 2026-11-27T17:00:00Z",
            "ehc_decide_to_assess begins, due 2027-01-02T00:00:00Z",
            "ehc_decide_not_to_issue begins, due 2027-03-13T00:00:00Z",
            "ehc_final_plan begins, due 2027-04-09T23:00:00Z",
        ])
        .when(refer(unexplained()))
        .then_promises(&["first_contact lapses", "panel_decision begins, due 2027-01-06T17:00:00Z"])
        .when(statutory(unexplained()))
        .then_promises(&[
            "panel_decision lapses",
            "first_contact begins, due 2026-11-27T17:00:00Z",
        ]);
}

#[test]
fn a_place_that_nobody_knows_is_refused() {
    let nowhere = "nowhere";
    received(county::for_advice())
        .when(route(nowhere, unexplained()))
        .then_refused(&Refusal::UnknownService(county::service(nowhere)));
    received(county::for_advice())
        .when(Command::ReferToPanel(Some(nowhere.parse().unwrap()), unexplained()))
        .then_refused(&Refusal::UnknownPanel(nowhere.parse().unwrap()));
}

#[test]
fn where_it_already_is_it_cannot_be_sent() {
    let service = county::service("specialist-sen");
    received(county::for_a_service())
        .when(route("specialist-sen", unexplained()))
        .then_refused(&Refusal::AlreadyWithService(service));
    received(county::for_a_panel())
        .when(refer(unexplained()))
        .then_refused(&Refusal::AlreadyWithPanel);
}

#[test]
fn another_panel_than_that_of_the_area_can_be_named() {
    let semh: crate::ids::PanelId = "semh".parse().unwrap();
    let story = received(county::for_advice())
        .when(Command::ReferToPanel(Some(semh.clone()), unexplained()));
    assert_eq!(story.case().panel(), Some(&semh));
}
