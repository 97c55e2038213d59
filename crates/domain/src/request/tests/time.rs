//! What time alone brings about.

use super::*;
use crate::calendar::Calendar;
use crate::clock::{Clock, EntryKind};
use crate::event::{CalendarPublished, DeskEvent, PolicySet};
use crate::policy::Policy;
use jiff::civil::date;

const DUE: &str = "2026-11-27T17:00:00Z";
const JUST_LATE: &str = "2026-11-27T17:00:00.001Z";

fn watched(escalate_after_working_minutes: u32) -> Desk {
    let mut desk = county::desk();
    let escalate_to = Some(county::name("mira"));
    let policy = Policy { escalate_after_working_minutes, escalate_to, ..Policy::default() };
    desk.apply(&DeskEvent::PolicySet(PolicySet { policy }), 1);
    desk
}

/// A request with an adviser, and nothing promised but an answer by [`DUE`].
fn answer_promised() -> Story {
    given(watched(0)).when(county::submit(county::for_advice()))
}

fn check(story: Story, instant: &str) -> Story {
    story.at(instant).when(Command::Check)
}

fn next_check(story: &Story) -> Option<Timestamp> {
    story.case().next_check(&story.desk)
}

/// The council closes on Wednesday the 25th; known from here on.
fn closing(mut story: Story) -> Story {
    let mut desk = (*story.desk).clone();
    let closures = [(date(2026, 11, 25), "Boiler repair".to_owned())].into();
    let calendar = Calendar { closures, ..desk.calendar.clone() };
    desk.apply(&DeskEvent::CalendarPublished(CalendarPublished { calendar }), 2);
    story.desk = Rc::new(desk);
    story
}

fn respond(story: &Story) -> &Clock {
    clock(story, Promise::Respond)
}

#[test]
fn a_promise_is_warned_of_when_three_quarters_of_its_working_time_are_gone() {
    // From Friday 10:00 to Friday 17:00 the week after are 47 working hours.
    let story = answer_promised();
    let warn = "2026-11-26T13:15:00Z";
    assert_eq!(next_check(&story), Some(at(warn)));
    check(story.clone(), "2026-11-26T13:14:59Z").then(&[]);
    check(story, warn).then(&["promise_warned"]).when(Command::Check).then(&[]);
}

#[test]
fn at_the_due_instant_it_is_kept_and_just_after_it_is_broken_and_escalated() {
    let story = check(answer_promised(), "2026-11-26T14:00:00Z");
    let story = check(story, DUE).then(&[]);
    check(story, JUST_LATE).then(&["promise_breached", "escalated"]).when(Command::Check).then(&[]);
}

#[test]
fn whoever_looks_late_finds_everything_in_order() {
    check(answer_promised(), "2027-01-15T12:00:00Z")
        .then(&["promise_warned", "promise_breached", "escalated"])
        .when(Command::Check)
        .then(&[]);
}

#[test]
fn an_escalation_can_wait_for_so_many_working_minutes() {
    let story = given(watched(60)).when(county::submit(county::for_advice()));
    let story = check(story, JUST_LATE).then(&["promise_warned", "promise_breached"]);
    assert_eq!(next_check(&story), Some(at("2026-11-30T10:00:00Z")));
    check(story.clone(), "2026-11-30T10:00:00Z").then(&["escalated"]);
    let answered = story.at("2026-11-30T09:30:00Z").when(advise());
    assert_eq!(next_check(&answered), None, "what was answered late is not escalated any more");
}

#[test]
fn without_anybody_to_tell_an_escalation_waits_until_somebody_is_named() {
    let nobody = Desk { teams: std::collections::BTreeMap::new(), ..county::desk() };
    let story = given(nobody).when(county::submit(county::for_advice()));
    let mut story = check(story, JUST_LATE).then(&["promise_warned", "promise_breached"]);
    assert_eq!(next_check(&story), None);
    story.desk = Rc::new(watched(0));
    story.when(Command::Check).then(&["escalated"]);
}

