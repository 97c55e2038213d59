//! The school chooses: advice or more, the support as it is or not, and how it all went.

use super::*;
use crate::codes::{Ending, OutcomeCode};
use crate::event::RequestEvent as E;
use crate::request::Stage;
use crate::request::event::RoutedBy;
use crate::triage::{Route, Why};

fn accept_advice() -> Command {
    Command::AcceptAdvice(Words::default())
}

fn go_on() -> Command {
    Command::GoOn(words())
}

fn signpost(services: &[&str]) -> Command {
    let services = services.iter().map(|slug| county::service(slug)).collect();
    Command::Signpost(services, Words::default())
}

fn panel(name: &str, candidates: &[&str]) -> Route {
    let candidates = candidates.iter().map(|slug| county::service(slug)).collect();
    Route::Panel { panel: name.parse().unwrap(), candidates }
}

fn supported() -> Story {
    let outcome = OutcomeCode::GoalsMet;
    let service = county::service("specialist-sen");
    received(county::for_a_service())
        .when(accept("specialist-sen"))
        .when(Command::RecordOutcome(service, outcome, words()))
        .then_is(Status::Supported)
}

#[test]
fn a_signpost_answers_the_school_and_must_lead_somewhere() {
    let story = received(county::for_advice());
    story
        .clone()
        .when(signpost(&["sensory-support", "sensory-support"]))
        .then(&["signposted"])
        .then_promises(&["respond kept after 0 min"]);
    story.clone().when(Command::Signpost(vec![], words())).then(&["signposted"]);
    story.clone().when(signpost(&[])).then_refused(&Refusal::NothingSaid);
    let service = county::service("nowhere");
    let unknown = Refusal::UnknownSignpost { place: 1, service };
    story.when(signpost(&["sensory-support", "nowhere"])).then_refused(&unknown);
}

#[test]
fn a_school_that_takes_the_advice_ends_its_request_with_it() {
    let advised = received(county::for_advice()).when(advise());
    let story =
        advised.when(accept_advice()).then(&["advice_accepted", "closed"]).then_promises(&[]);
    assert_eq!(story.case().stage, Stage::Closed { ending: Ending::AdviceGiven });
    let signposted = received(county::for_advice()).when(signpost(&["sensory-support"]));
    let story = signposted.when(accept_advice());
    assert_eq!(story.case().stage, Stage::Closed { ending: Ending::Signposted });
}

#[test]
fn without_advice_there_is_nothing_to_take_or_to_leave() {
    for choice in [accept_advice(), go_on()] {
        let story = received(county::for_advice());
        story.when(choice.clone()).then_refused(&Refusal::NoAdvice);
        let reopened = received(county::for_advice())
            .when(advise())
            .when(accept_advice())
            .when(Command::Reopen(words()));
        reopened.when(choice).then_refused(&Refusal::NoAdvice);
    }
}

#[test]
fn where_no_service_fits_going_on_leads_to_the_panel_of_the_area() {
    let story = received(county::for_advice())
        .when(advise())
        .at("2026-11-23T10:00:00Z")
        .when(go_on())
        .then(&["advice_declined", "routed"])
        .then_is(Status::AwaitingPanel)
        .then_promises(&["panel_decision begins, due 2027-01-07T17:00:00Z"]);
    assert_eq!(story.case().route, Some(panel("communication-interaction", &[])));
    let by_the_school = |event: &E| matches!(event, E::Routed(it) if it.by == RoutedBy::School);
    assert!(story.happened().any(by_the_school));
    story.when(go_on()).then_refused(&Refusal::NotNow {
        verb: "sent on by the school",
        status: Status::AwaitingPanel,
    });
}

#[test]
fn where_one_service_fits_going_on_leads_to_it() {
    let story = received(county::for_a_service())
        .when(Command::ReferToPanel(None, because(ReasonCode::UrgentNeed)))
        .when(Command::PutOnAgenda(meeting()))
        .when(rule(Decision::Advice))
        .then_is(Status::WithDutyAdviser)
        .at("2026-11-23T10:00:00Z")
        .when(go_on())
        .then(&["advice_declined", "routed"])
        .then_promises(&["first_contact begins, due 2026-11-30T17:00:00Z"]);
    let service = county::service("specialist-sen");
    assert_eq!(story.case().route, Some(Route::Service { service }));
}

#[test]
fn a_service_that_declined_is_not_asked_again() {
    let story = received(county::for_a_service())
        .when(decline("specialist-sen"))
        .when(advise())
        .when(go_on());
    assert_eq!(story.case().route, Some(panel("communication-interaction", &["specialist-sen"])));
}

