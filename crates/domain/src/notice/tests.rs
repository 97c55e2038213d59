//! A message's life, and who is told what.

use super::event::Intended;
use super::*;
use crate::county;
use crate::event::{Event, RequestEvent};
use crate::request::event as request;
use crate::request::{Case, Happened, Request};
use crate::triage::Route;
use jiff::SignedDuration;
use proptest::prelude::*;
use uuid::Uuid;

const CAUSE: EventId = EventId(Uuid::from_u128(77));

fn now() -> Timestamp {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

fn school() -> Recipient {
    Recipient::School(county::PRIMARY_SCHOOL)
}

fn intended() -> Intended {
    Intended {
        notice: NoticeId::of(CAUSE, &school()).unwrap(),
        to: school(),
        request: county::REQUEST,
        kind: NoticeKind::Accepted,
        channel: NoticeChannel::Webhook,
    }
}

/// What a message is after these commands, and what the last of them added.
fn after(commands: &[NoticeCommand]) -> Result<(Notice, Vec<NoticeEvent>), NoticeRefusal> {
    let mut notice = Notice::default();
    let mut added = vec![];
    for command in commands {
        added = notice.decide(command.clone(), now())?.into_iter().map(noticed).collect();
        notice = added.iter().fold(notice, Notice::evolve);
    }
    Ok((notice, added))
}

fn noticed(change: Change) -> NoticeEvent {
    let Event::Notice(event) = change.event else { panic!("not of a message") };
    event
}

fn failure(most_attempts: u32) -> NoticeCommand {
    let back_off = BackOff { base_seconds: 30, most_attempts };
    NoticeCommand::RecordFailure(FailureCode::Failing, back_off)
}

#[test]
fn a_message_that_was_sent_is_sent_once_on_record() {
    use NoticeCommand::{Intend, PutBack, RecordSent};
    let (sent, added) = after(&[Intend(intended()), RecordSent]).unwrap();
    assert_eq!(added, [NoticeEvent::Sent(Sent {})]);
    assert_eq!(sent.decide(RecordSent, now()), Ok(vec![]));
    assert_eq!(sent.decide(failure(3), now()), Ok(vec![]));
    assert_eq!(sent.decide(Intend(intended()), now()), Ok(vec![]));
    assert_eq!(sent.decide(PutBack, now()), Err(NoticeRefusal::Sent));
}

#[test]
fn a_message_that_fails_too_often_is_given_up_and_can_be_put_back() {
    use NoticeCommand::{Intend, PutBack};
    let (_, added) = after(&[Intend(intended()), failure(3), failure(3)]).unwrap();
    assert!(matches!(added[..], [NoticeEvent::AttemptFailed(AttemptFailed { attempt: 2, .. })]));
    let (given_up, added) =
        after(&[Intend(intended()), failure(3), failure(3), failure(3)]).unwrap();
    let why = FailureCode::Failing;
    assert_eq!(added, [NoticeEvent::GivenUp(GivenUp { attempts: 3, why })]);
    assert_eq!(given_up.decide(failure(3), now()), Ok(vec![]));

    let back = noticed(given_up.decide(PutBack, now()).unwrap().remove(0));
    let waiting = given_up.evolve(&back);
    assert_eq!(waiting.message().unwrap().delivery, Delivery::AT_ONCE);
    assert_eq!(waiting.decide(PutBack, now()), Err(NoticeRefusal::Waiting));
}

#[test]
fn nothing_happens_to_a_message_that_nobody_intended() {
    for command in [NoticeCommand::RecordSent, failure(3), NoticeCommand::PutBack] {
        assert_eq!(after(&[command]), Err(NoticeRefusal::Unknown));
    }
}

#[test]
fn two_people_are_told_of_one_event_by_two_messages() {
    let manager = Recipient::Account(county::name("mira"));
    let ours = NoticeId::of(CAUSE, &school()).unwrap();
    assert_eq!(ours.as_str(), CAUSE.to_string());
    assert_ne!(NoticeId::of(CAUSE, &manager).unwrap(), ours);
}

proptest! {
    #[test]
    fn each_wait_is_about_twice_the_one_before_and_always_the_same(
        cause: u128, attempt in 1_u32..16, base_seconds in 1_u32..120,
    ) {
        let notice = NoticeId::of(EventId(Uuid::from_u128(cause)), &school()).unwrap();
        let back_off = BackOff { base_seconds, most_attempts: 16 };
        let next = back_off.next(&notice, attempt, now()).unwrap();
        prop_assert_eq!(Some(next), back_off.next(&notice, attempt, now()));
        let longest = SignedDuration::from_hours(6);
        let doubled = SignedDuration::from_secs(i64::from(base_seconds) << (attempt - 1));
        let wait = next.duration_since(now());
        prop_assert!(wait <= longest);
        prop_assert!(wait >= doubled.min(longest) * 3 / 4);
        prop_assert!(wait <= doubled * 5 / 4);
        prop_assert_eq!(back_off.next(&notice, 16, now()), None);
    }
}

fn case() -> Case {
    let received = RequestEvent::Received(request::Received {
        request: county::REQUEST,
        school: county::PRIMARY_SCHOOL,
        urn: "126512".parse().unwrap(),
        child: None,
        intake: county::child_with("HI"),
    });
    let happened = Happened { id: CAUSE, effective_at: now(), event: &received, clocks: &[] };
    Request::default().evolve(&happened).case().unwrap().clone()
}

fn told(event: impl Into<RequestEvent>) -> Option<(Recipient, NoticeKind)> {
    news(&event.into(), &case(), false)
        .into_iter()
        .next()
        .map(|addressed| (addressed.to, addressed.kind))
}

#[test]
fn a_school_is_told_what_happens_and_not_what_is_internal_or_its_own_doing() {
    use NoticeKind as K;
    use RequestEvent as E;
    let service = || county::service("sensory-support");
    let routed =
        |route| E::Routed(request::Routed { route, by: request::RoutedBy::Person, reason: None });
    let asked = request::InformationAsked { missing: vec![], questions: vec![1] };
    for (event, kind) in [
        (E::InformationAsked(asked), K::InformationAsked),
        (routed(Route::Service { service: service() }), K::SentOn),
        (E::Accepted(request::Accepted { service: service() }), K::Accepted),
        (E::Reopened(request::Reopened {}), K::Reopened),
    ] {
        assert_eq!(told(event), Some((school(), kind)));
    }
    let supplied = request::InformationSupplied { consent: None, complete: true, answers: vec![] };
    let internal = [
        E::Noted(request::Noted {}),
        E::Withdrawn(request::Withdrawn {}),
        E::InformationSupplied(supplied),
    ];
    for event in internal {
        assert_eq!(told(event), None);
    }
}

#[test]
fn what_is_escalated_goes_to_the_line_manager() {
    let to = county::name("mira");
    let about = request::EscalatedAbout::RotaGap;
    let escalated = RequestEvent::Escalated(request::Escalated { to, about });
    let manager = Recipient::Account(county::name("mira"));
    assert_eq!(told(escalated), Some((manager, NoticeKind::RotaGap)));
}
