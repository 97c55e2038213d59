//! Hundreds of random changes to the files themselves, below the storage and its checksums: the
//! log says that it is damaged, or is the same as ever, since storage keeps bytes that are
//! nobody's any more. It is never sound and something else.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;

use super::SledLog;
use super::mutations::{ORIGIN, RECORDS, a_log};
use crate::{CheckpointSigner, CheckpointVerifier, Error, Log, Position, Record, verify};

/// How many changes are tried.
const MUTATIONS: u32 = 300;
/// How many of them must be seen at least: half of the file is old pages.
const LEAST_FOUND: u32 = 60;

/// A file below the log's directory, with what is in it.
type Files = Vec<(PathBuf, Vec<u8>)>;

fn files(dir: &Path) -> Files {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push((entry.path(), fs::read(entry.path()).unwrap()));
        }
    }
    // A lock is a file with nothing in it.
    found.retain(|(_, bytes)| !bytes.is_empty());
    found.sort();
    found
}

/// What is done to one file.
#[derive(Clone, Debug)]
enum Change {
    Flip(prop::sample::Index, u8),
    Blank(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    Cut(prop::sample::Index),
    Remove,
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        10 => (index(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        2 => index().prop_map(Change::Blank),
        2 => (index(), index()).prop_map(|(one, other)| Change::Swap(one, other)),
        2 => index().prop_map(Change::Cut),
        1 => Just(Change::Remove),
    ]
}

impl Change {
    /// What is left of a file; `None` when it is gone. Only where something was written is
    /// anything changed.
    fn apply(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut changed = bytes.to_vec();
        let end = bytes.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1);
        let block = |at: &prop::sample::Index| at.index(end).min(end.saturating_sub(64));
        match self {
            Self::Flip(at, bit) => *changed.get_mut(at.index(end))? ^= 1 << bit,
            Self::Blank(at) => changed.iter_mut().skip(block(at)).take(64).for_each(|it| *it = 0),
            Self::Swap(one, other) => {
                for nth in 0..64.min(end) {
                    changed.swap(block(one) + nth, block(other) + nth);
                }
            }
            Self::Cut(at) => changed.truncate(at.index(end)),
            Self::Remove => return None,
        }
        Some(changed)
    }
}

/// The records of a log in this directory, if it verifies.
fn verified(
    dir: &Path,
    keys: &CheckpointVerifier,
    published: &[Vec<u8>],
    runtime: &tokio::runtime::Runtime,
) -> Result<Vec<Record>, Error> {
    let log = SledLog::open(dir)?;
    runtime.block_on(async {
        verify(&log, keys, published, |_| {}).await?;
        log.read(Position::START, 1_000).await
    })
}

#[test]
fn no_change_of_the_files_makes_another_log_that_is_sound() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let dir = TempDir::new().unwrap();
    let log = runtime.block_on(a_log(&dir));
    let published = vec![runtime.block_on(log.checkpoint(RECORDS)).unwrap().unwrap().note];
    let sound = runtime.block_on(log.read(Position::START, 1_000)).unwrap();
    drop(log);
    let signer = CheckpointSigner::new(ORIGIN, &[1; 32]).unwrap();
    let keys = CheckpointVerifier::new(ORIGIN, &[signer.public_key()]).unwrap();
    assert_eq!(verified(dir.path(), &keys, &published, &runtime).unwrap(), sound);
    let files = files(dir.path());

    let config = Config { failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let mut found = 0;
    for _ in 0..MUTATIONS {
        let tree = (any::<prop::sample::Index>(), change()).new_tree(&mut runner).unwrap();
        let (which, change) = tree.current();
        let which = which.index(files.len());
        let copy = TempDir::new().unwrap();
        for (nth, (path, bytes)) in files.iter().enumerate() {
            let to = copy.path().join(path.strip_prefix(dir.path()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            let bytes = if nth == which { change.apply(bytes) } else { Some(bytes.clone()) };
            bytes.map_or(Ok(()), |bytes| fs::write(to, bytes)).unwrap();
        }
        match verified(copy.path(), &keys, &published, &runtime) {
            Ok(records) => assert!(records == sound, "{change:?} of {:?}", files[which].0),
            Err(_) => found += 1,
        }
    }
    assert!(found >= LEAST_FOUND, "only {found} of {MUTATIONS} were seen");
}
