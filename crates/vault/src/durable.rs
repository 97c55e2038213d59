//! One rule for both files of the vault: after a failed write, nothing more is written.
//!
//! A sync that failed once may have dropped the bytes and then succeed for nothing, so it is
//! never retried (Rebello et al., "Can Applications Recover from fsync Failures?", 2020).

use std::{
    io,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::disk::Disk;

/// A file of the vault takes no more writes until the program is restarted. What was being
/// written when it failed may or may not be found there then.
#[derive(Clone, Debug, thiserror::Error)]
#[error(
    "{what} is read-only since a write failed ({reason}); \
     see that the disk is sound and has room, then restart"
)]
pub struct ReadOnly {
    what: &'static str,
    reason: Arc<str>,
}

/// How many changes became durable, and with how many syncs: group commit makes the second
/// number the smaller one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Changes acknowledged since the file was opened.
    pub changes: u64,
    /// Times that the disk was made to write them.
    pub syncs: u64,
}

/// What outsiders may see of a [`Durable`] while its thread writes.
#[derive(Default)]
pub(crate) struct Gauge {
    changes: AtomicU64,
    syncs: AtomicU64,
    failure: OnceLock<ReadOnly>,
}

impl Gauge {
    pub(crate) fn health(&self) -> Result<(), ReadOnly> {
        self.failure.get().map_or(Ok(()), |failure| Err(failure.clone()))
    }

    pub(crate) fn stats(&self) -> Stats {
        Stats {
            changes: self.changes.load(Ordering::Relaxed),
            syncs: self.syncs.load(Ordering::Relaxed),
        }
    }
}

/// A disk with a latch.
pub(crate) struct Durable {
    what: &'static str,
    disk: Box<dyn Disk>,
    gauge: Arc<Gauge>,
}

impl Durable {
    /// `what` names the file in errors, as a subject: "the key store".
    pub(crate) fn new(what: &'static str, disk: Box<dyn Disk>) -> Self {
        Self { what, disk, gauge: Arc::default() }
    }

    pub(crate) fn gauge(&self) -> Arc<Gauge> {
        Arc::clone(&self.gauge)
    }

    /// Runs one write that makes `changes` changes durable, unless an earlier one failed.
    pub(crate) fn write(
        &mut self,
        changes: u64,
        write: impl FnOnce(&mut dyn Disk) -> io::Result<()>,
    ) -> Result<(), ReadOnly> {
        self.gauge.health()?;
        if let Err(error) = write(&mut *self.disk) {
            tracing::error!(%error, "{} failed to write and is now read-only", self.what);
            let failure = ReadOnly { what: self.what, reason: error.to_string().into() };
            return Err(self.gauge.failure.get_or_init(|| failure).clone());
        }
        self.gauge.changes.fetch_add(changes, Ordering::Relaxed);
        self.gauge.syncs.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}
