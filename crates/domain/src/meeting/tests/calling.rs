//! A meeting is called, prepared, and perhaps called off.

use super::*;
use crate::meeting::event::CancelReason;
use crate::request::Refusal;

#[test]
fn a_meeting_is_called_with_its_time_in_the_panels_diary() {
    let story =
        given(terms()).when(schedule(MEETS)).then(&["meeting.scheduled", "diary.meeting_entered"]);
    let sitting = story.sitting();
    assert_eq!(sitting.minutes, 180);
    assert_eq!(sitting.terms_version, 3);
    assert_eq!(sitting.papers_due_at, at("2026-11-26T17:00:00Z"));
}

#[test]
fn one_that_is_called_at_short_notice_takes_papers_until_it_begins() {
    let story = given(terms()).at("2026-12-02T10:00:00Z").when(schedule(MEETS));
    assert_eq!(story.sitting().papers_due_at, at(MEETS));
}

#[test]
fn a_panel_does_not_meet_twice_at_once() {
    let first = "communication-interaction-2026-12-03".parse().unwrap();
    let called = called();
    let beside = called.clone().meeting("2026-12-04T09:30:00Z");
    beside
        .when(schedule("2026-12-04T09:30:00Z"))
        .then(&["meeting.scheduled", "diary.meeting_entered"]);
    let Story { desk, .. } = called;
    let name = Meeting::name(&desk, &panel(), at("2026-12-03T12:00:00Z")).unwrap();
    assert_eq!(name.as_str(), "communication-interaction-2026-12-03-2");
    let (panel, kind, minutes) = (panel(), MeetingKind::Special, Some(60));
    let starts_at = at("2026-12-03T12:00:00Z");
    let again = Schedule { meeting: name, panel, kind, starts_at, minutes };
    let around = Around { desk: &desk, requests: &BTreeMap::new(), other: None };
    let refused = Meeting::NotScheduled.decide(
        MeetingCommand::Schedule(again.clone()),
        &around,
        moment("2026-11-20T10:00:00Z"),
    );
    assert_eq!(refused, Err(MeetingRefusal::Overlaps(first)));
    let after = Schedule { starts_at: at("2026-12-03T12:30:00Z"), ..again };
    let after = MeetingCommand::Schedule(after);
    assert!(Meeting::NotScheduled.decide(after, &around, moment("2026-11-20T10:00:00Z")).is_ok());
}

#[test]
fn no_meeting_is_called_for_yesterday_and_none_for_no_time() {
    let story = given(terms()).at("2026-12-04T10:00:00Z");
    story.clone().when(schedule(MEETS)).then_refused(&MeetingRefusal::InThePast);
    let MeetingCommand::Schedule(whole) = schedule("2026-12-10T09:30:00Z") else { panic!() };
    let short = MeetingCommand::Schedule(Schedule { minutes: Some(0), ..whole });
    story.when(short).then_refused(&MeetingRefusal::Length);
}

#[test]
fn an_agenda_takes_requests_out_of_the_queue_and_puts_them_back() {
    called()
        .then(&["meeting.agenda_set", "request.put_on_agenda", "request.put_on_agenda"])
        .then_request_is(1, Status::OnAgenda)
        .when(agenda(&[2, 3]))
        .then(&["meeting.agenda_set", "request.taken_off_agenda", "request.put_on_agenda"])
        .then_request_is(1, Status::AwaitingPanel)
        .when(agenda(&[2, 3]))
        .then_nothing()
        .when(agenda(&[3, 2]))
        .then(&["meeting.agenda_set"]);
}

#[test]
fn an_agenda_holds_what_fits_into_its_time_once_each_and_from_its_own_queue() {
    let overfull = (1..=4).map(|number| Planned {
        request: request(number),
        depth: Depth::InDepth,
        minutes: 50,
    });
    called()
        .when(MeetingCommand::SetAgenda(overfull.collect()))
        .then_refused(&MeetingRefusal::Overfull { planned: 200, available: 180 })
        .when(agenda(&[1, 1]))
        .then_refused(&MeetingRefusal::Twice { place: 1 })
        .when(agenda(&[1, 9]))
        .then_refused(&MeetingRefusal::NotInQueue { place: 1 });
    let elsewhere = called().received(9, county::for_a_service());
    elsewhere.when(agenda(&[1, 9])).then_refused(&MeetingRefusal::NotInQueue { place: 1 });
}

