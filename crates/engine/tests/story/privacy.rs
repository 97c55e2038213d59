//! Who can read what, and what an erasure leaves.

use crate::county::{County, SCHOOL, by_adviser, submission};
use domain::codes::AdviceKind;
use domain::personal::{Personal, Words};
use domain::request::Command;
use engine::{Failure, Opened, SealedBox};
use log::{CheckpointVerifier, Log, Position};

async fn boxes(county: &County) -> Vec<SealedBox> {
    let events = county.engine.history(0, 1_000).await.unwrap();
    let sealed = events.into_iter().filter_map(|event| Some((event.id, event.sealed?)));
    sealed.map(|(event, sealed)| SealedBox { event, sealed }).collect()
}

const ADVISER: (&str, &str) = ("amara", "adviser");
const READING: (&str, &str) = ("read_request", "in the course of work");

#[tokio::test]
async fn nothing_personal_is_in_what_is_stored() {
    let county = County::founded().await;
    let done = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    let advise = Command::Advise(AdviceKind::Strategies, Words::text("Ivy may sit in front."));
    county.engine.act(&by_adviser(3), done.case.id, advise).await.unwrap();

    for record in county.log.read(Position::START, 1_000).await.unwrap() {
        let text = String::from_utf8_lossy(&record.bytes).into_owned();
        for word in ["Ivy", "Jevington", "2017-04-09", "B8012", "BN26", "Rosalind", "misses"] {
            assert!(!text.contains(word), "{word} is in {}", record.stream.as_str());
        }
    }
}

#[tokio::test]
async fn what_was_sealed_opens_after_the_access_is_on_record() {
    let county = County::founded().await;
    county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    let before = county.engine.vault().journal().head().entries;

    let opened = county.engine.open(ADVISER, READING, &boxes(&county).await).await.unwrap();

    let named = opened.iter().any(
        |each| matches!(each, Opened::Personal(Personal::Child(it)) if it.given_name == "Ivy"),
    );
    assert!(named);
    assert_eq!(county.engine.vault().journal().head().entries, before + 1);
}

#[tokio::test]
async fn after_an_erasure_every_box_is_noise_and_the_log_still_verifies() {
    let county = County::founded().await;
    let done = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    let child = done.case.child.unwrap();

    county.engine.erase(&by_adviser(3), child, None).await.unwrap();

    let opened = county.engine.open(ADVISER, READING, &boxes(&county).await).await.unwrap();
    assert!(opened.iter().all(|each| *each == Opened::Erased));
    assert_eq!(opened.len(), 3);
    let key = county.engine.public_key().unwrap();
    let keys = CheckpointVerifier::new("test.example/log", &[key]).unwrap();
    let verified = log::verify(&*county.log, &keys, &[], |_| {}).await.unwrap();
    assert_eq!(verified.tree.size, county.engine.head());
}

#[tokio::test]
async fn nothing_can_be_written_about_an_erased_child_but_the_request_can_go_on() {
    let county = County::founded().await;
    let done = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    county.engine.erase(&by_adviser(3), done.case.child.unwrap(), None).await.unwrap();

    let note = Command::Note(Words::text("she"));
    let refused = county.engine.act(&by_adviser(4), done.case.id, note).await;
    assert!(matches!(refused, Err(Failure::Erased)));

    let withdraw = Command::Withdraw(Words::default());
    assert!(county.engine.act(&by_adviser(5), done.case.id, withdraw).await.is_ok());
}

#[tokio::test]
async fn a_child_is_found_by_name_birth_date_and_number_until_it_is_erased() {
    let county = County::founded().await;
    let done = county.engine.submit(&by_adviser(2), SCHOOL, submission()).await.unwrap();
    let child = done.case.child.unwrap();

    for sought in ["ivy", "Jev iv", "2017-04-09", "b801200005001"] {
        assert_eq!(county.engine.find_children(sought).await.unwrap(), [child], "{sought}");
    }
    assert!(county.engine.find_children("Ivan").await.unwrap().is_empty());
    assert!(county.engine.find_children("  ").await.unwrap().is_empty());

    county.engine.erase(&by_adviser(3), child, None).await.unwrap();
    assert!(county.engine.find_children("ivy").await.unwrap().is_empty());
}

#[tokio::test]
async fn an_unknown_child_cannot_be_erased() {
    let county = County::founded().await;
    let nobody = domain::ids::ChildId(uuid::Uuid::from_u128(1));
    let refused = county.engine.erase(&by_adviser(3), nobody, None).await;
    assert!(matches!(refused, Err(Failure::ChildRefused(_))));
}