#[test]
fn while_the_school_is_waited_for_nothing_is_late() {
    let consent = county::without_consent(county::for_advice());
    let story = given(watched(0)).when(county::submit(consent));
    let respond =
        |story: &Story| story.happened().any(|it| matches!(it, RequestEvent::PromiseBreached(_)));
    let story = check(story, "2027-01-15T12:00:00Z");
    assert!(!respond(&story), "{story:?}");
    let story = story.when(supply_consent());
    let due_at = clock(&story, Promise::Respond).due_at.unwrap();
    assert!(due_at > at("2027-01-15T12:00:00Z"));
    let late = story.at("2027-02-15T12:00:00Z").when(Command::Check);
    assert!(respond(&late), "{late:?}");
}

#[test]
fn a_command_that_comes_late_finds_what_was_due_before_it() {
    let mut story = answer_promised().at(JUST_LATE);
    let advise = advise();
    story.last = story.request.proceed(advise, &story.desk, story.at);
    story.then(&["promise_warned", "promise_breached", "escalated", "advised"]);
}

#[test]
fn what_was_done_in_time_but_written_down_late_breaks_nothing() {
    let mut story = answer_promised().at_but_recorded_at("2026-11-26T10:00:00Z", JUST_LATE);
    let advise = advise();
    story.last = story.request.proceed(advise, &story.desk, story.at);
    story.then(&["advised"]);
}

#[test]
fn a_closure_published_later_leaves_the_same_working_time() {
    let story = closing(check(answer_promised(), "2026-11-20T12:00:00Z"));
    assert_eq!(next_check(&story), Some(Timestamp::MIN), "at once");
    let story = check(story, "2026-11-23T12:00:00Z").then(&["promises_recalculated"]);
    let clock = respond(&story);
    assert_eq!(clock.due_at, Some(at("2026-11-30T17:00:00Z")));
    assert_eq!(clock.original_due_at, at(DUE));
    story.when(Command::Check).then(&[]);
}

#[test]
fn the_ledger_before_a_changed_calendar_stays_and_a_new_entry_names_the_change() {
    let before = closing(answer_promised());
    let changed_at = at("2026-11-23T12:00:00Z");
    let ledger_before = respond(&before).ledger(changed_at, &*before.desk);
    let story = check(before, "2026-11-23T12:00:00Z");
    let event = respond(&story).recalculations[0].event;
    let ledger = respond(&story).ledger(at("2026-11-26T12:00:00Z"), &*story.desk);
    let (kept, since) = ledger.split_at(ledger_before.len());
    assert_eq!(kept, ledger_before);
    assert!(since.iter().all(|entry| entry.event == event && entry.from >= changed_at));
    let closed = since
        .iter()
        .find(|it| it.kind == EntryKind::Closed && it.from > at("2026-11-24T16:00:00Z"));
    assert_eq!(closed.unwrap().to, at("2026-11-26T09:00:00Z"), "the Wednesday is closed");
}

#[test]
fn a_closure_after_the_due_instant_is_not_its_concern_until_a_wait_moves_it_there() {
    let closed_later = |story: Story| {
        let mut desk = (*story.desk).clone();
        let closures = [(date(2026, 12, 2), "Election".to_owned())].into();
        let calendar = Calendar { closures, ..desk.calendar.clone() };
        desk.apply(&DeskEvent::CalendarPublished(CalendarPublished { calendar }), 2);
        Story { desk: Rc::new(desk), ..story }
    };
    let story = closed_later(answer_promised());
    check(story, "2026-11-23T12:00:00Z").then(&[]);

    // One that waits for the school may be due on any day to come.
    let consent = county::without_consent(county::for_advice());
    let waiting = closed_later(given(watched(0)).when(county::submit(consent)));
    let story = check(waiting, "2026-11-23T10:00:00Z").then(&["promises_recalculated"]);
    let story = story.at("2026-11-25T10:00:00Z").when(supply_consent());
    // Asked at once, so a whole five days and seven hours of Friday are left from Wednesday.
    assert_eq!(respond(&story).due_at, Some(at("2026-12-03T17:00:00Z")));
}

#[test]
fn the_law_knows_no_closures() {
    let story = given(watched(0)).when(county::submit(county::for_an_ehc_assessment()));
    let due_at = clock(&story, Promise::EhcDecideToAssess).due_at;
    let story = check(closing(story), "2026-11-23T12:00:00Z").then(&["promises_recalculated"]);
    let statutory = clock(&story, Promise::EhcDecideToAssess);
    assert_eq!((statutory.due_at, statutory.recalculations.len()), (due_at, 0));
}
