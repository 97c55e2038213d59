//! The same command twice is one command.

use crate::county::{County, SCHOOL, by_adviser, submission};
use domain::personal::Words;
use domain::request::{Command, Status};
use engine::Failure;

fn note(text: &str) -> Command {
    Command::Note(Words::text(text))
}

#[tokio::test]
async fn a_retry_gets_the_first_answer_and_stores_nothing() {
    let county = County::founded().await;
    let first = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    let head = county.engine.head();

    let again = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();

    assert!(again.replayed && !first.replayed);
    assert_eq!((again.case, again.version), (first.case, first.version));
    assert_eq!(county.engine.head(), head);
}

#[tokio::test]
async fn the_first_answer_stays_the_first_whatever_happened_since() {
    let county = County::founded().await;
    let first = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    let withdraw = Command::Withdraw(Words::default());
    county.engine.act(&by_adviser(3), first.case.id, withdraw).await.unwrap();

    let again = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();

    assert_eq!(again.case.status(), Status::WithService);
    assert_eq!(again.version, first.version);
}

#[tokio::test]
async fn another_question_under_a_used_id_is_refused() {
    let county = County::founded().await;
    county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    let mut other = by_adviser(2);
    other.fingerprint = [1; 32];
    let refused = county.engine.submit(&other, SCHOOL, submission()).await;
    assert!(matches!(refused, Err(Failure::KeyReused)));
}

#[tokio::test]
async fn twenty_at_once_with_the_same_id_are_one_request() {
    let county = County::founded().await;
    let context = by_adviser(2);
    let submits = (0..20).map(|_| county.engine.submit(&context, SCHOOL, submission()));
    let answers = futures::future::join_all(submits).await;

    let mut ids: Vec<_> = answers.into_iter().map(|answer| answer.unwrap().case.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1);
}

#[tokio::test]
async fn two_who_act_at_once_both_get_through() {
    let county = County::founded().await;
    let request = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap().case.id;
    let contexts: Vec<_> = (10..16).map(by_adviser).collect();
    let notes = contexts.iter().map(|context| county.engine.act(context, request, note("seen")));
    let answers = futures::future::join_all(notes).await;

    let mut versions: Vec<_> = answers.into_iter().map(|answer| answer.unwrap().version).collect();
    versions.sort_unstable();
    versions.dedup();
    assert_eq!(versions.len(), 6);
}

#[tokio::test]
async fn who_decided_on_an_older_version_is_told() {
    let county = County::founded().await;
    let first = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    county.engine.act(&by_adviser(3), first.case.id, note("one")).await.unwrap();
    let mut stale = by_adviser(4);
    stale.expected_version = Some(first.version);

    let refused = county.engine.act(&stale, first.case.id, note("two")).await;

    let actual = first.version + 1;
    assert!(matches!(refused, Err(Failure::Stale { actual: it, .. }) if it == actual));
}
