//! An engine for tests: a log in memory, a vault in a directory that goes with the test.

use engine::{Engine, Ids, SystemClock};
use log::MemoryLog;
use std::sync::Arc;
use vault::{Journal, MasterKey, Vault};

/// A vault of its own.
pub(crate) fn vault() -> Vault {
    let dir = tempfile::tempdir().unwrap().keep();
    let journal = Journal::open(&dir.join("access.jsonl")).unwrap();
    Vault::open_dir(&dir.join("keys"), MasterKey::generate().unwrap(), journal).unwrap()
}

/// An engine of its own.
pub(crate) fn engine() -> Engine {
    Engine::new(Arc::new(MemoryLog::new()), vault(), Arc::new(SystemClock), Ids::default())
}
