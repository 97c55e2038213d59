//! A child who lives elsewhere: redirected, and open until the other authority has it.

use super::*;
use crate::codes::Ending;
use crate::personal::{Personal, Receipt};
use crate::triage::{Route, Why};
use jiff::civil::date;

fn redirect(authority: &str, stated: Stated) -> Command {
    Command::Redirect(authority.parse().unwrap(), stated)
}

fn receipt(day: i8) -> Command {
    let said = Receipt { their_reference: Some("SEN/117".to_owned()), by: None };
    Command::RecordReceipt(date(2026, 11, day), said)
}

#[test]
fn a_confirmed_redirect_answers_the_school_and_stays_open() {
    let story = received(county::for_another_authority())
        .at("2026-11-20T15:30:00Z")
        .when(redirect("835", unexplained()))
        .then(&["redirected"])
        .then_promises(&["respond kept after 330 min"])
        .then_is(Status::WithDutyAdviser);
    let why = Why::Redirect { authority: "835".parse().unwrap() };
    assert_eq!(story.case().route, Some(Route::Duty { why }));
    let again = Refusal::AlreadyRedirected("835".parse().unwrap());
    story.when(redirect("835", unexplained())).then_refused(&again);
}

#[test]
fn it_ends_when_the_other_authority_has_it_and_not_before() {
    let story = received(county::for_another_authority());
    let close = Command::Close(Ending::Redirected, words());
    story.clone().when(close.clone()).then_refused(&Refusal::NotReceipted);
    story.clone().when(receipt(20)).then_refused(&Refusal::NotRedirected);
    let story = story.when(redirect("835", unexplained()));
    story.clone().when(close).then_refused(&Refusal::NotReceipted);
    story.clone().when(receipt(21)).then_refused(&Refusal::DayToCome);
    let story = story.when(receipt(20)).then(&["receipt_recorded", "closed"]).then_promises(&[]);
    assert!(matches!(story.changes()[0].personal, Some(Personal::Receipt(_))));
    let stage = &story.case().stage;
    assert_eq!(*stage, crate::request::Stage::Closed { ending: Ending::Redirected });
}

#[test]
fn against_the_record_a_redirect_needs_a_reason_and_to_ourselves_there_is_none() {
    let refused =
        Refusal::ReasonRequired("a redirect of a child who lives elsewhere by our record");
    for intake in [county::for_a_service(), county::for_another_authority()] {
        received(intake).when(redirect("846", unexplained())).then_refused(&refused);
    }
    let stated = because(ReasonCode::NewInformation);
    received(county::for_a_service())
        .when(redirect("846", stated.clone()))
        .then(&["redirected"])
        .then_promises(&["respond kept after 0 min", "first_contact lapses"]);
    let ours = Refusal::OwnAuthority("865".parse().unwrap());
    received(county::for_another_authority()).when(redirect("865", stated)).then_refused(&ours);
}

#[test]
fn a_redirect_is_no_bounce_and_a_request_sent_on_again_awaits_no_receipt() {
    let story = received(county::for_a_service())
        .when(redirect("846", because(ReasonCode::NewInformation)))
        .when(route("specialist-sen", unexplained()))
        .then(&["routed"]);
    assert_eq!(story.case().bounces, []);
    story.when(receipt(20)).then_refused(&Refusal::NotRedirected);
}

#[test]
fn what_the_law_promised_is_the_other_authoritys() {
    received(county::for_an_ehc_assessment())
        .when(redirect("846", because(ReasonCode::NewInformation)))
        .then_promises(&[
            "respond kept after 0 min",
            "ehc_decide_to_assess lapses",
            "ehc_decide_not_to_issue lapses",
            "ehc_final_plan lapses",
            "first_contact lapses",
        ]);
}