#[test]
fn what_only_a_panel_grants_goes_to_the_panel_again() {
    on_the_agenda(county::for_a_panel())
        .when(rule(Decision::Advice))
        .when(go_on())
        .then_is(Status::AwaitingPanel);
}

#[test]
fn a_child_who_lives_elsewhere_stays_the_other_authoritys() {
    let story = received(county::for_another_authority()).when(advise()).when(go_on());
    let why = Why::Redirect { authority: "835".parse().unwrap() };
    assert_eq!(story.case().route, Some(Route::Duty { why }));
}

#[test]
fn what_the_rules_could_not_decide_is_asked_for_again_when_the_school_goes_on() {
    received(county::without_consent(county::for_a_service()))
        .when(Command::Close(Ending::NoAnswer, Words::default()))
        .when(Command::Reopen(Words::default()))
        .when(advise())
        .when(go_on())
        .then(&["advice_declined", "triaged", "information_asked"])
        .then_is(Status::AwaitingInformation)
        .when(supply_consent())
        .then_is(Status::WithService);
}

#[test]
fn advice_does_not_end_what_a_service_has_taken_on() {
    let accepted = received(county::for_a_service()).when(accept("specialist-sen")).when(advise());
    let (verb, status) = ("ended by taking the advice", Status::WithService);
    accepted.when(accept_advice()).then_refused(&Refusal::NotNow { verb, status });
}

#[test]
fn an_outcome_that_the_school_confirms_ends_the_request() {
    let story = supported()
        .when(Command::ConfirmOutcome(Agreement::Agreed, Words::default()))
        .then(&["outcome_confirmed", "closed"]);
    assert_eq!(story.case().stage, Stage::Closed { ending: Ending::SupportComplete });
}

#[test]
fn an_outcome_that_the_school_disputes_goes_to_the_adviser_who_owes_an_answer() {
    let dispute = |words| Command::ConfirmOutcome(Agreement::Disputed, words);
    supported().when(dispute(Words::default())).then_refused(&Refusal::TextRequired);
    let story = supported()
        .at("2026-11-23T10:00:00Z")
        .when(dispute(words()))
        .then(&["outcome_disputed"])
        .then_is(Status::WithDutyAdviser)
        .then_promises(&["respond begins, due 2026-11-30T17:00:00Z"]);
    assert_eq!(story.case().route, Some(Route::Duty { why: Why::OutcomeDisputed }));
}

#[test]
fn it_is_the_schools_turn_while_it_has_something_to_say_and_no_longer() {
    let turn = |story: &Story| story.case().waits_for_school();
    let asked = received(county::without_consent(county::for_a_service()));
    assert!(turn(&asked));
    assert!(!turn(&asked.when(supply_consent())), "it was answered");
    let advised = received(county::for_advice()).when(advise());
    assert!(turn(&advised));
    assert!(!turn(&advised.when(accept_advice())), "it is closed");
    let accepted = received(county::for_a_service()).when(accept("specialist-sen")).when(advise());
    assert!(!turn(&accepted), "a service has it");
    let supported = supported();
    assert!(turn(&supported));
    let disputed = supported.when(Command::ConfirmOutcome(Agreement::Disputed, words()));
    assert!(!turn(&disputed), "it has said so");
}

#[test]
fn feedback_is_given_once_there_is_something_to_say_and_as_often_as_one_likes() {
    received(county::for_advice()).when(feedback()).then_refused(&Refusal::NotAnswered);
    let waiting = received(county::without_consent(county::for_a_service()));
    waiting.when(feedback()).then_refused(&Refusal::NotAnswered);
    let advised = received(county::for_advice()).when(advise());
    advised.when(feedback()).when(feedback()).then(&["feedback_given"]).then_promises(&[]);
    let withdrawn = received(county::for_advice()).when(Command::Withdraw(Words::default()));
    withdrawn.when(feedback()).then(&["feedback_given"]).then_is(Status::Closed);
}

#[test]
fn feedback_is_about_the_service_that_had_the_request_last_and_did_not_decline_it() {
    let about = |story: Story| {
        let story = story.when(feedback());
        let given = story.happened().find_map(|event| {
            if let E::FeedbackGiven(given) = event { Some(given.service.clone()) } else { None }
        });
        given.unwrap()
    };
    assert_eq!(about(supported()), Some(county::service("specialist-sen")));
    let declined = received(county::for_a_service()).when(decline("specialist-sen"));
    assert_eq!(about(declined.when(advise())), None);
}
