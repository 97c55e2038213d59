//! Another master key, while all goes on.
//!
//! Where the master key is kept is for whoever wires the engine up to know; here is the order in
//! which it changes, so that at every moment some key on disk opens the key store: the new one
//! is written beside the old, then every key is wrapped by it, then it takes the old one's place.

use super::{Configured, Context, Engine};
use crate::failure::Failure;
use domain::desk::DeskCommand;
use std::path::PathBuf;
use std::sync::Arc;
use vault::MasterKey;

/// Where the master key is kept.
pub trait MasterKeyPlace: Send + Sync {
    /// Makes a new key and writes it down, durably, beside the one in force.
    fn make(&self) -> Result<MasterKey, MasterKeyUnkept>;

    /// Puts the new key in the place of the old, which it keeps under another name. Answers
    /// that name.
    fn replace(&self) -> Result<PathBuf, MasterKeyUnkept>;
}

/// No new master key can be kept.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyUnkept {
    /// It comes from where this program cannot write.
    #[error(
        "the master key is given in the environment, where this program cannot put another; stop \
         the server and use `frontdoor rotate-master-key --to FILE`"
    )]
    Elsewhere,
    /// An earlier change did not end.
    #[error("a change of the master key has not ended; restart the server, which ends it")]
    Unfinished,
    /// The file cannot be written.
    #[error("the new master key cannot be kept")]
    Unwritable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// That another master key is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MasterKeyRotated {
    /// Where the old one is kept, for backups of keys that were made before.
    pub old_key_file: PathBuf,
    /// What records it.
    pub configured: Configured,
}

impl Engine {
    /// Tells the engine where the master key is kept. Only the first time counts.
    pub fn keep_master_key_in(&self, place: Arc<dyn MasterKeyPlace>) {
        let _first_counts = self.inner.master_key.set(place);
    }

    /// Wraps every key by a new master key, and records that it was done.
    ///
    /// When recording fails the new key is in force all the same; asking again makes another.
    pub async fn rotate_master_key(&self, context: &Context) -> Result<MasterKeyRotated, Failure> {
        let place = self.inner.master_key.get().ok_or(MasterKeyUnkept::Elsewhere)?;
        // The new key's file is made only once: who comes second is told so.
        let making = Arc::clone(place);
        let new = tokio::task::spawn_blocking(move || making.make());
        let new = new.await.map_err(|_| Failure::Contended)??;
        self.inner.vault.rotate_master(new).await?;
        let replacing = Arc::clone(place);
        let replaced = tokio::task::spawn_blocking(move || replacing.replace());
        let old_key_file = replaced.await.map_err(|_| Failure::Contended)??;
        let configured = self.record_master_key(context).await?;
        Ok(MasterKeyRotated { old_key_file, configured })
    }

    /// Records that another master key is in force.
    pub async fn record_master_key(&self, context: &Context) -> Result<Configured, Failure> {
        self.configure(context, vec![DeskCommand::RecordMasterKey]).await
    }
}
