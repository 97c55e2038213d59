//! The statutory path: six, sixteen and twenty weeks, and what excuses lateness.

use super::*;
use crate::clock::ClockState;
use crate::statutory::{ExcusalGround, StatutoryDecision as D};

const SERVICE: &str = "statutory-sen";

fn law(decision: D) -> Command {
    let stated =
        if decision.denies() { because(ReasonCode::CriteriaNotMet) } else { unexplained() };
    Command::DecideStatutory(county::service(SERVICE), decision, stated)
}

fn excuse(promise: Promise, ground: ExcusalGround) -> Command {
    Command::RecordExcusal(county::service(SERVICE), promise, ground, words())
}

#[test]
fn three_promises_of_the_law_begin_on_receipt() {
    let story = received(county::without_consent(county::for_an_ehc_assessment()));
    let due = Promise::STATUTORY.map(|promise| clock(&story, promise).due_at.unwrap().to_string());
    let ends = ["2027-01-02T00:00:00Z", "2027-03-13T00:00:00Z", "2027-04-09T23:00:00Z"];
    assert_eq!(due, ends, "6, 16 and 20 weeks, the last of them in summer time");
}

#[test]
fn each_decision_meets_its_promise_and_the_plan_ends_the_path() {
    received(county::for_an_ehc_assessment())
        .at("2026-12-18T10:00:00Z")
        .when(law(D::Assess))
        .then(&["statutory_decided"])
        .then_promises(&[
            "respond broken after 9600 min",
            "ehc_decide_to_assess kept after 9600 min",
        ])
        .at("2027-03-15T10:00:00Z")
        .when(law(D::Issue))
        .then_promises(&["ehc_decide_not_to_issue broken after 37440 min"])
        .at("2027-04-09T10:00:00Z")
        .when(law(D::PlanFinalised))
        .then_promises(&["ehc_final_plan kept after 45660 min"]);
}

#[test]
fn a_decision_against_the_request_leaves_nothing_to_wait_for() {
    received(county::for_an_ehc_assessment()).when(law(D::NotAssess)).then_promises(&[
        "respond kept after 0 min",
        "ehc_decide_to_assess kept after 0 min",
        "ehc_decide_not_to_issue lapses",
        "ehc_final_plan lapses",
    ]);
    received(county::for_an_ehc_assessment())
        .when(law(D::Assess))
        .when(law(D::NotIssue))
        .then_promises(&["ehc_decide_not_to_issue kept after 0 min", "ehc_final_plan lapses"]);
    let unexplained =
        Command::DecideStatutory(county::service(SERVICE), D::NotAssess, unexplained());
    received(county::for_an_ehc_assessment())
        .when(unexplained)
        .then_refused(&Refusal::ReasonRequired("a decision against the request"));
}

#[test]
fn decisions_come_in_the_order_of_the_law() {
    let all = D::ALL.iter().copied();
    let paths: [&[D]; 6] = [
        &[],
        &[D::Assess],
        &[D::NotAssess],
        &[D::Assess, D::Issue],
        &[D::Assess, D::NotIssue],
        &[D::Assess, D::Issue, D::PlanFinalised],
    ];
    let mut allowed = vec![];
    for path in paths {
        let story = received(county::for_an_ehc_assessment());
        let story = path.iter().fold(story, |story, decision| story.when(law(*decision)));
        for decision in all.clone() {
            let last = path.last().copied();
            let story = story.clone().when(law(decision));
            if story.last.is_ok() {
                allowed.push((last, decision));
            } else {
                story.then_refused(&Refusal::OutOfOrder { decision, last });
            }
        }
    }
    let expected = [
        (None, D::Assess),
        (None, D::NotAssess),
        (Some(D::Assess), D::Issue),
        (Some(D::Assess), D::NotIssue),
        (Some(D::Issue), D::PlanFinalised),
    ];
    assert_eq!(allowed, expected);
}

#[test]
fn nobody_but_the_statutory_service_decides_and_only_where_it_was_asked() {
    let by = county::service("sensory-support");
    let refused = Refusal::NotTheStatutoryService(county::service(SERVICE));
    received(county::for_an_ehc_assessment())
        .when(Command::DecideStatutory(by, D::Assess, unexplained()))
        .then_refused(&refused);
    received(county::for_a_service()).when(law(D::Assess)).then_refused(&Refusal::NotStatutory);
    received(county::for_a_service())
        .when(excuse(Promise::EhcFinalPlan, ExcusalGround::AbsentFromArea))
        .then_refused(&Refusal::NotStatutory);
}

#[test]
fn an_excusal_stands_beside_the_clock_and_moves_nothing() {
    let before = received(county::for_an_ehc_assessment());
    let story = before
        .clone()
        .when(excuse(Promise::EhcDecideToAssess, ExcusalGround::AbsentFromArea))
        .then(&["excusal_recorded"])
        .then_promises(&[]);
    assert_eq!(story.case().clocks, before.case().clocks);
    assert_eq!(story.case().excusals.len(), 1);
    let late = clock(&story, Promise::EhcDecideToAssess).state(at("2027-01-02T00:00:01Z"));
    assert_eq!(late, ClockState::Breached);
}

#[test]
fn a_ground_excuses_what_the_regulations_say_and_no_promise_of_ours() {
    for promise in Promise::ALL {
        for ground in ExcusalGround::ALL.iter().copied() {
            let story = received(county::for_an_ehc_assessment()).when(excuse(promise, ground));
            let early = promise == Promise::EhcDecideToAssess;
            let missed = ground == ExcusalGround::MissedAppointment;
            if promise.is_statutory() && !(early && missed) {
                story.then(&["excusal_recorded"]);
            } else {
                story.then_refused(&Refusal::NoGround { ground, promise });
            }
        }
    }
}
