//! What follows a meeting, and what is decided between two.

use super::*;
use crate::codes::Support;
use crate::event::DecisionDelegated;
use crate::money::{Money, TenThousandths};
use crate::package::{ContributionDraft, Frequency, FundingSource, PackageDraft, Provider, Unit};
use crate::request::event::RuledBy;
use crate::request::{Refusal, Ruling};
use jiff::civil::date;

/// A place for two years, which the officer must ratify.
fn costly() -> Decision {
    let place = ContributionDraft {
        provider: Provider::Service(county::service("specialist-sen")),
        support: Support::Inreach,
        quantity: TenThousandths::whole(1),
        unit: Unit::Place,
        frequency: Frequency::Monthly,
        unit_cost: Money { pence: 100_000 },
        starts: date(2027, 1, 1),
        ends: date(2028, 12, 31),
        funding: FundingSource::HighNeeds,
        review_on: date(2027, 6, 30),
    };
    let key_worker_of = place.provider.clone();
    Decision::Package(PackageDraft { key_worker_of, contributions: vec![place] })
}

fn ratify(number: u128, by: &str, agreed: bool) -> MeetingCommand {
    MeetingCommand::Ratify(request(number), who(by), agreed, because())
}

fn because() -> Stated {
    Stated { reason: Some(reason()), words: Words::text("There is no place before Easter.") }
}

/// The chair decides for the panel, as the engine records it.
fn delegated(mut story: Story, number: u128) -> Story {
    let ruling = Ruling {
        panel: panel(),
        by: RuledBy::Chair(who("mira")),
        decision: to_a_service(),
        reason: Some(reason()),
        evidence: vec![Evidence::Request],
        words: RulingWords { text: Some("Clear.".to_owned()), ..RulingWords::default() },
    };
    let clear = Command::SetDepth(Depth::Consent, because());
    story = story.meanwhile(number, clear).meanwhile(number, Command::Rule(Box::new(ruling)));
    let (panel, request) = (panel(), request(number));
    story.desk.apply(&DeskEvent::DecisionDelegated(DecisionDelegated { panel, request }), 1);
    story
}

#[test]
fn what_needs_the_officers_word_is_not_in_force_before_it_is_given() {
    let story = under_way()
        .when(decide(1, costly()))
        .then(&["meeting.decided", "request.panel_decided"])
        .then_request_is(1, Status::OnAgenda);
    assert_eq!(story.decided(1).awaits, Some(who("head-of-send")));
    assert!(story.case(1).support.is_none());
    let story = story
        .when(ratify(1, "mira", true))
        .then_refused(&MeetingRefusal::Request(Refusal::NotTheOfficer))
        .when(MeetingCommand::Close)
        .when(ratify(1, "head-of-send", true))
        .then(&["meeting.decision_ratified", "request.decision_ratified", "request.involved"])
        .then_request_is(1, Status::Supported)
        .when(ratify(1, "head-of-send", true))
        .then_refused(&MeetingRefusal::Request(Refusal::NothingToRatify));
    assert_eq!(story.case(1).support.as_ref().unwrap().package.total(), Money { pence: 2_400_000 });
}

#[test]
fn or_is_set_aside_and_back_in_the_queue() {
    let story = under_way()
        .when(decide(1, costly()))
        .when(ratify(1, "head-of-send", false))
        .then(&["meeting.decision_ratified", "request.decision_set_aside"])
        .then_request_is(1, Status::AwaitingPanel);
    assert!(story.case(1).support.is_none());
    assert_eq!(story.case(1).pending, None);
}

#[test]
fn minutes_are_signed_by_who_chairs_once_the_meeting_is_over() {
    let sign = |name: &str| MeetingCommand::Sign(who(name));
    let story = under_way()
        .when(sign("mira"))
        .then_refused_as("the meeting is under way, so signing its minutes is not possible now")
        .when(MeetingCommand::Close)
        .when(sign("hana"))
        .then_refused(&MeetingRefusal::NotTheChair)
        .when(sign("theo"))
        .then(&["meeting.minutes_signed"]);
    assert_eq!(story.sitting().signed, Some((who("theo"), at("2026-12-03T09:45:00Z"))));
    story.when(decide(1, to_a_service())).then_refused_as(
        "the meeting is over and its minutes are signed, so deciding an item is not possible now",
    );
}

#[test]
fn a_clear_case_decided_by_the_chair_is_ratified_by_the_next_meeting() {
    let ratified = MeetingCommand::ReviewDelegation(request(3), true, Stated::default());
    let story = delegated(under_way(), 3)
        .then_request_is(3, Status::WithService)
        .when(ratified.clone())
        .then(&["meeting.delegation_reviewed", "diary.delegation_settled"])
        .when(ratified)
        .then_refused(&MeetingRefusal::NothingDelegated);
    assert_eq!(story.sitting().delegations.len(), 1);
}

#[test]
fn or_taken_back_by_it_with_a_reason() {
    let take_back = |stated| MeetingCommand::ReviewDelegation(request(3), false, stated);
    delegated(under_way(), 3)
        .when(take_back(Stated::default()))
        .then_refused_as("setting a decision aside needs a reason: a code and a text")
        .when(take_back(because()))
        .then(&[
            "meeting.delegation_reviewed",
            "diary.delegation_settled",
            "request.decision_set_aside",
        ])
        .then_request_is(3, Status::AwaitingPanel);
}

#[test]
fn a_meeting_without_a_quorum_ratifies_nothing() {
    let story = delegated(under_way(), 3).when(depart("amal"));
    let ratified = MeetingCommand::ReviewDelegation(request(3), true, Stated::default());
    let refused = story.when(ratified).last.unwrap_err();
    assert!(matches!(refused, MeetingRefusal::NoQuorum(_)), "{refused}");
}

#[test]
fn a_meeting_that_only_ratifies_needs_no_other_item() {
    let story = delegated(given(terms()).when(schedule(MEETS)), 3);
    story.when(MeetingCommand::Publish).then(&["meeting.packs_published"]);
}
