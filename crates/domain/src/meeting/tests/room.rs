//! Who comes, who goes, who stands aside.

use super::*;

#[test]
fn the_first_to_arrive_opens_the_meeting() {
    let story = called().when(MeetingCommand::Publish).at(MEETS);
    assert_eq!(story.sitting().phase, Phase::Published);
    let story = story.when(arrive("mira")).then(&["meeting.arrived"]);
    assert_eq!(story.sitting().phase, Phase::Open);
    story
        .when(arrive("mira"))
        .then_refused(&MeetingRefusal::AlreadyThere(who("mira")))
        .when(arrive("bryn"))
        .then_refused(&MeetingRefusal::NotAMember(who("bryn")))
        .when(depart("lee"))
        .then_refused(&MeetingRefusal::NotThere(who("lee")));
}

#[test]
fn nobody_arrives_on_another_day_or_before_the_packs_are_out() {
    called()
        .when(arrive("mira"))
        .then_refused_as("the meeting is being prepared, so arriving is not possible now")
        .when(MeetingCommand::Publish)
        .at("2026-12-02T23:59:00Z")
        .when(arrive("mira"))
        .then_refused(&MeetingRefusal::NotYet);
}

#[test]
fn whoever_comes_back_is_there_again_from_then_on() {
    let story = under_way()
        .when(depart("hana"))
        .at("2026-12-03T10:15:00Z")
        .when(arrive("hana"))
        .at("2026-12-03T10:00:00Z")
        .when(depart("hana"))
        .then_refused(&MeetingRefusal::OutOfOrder(who("hana")));
    let there =
        |instant| story.sitting().attendance.in_the_room(at(instant)).contains(&who("hana"));
    assert!(there("2026-12-03T09:44:59Z"));
    assert!(!there("2026-12-03T09:45:00Z"));
    assert!(there("2026-12-03T10:15:00Z"));
}

#[test]
fn what_was_decided_stays_valid_whatever_is_said_of_the_room_later() {
    let refused = MeetingRefusal::BeforeDecision(at("2026-12-03T09:45:00Z"));
    under_way()
        .when(decide(1, to_a_service()))
        .when(depart("amal"))
        .then_refused(&refused)
        .when(arrive("joan"))
        .then_refused(&refused)
        .at("2026-12-03T09:46:00Z")
        .when(depart("amal"))
        .then(&["meeting.departed"]);
}

#[test]
fn apologies_are_taken_back_by_coming() {
    let story = called().when(MeetingCommand::Apologise(who("joan")));
    assert!(story.sitting().apologies.contains(&who("joan")));
    let story = story.when(MeetingCommand::Publish).at(MEETS).when(arrive("joan"));
    assert!(story.sitting().apologies.is_empty());
}

#[test]
fn standing_aside_is_said_once_and_of_an_item_that_is_still_open() {
    let story = under_way()
        .when(recuse("hana", 1))
        .then(&["meeting.recused", "request.interest_declared"])
        .when(recuse("hana", 1))
        .then_nothing()
        .when(recuse("bryn", 1))
        .then_refused(&MeetingRefusal::NotAMember(who("bryn")))
        .when(recuse("hana", 3))
        .then_refused(&MeetingRefusal::NotOnAgenda);
    assert!(story.sitting().is_aside(&who("hana"), request(1)));
    assert!(!story.sitting().is_aside(&who("hana"), request(2)));
    story
        .when(decide(1, to_a_service()))
        .when(recuse("lee", 1))
        .then_refused(&MeetingRefusal::Settled);
}

#[test]
fn an_interest_is_dismissed_with_a_word_why() {
    let dismiss = |words| MeetingCommand::DismissInterest(who("hana"), request(1), words);
    let story = under_way()
        .when(recuse("hana", 1))
        .when(dismiss(Words::default()))
        .then_refused(&MeetingRefusal::SayWhyNot)
        .when(dismiss(Words::text("Another family of that name.")))
        .then(&["meeting.interest_dismissed", "request.interest_declared"]);
    assert!(!story.sitting().is_aside(&who("hana"), request(1)));
}

#[test]
fn several_who_come_at_once_all_come_or_none_does() {
    let story = called().at("2026-11-24T10:00:00Z").when(MeetingCommand::Publish).at(MEETS);
    let meeting = &story.meetings[&story.here];
    let around = Around { desk: &story.desk, requests: &story.requests, other: None };
    let upshot = meeting.decide_all(&[arrive("mira"), arrive("amal")], &around, story.at).unwrap();
    assert_eq!(upshot.meetings[&story.here].len(), 2);
    let twice = [arrive("mira"), arrive("mira")];
    let refused = meeting.decide_all(&twice, &around, story.at).unwrap_err();
    assert_eq!(refused, MeetingRefusal::AlreadyThere(who("mira")));
}
