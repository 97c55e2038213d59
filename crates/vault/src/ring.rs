//! The keys in memory: what every seal and open looks up.

use std::{
    collections::BTreeMap,
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use crate::{
    cipher::Key,
    master::MasterKey,
    subject::{KeyId, Subject},
};

/// What is known of a subject's key.
pub(crate) enum Slot {
    Live {
        id: KeyId,
        key: Key,
    },
    /// Kept for ever, so that a shredded subject is told from one never heard of. No id when
    /// it was shredded before it had a key.
    Shredded {
        id: Option<KeyId>,
    },
}

/// Sorted, so that the file of keys does not say in which order children arrived.
pub(crate) type Slots = BTreeMap<Subject, Slot>;

/// Everything secret that the vault holds in memory.
pub(crate) struct Ring {
    pub(crate) master: MasterKey,
    pub(crate) fingerprint: Key,
    pub(crate) slots: Slots,
}

/// A ring that many read while one thread changes it.
pub(crate) struct SharedRing(RwLock<Ring>);

impl SharedRing {
    pub(crate) fn new(ring: Ring) -> Self {
        Self(RwLock::new(ring))
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Ring> {
        // No reader or writer leaves a ring half changed, so a panic elsewhere spoils nothing.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, Ring> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
