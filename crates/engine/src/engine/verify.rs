//! Verifying the log while it is served: every record, every hash and every checkpoint, for
//! whoever asks over the API and has no shell on the machine.
//!
//! It reads the whole log, so there is one verification at a time, on a thread of its own, and
//! none takes longer than a caller waits. A log for which that is too short is verified by
//! `frontdoor verify`, which also looks at what is kept beside the log.

use super::Engine;
use crate::failure::Failure;
use log::{Error, Hash, Verification};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::timeout;

/// How long a verification may take: less than the door waits for an answer.
const PATIENCE: Duration = Duration::from_secs(45);

/// What came of verifying the log.
#[derive(Clone, Debug, PartialEq)]
pub enum Verified {
    /// Every record is in its place and hashes to what was stored, and every checkpoint agrees.
    Sound {
        /// How many records there are.
        records: u64,
        /// The root of the tree over them.
        root: Hash,
        /// How many streams they form.
        streams: usize,
        /// How many checkpoints agree with them.
        checkpoints: usize,
        /// How many records are under no checkpoint yet.
        unsigned_records: u64,
    },
    /// Something is not as it was written.
    Damaged {
        /// The first position at which it shows; none, when no position can be told.
        position: Option<u64>,
        /// What.
        what: String,
    },
    /// The log is too long to be verified while somebody waits.
    TooLong {
        /// How far it came without finding anything.
        reached: u64,
    },
    /// Another verification has not ended.
    UnderWay,
}

impl Engine {
    /// Verifies the log as it is now against everything that was signed of it.
    pub async fn verify(&self) -> Result<Verified, Failure> {
        let Ok(alone) = Arc::clone(&self.inner.verifying).try_lock_owned() else {
            return Ok(Verified::UnderWay);
        };
        let (engine, runtime) = (self.clone(), Handle::current());
        let verifying = tokio::task::spawn_blocking(move || {
            // Until it has ended, whether or not somebody still waits for it.
            let _alone = alone;
            runtime.block_on(engine.walked())
        });
        verifying.await.map_err(|_| Failure::Contended)?
    }

    /// Walks the whole log, as long as that is bearable. Not for a thread that others need.
    async fn walked(&self) -> Result<Verified, Failure> {
        let keys = self.inner.signer.get().ok_or(Failure::NoSigner)?.verifier()?;
        let signed = self.inner.log.latest_checkpoint().await?.map_or(0, |it| it.size);
        let reached = AtomicU64::new(0);
        let on_progress = |it: log::Progress| reached.store(it.verified.get(), Ordering::Relaxed);
        let walk = log::verify(&*self.inner.log, &keys, &[], on_progress);
        match timeout(PATIENCE, walk).await {
            Ok(found) => verdict(found, signed),
            Err(_) => Ok(Verified::TooLong { reached: reached.load(Ordering::Relaxed) }),
        }
    }
}

fn verdict(found: Result<Verification, Error>, signed: u64) -> Result<Verified, Failure> {
    match found {
        Ok(Verification { tree, streams, checkpoints }) => Ok(Verified::Sound {
            records: tree.size,
            root: tree.root,
            streams,
            checkpoints,
            unsigned_records: tree.size.saturating_sub(signed),
        }),
        Err(Error::Corrupt { position, what }) => {
            Ok(Verified::Damaged { position: Some(position.get()), what })
        }
        Err(Error::Checkpoint(why)) => {
            Ok(Verified::Damaged { position: None, what: why.to_string() })
        }
        Err(error) => Err(error.into()),
    }
}
