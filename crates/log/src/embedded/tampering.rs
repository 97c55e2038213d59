//! Somebody edits the data below the log: reading or verifying names the position.

use std::path::Path;

use sled::IVec;
use tempfile::TempDir;
use uuid::Uuid;

use super::{SledLog, layout, store};
use crate::merkle::Frontier;
use crate::{
    Append, Body, CheckpointSigner, CheckpointVerifier, CommandId, Error, Log, Outcome, Position,
    StreamAppend, StreamName, Verification, Version, verify,
};

const ORIGIN: &str = "frontdoor.example/log";

fn signer() -> CheckpointSigner {
    CheckpointSigner::new(ORIGIN, &[1; 32]).unwrap()
}

/// Twelve records: positions 1, 3, 5 … in stream `a`, 2, 4, 6 … in `b`; signed at 10.
async fn a_log() -> TempDir {
    let dir = TempDir::new().unwrap();
    let log = SledLog::open(dir.path()).unwrap();
    for nth in 0..12_u32 {
        let body = Body::try_new(format!(r#"{{"text":"record {nth:02}"}}"#)).unwrap();
        let stream = StreamName::try_new(if nth % 2 == 0 { "a" } else { "b" }).unwrap();
        let part = StreamAppend { stream, expected: Version::new(nth / 2), bodies: vec![body] };
        let (command, fingerprint) = (CommandId::new(Uuid::from_u64_pair(0, nth.into())), [0; 32]);
        let append = Append { command, fingerprint, streams: vec![part], cursor: None };
        assert!(matches!(log.append(append).await.unwrap(), Outcome::Appended(_)));
    }
    let note = signer().sign(10, log.root(10).await.unwrap()).unwrap();
    log.save_checkpoint(10, note).await.unwrap();
    dir
}

async fn tampered(tamper: impl FnOnce(&sled::Db)) -> Result<Verification, Error> {
    let dir = a_log().await;
    edit(dir.path(), tamper);
    let log = SledLog::open(dir.path())?;
    let keys = CheckpointVerifier::new(ORIGIN, &[signer().public_key()]).unwrap();
    verify(&log, &keys, &[], |_| {}).await
}

fn edit(dir: &Path, tamper: impl FnOnce(&sled::Db)) {
    let sled = store::patiently(|| sled::open(dir)).unwrap();
    tamper(&sled);
    sled.flush().unwrap();
}

#[track_caller]
fn assert_found(found: Result<Verification, Error>, at: u64, says: &str) {
    match found {
        Err(Error::Corrupt { position, what }) => {
            assert!(position == Position::new(at) && what.contains(says), "{position}: {what}");
        }
        other => panic!("not found: {other:?}"),
    }
}

fn record_key(place: u64) -> Vec<u8> {
    [layout::record_prefix(Position::new(place)), vec![0]].concat()
}

fn stream_key(stream: &str, version: u32) -> Vec<u8> {
    let stream = StreamName::try_new(stream).unwrap();
    layout::stream_span(&stream, Version::new(version)).start().clone()
}

fn change(sled: &sled::Db, key: &[u8], change: impl FnOnce(&mut Vec<u8>)) {
    let mut value = sled.get(key).unwrap().unwrap().to_vec();
    change(&mut value);
    sled.insert(key, value).unwrap();
}

fn swap(sled: &sled::Db, one: &[u8], other: &[u8]) {
    let value = |key: &[u8]| -> IVec { sled.get(key).unwrap().unwrap() };
    let (one_value, other_value) = (value(one), value(other));
    sled.insert(one, other_value).unwrap();
    sled.insert(other, one_value).unwrap();
}

#[tokio::test]
async fn an_untouched_log_verifies() {
    let verification = tampered(|_| {}).await.unwrap();
    assert_eq!((verification.tree.size, verification.streams), (12, 2));
    assert_eq!(verification.checkpoints, 1);
}

#[tokio::test]
async fn a_flipped_byte_is_found() {
    for place in 1..=12 {
        let flip = |bytes: &mut Vec<u8>| *bytes.iter_mut().nth_back(3).unwrap() ^= 1;
        let found = tampered(|sled| change(sled, &record_key(place), flip)).await;
        assert_found(found, place, "does not hash");
    }
}

#[tokio::test]
async fn a_flipped_byte_in_the_stamp_is_found() {
    let flip = |bytes: &mut Vec<u8>| bytes[12] ^= 1;
    let found = tampered(|sled| change(sled, &record_key(5), flip)).await;
    assert_found(found, 5, "belongs elsewhere");
}

#[tokio::test]
async fn a_deleted_record_is_found() {
    for place in [1, 6, 12] {
        let found = tampered(|sled| drop(sled.remove(record_key(place)).unwrap())).await;
        assert_found(found, place, "missing");
    }
}

#[tokio::test]
async fn reordered_records_are_found() {
    let found = tampered(|sled| swap(sled, &record_key(3), &record_key(7))).await;
    assert_found(found, 3, "belongs elsewhere");
}

#[tokio::test]
async fn an_added_record_is_found() {
    let found = tampered(|sled| drop(sled.insert(record_key(13), b"{}").unwrap())).await;
    assert_found(found, 13, "past the stored head");
}

#[tokio::test]
async fn a_changed_hash_is_found() {
    let key = layout::hashes_key(Position::new(8));
    let found = tampered(|sled| change(sled, &key, |hashes| hashes[40] ^= 1)).await;
    assert_found(found, 8, "does not hash");
}

/// Changes a record and then every hash that depends on it: only signatures can tell.
fn rewrite(sled: &sled::Db, place: u64, rewrite: impl Fn(&mut Vec<u8>)) {
    change(sled, &record_key(place), rewrite);
    let mut tree = Frontier::default();
    for position in (1..=12).map(Position::new) {
        let bytes = sled.get(record_key(position.get())).unwrap().unwrap();
        let hashes = tree.push(tlog_tiles::record_hash(&bytes));
        let hashes: Vec<u8> = hashes.iter().flat_map(|hash| hash.0).collect();
        sled.insert(layout::hashes_key(position), hashes).unwrap();
    }
}

#[tokio::test]
async fn a_record_rewritten_together_with_its_hashes_contradicts_the_checkpoint() {
    let flip = |bytes: &mut Vec<u8>| *bytes.iter_mut().nth_back(3).unwrap() ^= 1;
    let found = tampered(|sled| rewrite(sled, 4, flip)).await;
    assert_found(found, 10, "another root");
}

#[tokio::test]
async fn a_record_out_of_turn_in_its_stream_is_found() {
    let later = |bytes: &mut Vec<u8>| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replacen(r#""version":6"#, r#""version":7"#, 1).into_bytes();
    };
    let found = tampered(|sled| rewrite(sled, 11, later)).await;
    assert_found(found, 11, "out of turn");
}

#[tokio::test]
async fn a_shortened_log_contradicts_its_checkpoint() {
    let found = tampered(|sled| {
        for place in 10..=12 {
            sled.remove(record_key(place)).unwrap();
        }
        change(sled, layout::HEAD, |head| *head.last_mut().unwrap() = 9);
    });
    assert_found(found.await, 10, "speaks of 10 records");
}

#[tokio::test]
async fn a_stream_index_that_tells_another_story_is_found() {
    let swapped = tampered(|sled| swap(sled, &stream_key("a", 2), &stream_key("a", 3)));
    assert_found(swapped.await, 3, "does not lead to this record");

    let cut = tampered(|sled| drop(sled.remove(stream_key("b", 6)).unwrap()));
    assert_found(cut.await, 12, "does not lead to this record");
}

#[tokio::test]
async fn another_format_is_refused() {
    let found = tampered(|sled| change(sled, layout::HEAD, |head| head[0] += 1));
    assert_found(found.await, 0, "format");
}
