//! An engine for tests: a log in memory, and keys in a directory that goes with the test.

use engine::{Engine, Ids, SystemClock};
use log::MemoryLog;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use vault::{Journal, MasterKey, Vault};

/// A vault in this directory.
pub(crate) fn vault(dir: &Path) -> Vault {
    let journal = Journal::open(&dir.join("access.jsonl")).unwrap();
    Vault::open_dir(&dir.join("keys"), MasterKey::generate().unwrap(), journal).unwrap()
}

/// An engine, and the directory that its keys are in.
pub(crate) fn engine() -> (Engine, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let log = Arc::new(MemoryLog::new());
    let engine = Engine::new(log, vault(dir.path()), Arc::new(SystemClock), Ids::default());
    (engine, dir)
}
