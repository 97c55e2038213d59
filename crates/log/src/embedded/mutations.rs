//! Ten thousand random changes to what is stored: every one is found, at the position it was made.
//!
//! The log stays open. A change goes into the storage below it, the log looks again at where it
//! ends, is verified, and the change is taken back.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sled::IVec;
use tempfile::TempDir;
use uuid::Uuid;

use super::{SledLog, layout};
use crate::{
    Append, Body, CheckpointSigner, CheckpointVerifier, CommandId, Error, Log, Outcome, Position,
    StreamAppend, StreamName, Version, verify,
};

pub(super) const ORIGIN: &str = "frontdoor.example/log";
/// How many changes are tried.
const MUTATIONS: u32 = 10_000;
/// How many records the log has, the last of them under the last checkpoint.
pub(super) const RECORDS: u64 = 24;

/// A log of three streams, one of whose records takes several chunks, signed in the middle and
/// at its end.
pub(super) async fn a_log(dir: &TempDir) -> SledLog {
    let signer = CheckpointSigner::new(ORIGIN, &[1; 32]).unwrap();
    let log = SledLog::open(dir.path()).unwrap();
    let mut versions = [0_u32; 3];
    for nth in 0..RECORDS {
        let of = usize::try_from(nth * nth % 3).unwrap();
        let padding = if nth == 7 { 9_000 } else { 10 };
        let body = Body::try_new(format!(r#"{{"text":"record {nth:02}{}"}}"#, "x".repeat(padding)));
        let part = StreamAppend {
            stream: StreamName::try_new(["a", "b", "c"][of]).unwrap(),
            expected: Version::new(versions[of]),
            bodies: vec![body.unwrap()],
        };
        versions[of] += 1;
        let command = CommandId::new(Uuid::from_u64_pair(0, nth));
        let append = Append { command, fingerprint: [0; 32], streams: vec![part], cursor: None };
        assert!(matches!(log.append(append).await.unwrap(), Outcome::Appended(_)));
        if [11, RECORDS].contains(&(nth + 1)) {
            let note = signer.sign(nth + 1, log.root(nth + 1).await.unwrap()).unwrap();
            log.save_checkpoint(nth + 1, note).await.unwrap();
        }
    }
    log
}

/// What is in the storage, key by key.
type Stored = BTreeMap<Vec<u8>, Vec<u8>>;

/// What is done to it.
#[derive(Clone, Debug)]
enum Mutation {
    /// One bit of one value is another.
    Flip { entry: prop::sample::Index, bit: prop::sample::Index },
    /// One entry is gone.
    Delete { entry: prop::sample::Index },
    /// Two entries of a kind have each other's values.
    Swap { one: prop::sample::Index, other: prop::sample::Index },
    /// The log ends earlier, and looks as if it always had.
    Cut { end: u64 },
    /// A value is shorter.
    Shorten { entry: prop::sample::Index, by: prop::sample::Index },
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        8 => (index(), index()).prop_map(|(entry, bit)| Mutation::Flip { entry, bit }),
        3 => index().prop_map(|entry| Mutation::Delete { entry }),
        4 => (index(), index()).prop_map(|(one, other)| Mutation::Swap { one, other }),
        1 => (0..RECORDS).prop_map(|end| Mutation::Cut { end }),
        2 => (index(), index()).prop_map(|(entry, by)| Mutation::Shorten { entry, by }),
    ]
}

impl Mutation {
    /// The storage after it; `None` when it changes nothing that is said.
    fn apply(&self, stored: &Stored) -> Option<Stored> {
        let mut changed = stored.clone();
        let keys: Vec<&Vec<u8>> = stored.keys().filter(|key| is_evidence(key)).collect();
        match self {
            Self::Flip { entry, bit } => {
                let value = changed.get_mut(*entry.get(&keys))?;
                let bit = bit.index(value.len() * 8);
                value[bit / 8] ^= 1 << (bit % 8);
            }
            Self::Delete { entry } => {
                let key = *entry.get(&keys);
                // A checkpoint that is gone is not missed by the rest: those kept elsewhere count.
                changed.remove(key).filter(|_| key[0] != b'n')?;
            }
            Self::Swap { one, other } => {
                let one = *one.get(&keys);
                let alike: Vec<_> = keys.iter().filter(|key| key[0] == one[0]).collect();
                let other = **other.get(&alike);
                changed.insert(one.clone(), stored[other].clone());
                changed.insert(other.clone(), stored[one].clone());
            }
            Self::Cut { end } => {
                let beyond = |key: &[u8]| position_in(key).is_some_and(|at| at > *end);
                changed.retain(|key, value| match key[0] {
                    b'r' | b'm' => !beyond(key),
                    b's' => layout::position_of(value).is_some_and(|at| at.get() <= *end),
                    _ => true,
                });
                let head = changed.get_mut(layout::HEAD)?;
                *head = [&[layout::FORMAT][..], &end.to_be_bytes()].concat();
            }
            Self::Shorten { entry, by } => {
                let value = changed.get_mut(*entry.get(&keys))?;
                value.truncate(value.len() - 1 - by.index(value.len()));
            }
        }
        (changed != *stored).then_some(changed)
    }
}

/// The first position about which the storage now says something else.
fn first_altered(stored: &Stored, changed: &Stored) -> u64 {
    if stored.get(layout::HEAD) != changed.get(layout::HEAD) {
        let end = changed.get(layout::HEAD).map_or(Some(0), |head| match head.as_slice() {
            [layout::FORMAT, end @ ..] => layout::position_of(end).map(Position::get),
            _ => None,
        });
        // The first record past the end as it is said now, or the first that is not there.
        return end.map_or(0, |end| end.min(RECORDS) + 1);
    }
    let keys = stored.keys().chain(changed.keys());
    let altered = keys.filter(|key| stored.get(*key) != changed.get(*key));
    altered.map(|key| position_of_entry(key, stored)).min().unwrap_or(u64::MAX)
}

/// Records, hashes, streams, checkpoints and the head. Receipts and cursors are what callers
/// remember of their own doings; nobody signs them.
fn is_evidence(key: &[u8]) -> bool {
    b"rmsnh".contains(&key[0])
}

/// The position in the key of a record, of its hashes, or of a checkpoint.
fn position_in(key: &[u8]) -> Option<u64> {
    let place = key.get(1..9)?.try_into().ok()?;
    b"rmn".contains(&key[0]).then(|| u64::from_be_bytes(place))
}

/// The position that an entry is about.
fn position_of_entry(key: &[u8], stored: &Stored) -> u64 {
    let of_stream = || stored.get(key).and_then(|value| layout::position_of(value));
    position_in(key).or_else(|| Some(of_stream()?.get())).unwrap_or(0)
}

/// What verifying finds: the position, or `None` when it finds nothing.
fn found(
    log: &SledLog,
    keys: &CheckpointVerifier,
    runtime: &tokio::runtime::Runtime,
) -> Option<u64> {
    let verified = log
        .store
        .look_again()
        .and_then(|()| runtime.block_on(verify(log, keys, &[], |_| {})).map(drop));
    match verified {
        Ok(()) => None,
        Err(Error::Corrupt { position, .. }) => Some(position.get()),
        Err(other) => panic!("not said to be damaged: {other:?}"),
    }
}

/// Makes the storage `to` where it is `from`.
fn become_(sled: &sled::Db, from: &Stored, to: &Stored) {
    for key in from.keys().chain(to.keys()) {
        match (from.get(key), to.get(key)) {
            (was, Some(is)) if was != Some(is) => drop(sled.insert(key, is.as_slice()).unwrap()),
            (Some(_), None) => drop(sled.remove(key).unwrap()),
            _ => {}
        }
    }
}

#[test]
fn every_one_of_ten_thousand_mutations_is_found_where_it_was_made() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let dir = TempDir::new().unwrap();
    let log = runtime.block_on(a_log(&dir));
    let signer = CheckpointSigner::new(ORIGIN, &[1; 32]).unwrap();
    let keys = CheckpointVerifier::new(ORIGIN, &[signer.public_key()]).unwrap();
    let entries = log.store.sled.iter().map(|entry| entry.unwrap());
    let stored: Stored =
        entries.map(|(key, value): (IVec, IVec)| (key.to_vec(), value.to_vec())).collect();
    assert_eq!(found(&log, &keys, &runtime), None, "untouched, it is sound");

    let config = Config { failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let (mut tried, mut missed) = (0, vec![]);
    while tried < MUTATIONS {
        let mutation = mutation().new_tree(&mut runner).unwrap().current();
        let Some(changed) = mutation.apply(&stored) else { continue };
        tried += 1;
        become_(&log.store.sled, &stored, &changed);
        let (at, first) = (found(&log, &keys, &runtime), first_altered(&stored, &changed));
        become_(&log.store.sled, &changed, &stored);
        if at != Some(first) {
            missed.push(format!("{mutation:?} at {first}: found at {at:?}"));
        }
    }
    assert_eq!(found(&log, &keys, &runtime), None, "everything was taken back");
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed[..missed.len().min(40)].join("\n")
    );
}
