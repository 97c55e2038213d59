//! What is stored, and when.

use crate::county::{County, SCHOOL, by_adviser, by_set_up, submission};
use domain::account::AccountCommand;
use domain::desk::{DeskCommand, DeskRefusal};
use domain::event::{ChildEvent, Event};
use domain::personal::Words;
use domain::request::{Command, Refusal};
use engine::Failure;
use jiff::SignedDuration;
use log::{CheckpointVerifier, Log, Position};

#[tokio::test]
async fn a_submission_is_one_append_over_the_request_and_the_child() {
    let county = County::founded().await;
    let before = county.engine.head();
    let done = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();

    let stored = county.engine.history(before, 100).await.unwrap();
    let names: Vec<_> = stored.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "request.received",
            "request.triaged",
            "request.assigned",
            "child.registered",
            "child.consent_recorded"
        ]
    );
    assert_eq!(done.position, county.engine.head());
    assert!(stored.iter().all(|event| event.command_id == by_adviser(2).command));
}

#[tokio::test]
async fn an_event_is_stored_in_this_shape_for_ever() {
    let county = County::founded().await;
    let before = Position::new(county.engine.head());
    county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();

    let records = county.log.read(before, 1).await.unwrap();
    let mut stored: serde_json::Value = serde_json::from_slice(&records[0].bytes).unwrap();
    stored["sealed"]["ciphertext"] = "…".into();
    stored["sealed"]["key"] = "…".into();
    insta::assert_json_snapshot!(stored);
}

#[tokio::test]
async fn a_refused_command_stores_nothing() {
    let county = County::founded().await;
    let done = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    let head = county.engine.head();

    let empty = Command::Note(Words::default());
    let refused = county.engine.act(&by_adviser(3), done.case.id, empty).await;

    assert!(matches!(refused, Err(Failure::Refused(Refusal::NothingSaid))));
    assert_eq!(county.engine.head(), head);
}

#[tokio::test]
async fn what_is_still_to_come_cannot_have_happened() {
    let county = County::founded().await;
    let mut tomorrow = by_adviser(2);
    tomorrow.effective_at = Some(county.engine.now() + SignedDuration::from_hours(24));
    let refused = county.engine.submit(&tomorrow, SCHOOL, submission()).await;
    assert!(matches!(refused, Err(Failure::Untimely)));
}

#[tokio::test]
async fn a_call_logged_next_morning_happened_yesterday() {
    let county = County::founded().await;
    let called = county.engine.now();
    county.clock.advance(SignedDuration::from_hours(20));
    let mut context = by_adviser(2);
    context.effective_at = Some(called);
    let done = county.engine.submit(&context, SCHOOL, submission()).await.unwrap();

    assert_eq!(done.case.received_at, called);
    let stored = county.engine.stream(&format!("request-{}", done.case.id)).await.unwrap();
    assert_eq!(stored[0].effective_at, called);
    assert_eq!(stored[0].recorded_at, county.engine.now());
}

#[tokio::test]
async fn consent_that_is_supplied_later_stands_with_the_child_too() {
    let county = County::founded().await;
    let mut without = submission();
    let consent = without.intake.consent.take().unwrap();
    let done = county.engine.submit(&by_adviser(2), SCHOOL, without).await.unwrap();

    let supply = Command::SupplyInformation(Some(consent), vec![], Words::default());
    let done = county.engine.act(&by_adviser(3), done.case.id, supply).await.unwrap();

    let child = done.case.child.unwrap();
    let stored = county.engine.stream(&format!("child-{child}")).await.unwrap();
    let last = stored.last().unwrap().event.clone();
    assert!(matches!(last, Some(Event::Child(ChildEvent::ConsentRecorded(_)))));
}

#[tokio::test]
async fn directory_changes_are_all_made_or_none() {
    let county = County::founded().await;
    let head = county.engine.head();
    let good = DeskCommand::NameCouncil("866".parse().unwrap(), "Upland".to_owned());
    let bad = DeskCommand::Account(AccountCommand::EndSessions {
        account: "nobody".parse().unwrap(),
        before: county.engine.now(),
    });

    let refused = county.engine.configure(&by_set_up(2), vec![good, bad]).await;

    let unknown = matches!(refused, Err(Failure::DeskRefused(DeskRefusal::UnknownAccount(_))));
    assert!(unknown);
    assert_eq!(county.engine.head(), head);
    assert_eq!(county.engine.desk().await.unwrap().authority, Some("865".parse().unwrap()));
}

#[tokio::test]
async fn a_checkpoint_speaks_of_everything_there_is_and_can_be_checked() {
    let county = County::founded().await;
    county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();

    let note = county.engine.checkpoint().await.unwrap();

    let key = county.engine.public_key().unwrap();
    let verifier = CheckpointVerifier::new("test.example/log", &[key]).unwrap();
    assert_eq!(verifier.verify_note(&note).unwrap().size, county.engine.head());
}