#[test]
fn publishing_gives_every_item_a_pack_and_a_late_paper_makes_another() {
    let story = called().at("2026-11-26T17:00:00Z").when(MeetingCommand::Publish);
    let story = story.then(&["meeting.packs_published"]);
    assert!(!story.item(1).pack().unwrap().late);
    assert_eq!(story.item(1).pack().unwrap().request_version, story.requests[&request(1)].version);
    let story = story
        .when(MeetingCommand::Publish)
        .then_nothing()
        .when(MeetingCommand::RenewPack(request(1)))
        .then_nothing()
        .at("2026-12-01T09:00:00Z")
        .meanwhile(1, Command::Note(Words::text("A report has come.")))
        .when(MeetingCommand::RenewPack(request(1)))
        .then(&["meeting.packs_published"]);
    let pack = story.item(1).pack().unwrap();
    assert_eq!((pack.version, pack.late), (2, true));
    assert_eq!(story.item(1).packs[0].version, 1, "the first stays as it was");
}

#[test]
fn an_empty_agenda_is_not_published() {
    let story = given(terms()).when(schedule(MEETS));
    story.when(MeetingCommand::Publish).then_refused(&MeetingRefusal::NothingToPublish);
}

#[test]
fn whoever_stands_aside_reads_nothing_and_a_stranger_neither() {
    let open = |name: &str| MeetingCommand::OpenPack(who(name), request(1));
    let story = called()
        .when(open("mira"))
        .then_refused_as("the meeting is being prepared, so reading a pack is not possible now");
    story
        .when(MeetingCommand::Publish)
        .when(open("mira"))
        .then(&["meeting.pack_opened"])
        .when(open("mira"))
        .then_nothing()
        .when(open("bryn"))
        .then_refused(&MeetingRefusal::NotAMember(who("bryn")))
        .when(recuse("amal", 1))
        .when(open("amal"))
        .then_refused(&MeetingRefusal::Aside(who("amal")));
}

#[test]
fn a_meeting_called_off_gives_its_items_back_to_the_queue() {
    let cancel = MeetingCommand::Cancel(CancelReason::NoQuorum, None);
    called()
        .when(cancel.clone())
        .then(&[
            "meeting.cancelled",
            "diary.meeting_struck",
            "request.taken_off_agenda",
            "request.taken_off_agenda",
        ])
        .then_request_is(1, Status::AwaitingPanel)
        .when(cancel)
        .then_refused_as("the meeting was called off, so calling it off is not possible now");
    let late = under_way().when(MeetingCommand::Cancel(CancelReason::Weather, None));
    late.then_refused_as("the meeting is under way, so calling it off is not possible now");
}

#[test]
fn or_hands_them_to_another_meeting() {
    let other = "2026-12-10T09:30:00Z";
    let story = called()
        .meeting(other)
        .when(schedule(other))
        .when(agenda(&[3]))
        .meeting(MEETS)
        .meanwhile(2, Command::AskInformation(Words::text("Which classes?")));
    let to = "communication-interaction-2026-12-10".parse().unwrap();
    let story = story.when(MeetingCommand::Cancel(CancelReason::Rescheduled, Some(to))).then(&[
        "meeting.cancelled",
        "meeting.agenda_set",
        "diary.meeting_struck",
        "request.taken_off_agenda",
        "request.put_on_agenda",
        "request.taken_off_agenda",
    ]);
    let story = story.meeting(other);
    let items: Vec<_> = story.sitting().items.iter().map(|item| item.request).collect();
    assert_eq!(items, [request(3), request(1)], "the one that waits for its school does not move");
    assert_eq!(story.case(2).agenda(), None);
}

#[test]
fn items_go_to_no_meeting_that_is_not_there() {
    let nowhere: MeetingId = "communication-interaction-2027-01-07".parse().unwrap();
    let cancel = MeetingCommand::Cancel(CancelReason::Other, Some(nowhere.clone()));
    called().when(cancel).then_refused(&MeetingRefusal::CannotMoveTo(nowhere));
}

#[test]
fn what_was_withdrawn_is_gone_when_the_meeting_closes() {
    let story = under_way()
        .meanwhile(1, Command::Withdraw(Words::default()))
        .when(decide(1, to_a_service()))
        .then_refused(&MeetingRefusal::Request(Refusal::Closed))
        .when(MeetingCommand::Close)
        .then(&[
            "meeting.deferred",
            "meeting.deferred",
            "meeting.closed",
            "diary.meeting_held",
            "request.deferred",
        ]);
    let outcome = |number| story.item(number).outcome.clone();
    assert!(matches!(outcome(1), Some(ItemOutcome::Deferred(DeferReason::Gone, _))));
    assert!(matches!(outcome(2), Some(ItemOutcome::Deferred(DeferReason::NoTime, _))));
    assert_eq!(story.case(2).deferrals, 1);
}

#[test]
fn what_the_panel_itself_does_to_a_request_makes_no_pack() {
    let story = called().when(MeetingCommand::Publish).when(recuse("hana", 1));
    let story = story.then(&["meeting.recused", "request.interest_declared"]);
    story.when(MeetingCommand::RenewPack(request(1))).then_nothing();
}
