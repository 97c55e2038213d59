//! Seal, open, shred: the vault as the rest of the project sees it.

#[cfg(test)]
mod tests;

use std::{fmt, path::Path, sync::Arc};

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    disk::{Disk, DiskFile},
    durable::{Gauge, ReadOnly, Stats},
    erasures::{Erased, Erasures},
    error::Error,
    journal::{Access, Journal, Recorded},
    keystore::{Change, KeyStore, Shredded},
    master::MasterKey,
    ring::{SharedRing, Slot},
    sealed::{self, OpenError, SealError, Sealed},
    subject::{KeyId, Subject},
    writer::Writer,
};

/// Holds every subject's key. Cheap to clone; the clones are one vault.
#[derive(Clone)]
pub struct Vault {
    shared: Arc<Shared>,
}

struct Shared {
    ring: Arc<SharedRing>,
    gauge: Arc<Gauge>,
    writer: Writer<Change>,
    journal: Journal,
}

impl Vault {
    /// Opens the key store in a directory of its own, or makes one there. Blocks while it
    /// reads.
    pub fn open_dir(dir: &Path, master: MasterKey, journal: Journal) -> Result<Self, Error> {
        Self::open_dir_on(dir, master, journal, |file| Box::new(file))
    }

    /// The same, but first destroys the keys of whoever was erased: a restore may have brought
    /// them back, and a crash may have left them.
    pub fn open_dir_but(
        dir: &Path,
        master: MasterKey,
        journal: Journal,
        erasures: &Erasures,
    ) -> Result<Self, Error> {
        let mut store = KeyStore::open(dir, master, |file| Box::new(file))?;
        store.shred_again(erasures.all().iter().flat_map(Erased::subjects))?;
        Self::over(store, dir, journal)
    }

    /// `attach` lets tests put a faulty disk in between.
    fn open_dir_on(
        dir: &Path,
        master: MasterKey,
        journal: Journal,
        attach: impl FnOnce(DiskFile) -> Box<dyn Disk>,
    ) -> Result<Self, Error> {
        Self::over(KeyStore::open(dir, master, attach)?, dir, journal)
    }

    fn over(mut store: KeyStore, dir: &Path, journal: Journal) -> Result<Self, Error> {
        let (ring, gauge) = (store.ring(), store.gauge());
        let writer = Writer::spawn("key-store", move |changes| store.commit(changes))
            .map_err(Error::io("start the writer of", dir))?;
        Ok(Self { shared: Arc::new(Shared { ring, gauge, writer, journal }) })
    }

    /// Makes the subject's key, or answers the one it has. It is on disk when this returns.
    /// A shredded subject gets no other.
    pub async fn create_key(&self, subject: Subject) -> Result<KeyId, Error> {
        // A key that is in the ring is on disk: no need to queue behind a sync for it.
        if let Some(id) = self.key_of(subject) {
            return Ok(id);
        }
        self.shared.writer.ask(|answer| Change::CreateKey(subject, answer)).await
    }

    /// Seals what an event says about the subject. The box opens in this event only.
    pub fn seal(
        &self,
        subject: Subject,
        event_id: Uuid,
        plaintext: &[u8],
    ) -> Result<Sealed, SealError> {
        let ring = self.shared.ring.read();
        match ring.slots.get(&subject) {
            None => Err(SealError::NoKey { subject }),
            Some(Slot::Shredded { .. }) => Err(SealError::Shredded { subject }),
            Some(Slot::Live { id, key }) => {
                let ciphertext = key.seal(&sealed::context(event_id, subject), plaintext)?;
                Ok(Sealed { subject, key: *id, ciphertext })
            }
        }
    }

    /// Opens a box of an event, for an access that is on record. What it answers is wiped
    /// from memory when dropped.
    pub fn open(
        &self,
        access: &Recorded,
        event_id: Uuid,
        sealed: &Sealed,
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let subject = sealed.subject;
        if !access.covers(subject) {
            return Err(OpenError::NotRecordedFor { subject });
        }
        match self.shared.ring.read().slots.get(&subject) {
            Some(Slot::Shredded { .. }) => Err(OpenError::Shredded { subject }),
            Some(Slot::Live { id, key }) if *id == sealed.key => key
                .open(&sealed::context(event_id, subject), &sealed.ciphertext)
                .map_err(|_| OpenError::Tampered { subject }),
            Some(Slot::Live { .. }) | None => Err(OpenError::NoKey { subject, key: sealed.key }),
        }
    }

    /// Writes an access down, so that what it covers may be opened. If it cannot be written,
    /// nothing can be opened.
    pub async fn record(&self, access: Access) -> Result<Recorded, Error> {
        self.shared.journal.record(access).await
    }

    /// Destroys the subject's key, in memory and on disk, for good. Asking again is harmless.
    pub async fn shred(&self, subject: Subject) -> Result<Shredded, Error> {
        self.shared.writer.ask(|answer| Change::Shred(subject, answer)).await
    }

    /// Whether the subject's key was destroyed.
    #[must_use]
    pub fn is_shredded(&self, subject: Subject) -> bool {
        matches!(self.shared.ring.read().slots.get(&subject), Some(Slot::Shredded { .. }))
    }

    /// The name of the key that was destroyed; `None` when it was not, or there was none.
    #[must_use]
    pub fn shredded_key(&self, subject: Subject) -> Option<KeyId> {
        match self.shared.ring.read().slots.get(&subject) {
            Some(Slot::Shredded { id }) => *id,
            Some(Slot::Live { .. }) | None => None,
        }
    }

    /// A keyed hash (HMAC-SHA256, RFC 2104), to tell whether two request bodies are the same
    /// without keeping one that could be guessed at. The same for as long as the key store
    /// lives, whatever happens to the master key.
    #[must_use]
    pub fn fingerprint(&self, bytes: &[u8]) -> [u8; 32] {
        let ring = self.shared.ring.read();
        // A key shorter than the hash's block of 64 bytes is padded with zeros.
        let mut block = Zeroizing::new([0; 64]);
        block[..32].copy_from_slice(ring.fingerprint.as_bytes());
        Hmac::<Sha256>::new((&*block).into()).chain_update(bytes).finalize().into_bytes().into()
    }

    /// Wraps every key by a new master key, while all goes on. From when this returns, only
    /// the new one opens the store: keep it before calling, and discard the old one after.
    pub async fn rotate_master(&self, new: MasterKey) -> Result<(), Error> {
        self.shared.writer.ask(|answer| Change::RotateMaster(new, answer)).await
    }

    /// The record of accesses, to read it.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.shared.journal
    }

    /// Whether keys can be made and shredded; if not, why not. What is open stays open.
    pub fn health(&self) -> Result<(), ReadOnly> {
        self.shared.gauge.health()
    }

    /// How many changes to keys were made since it was opened, and with how many syncs.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.shared.gauge.stats()
    }

    fn key_of(&self, subject: Subject) -> Option<KeyId> {
        match self.shared.ring.read().slots.get(&subject) {
            Some(Slot::Live { id, .. }) => Some(*id),
            Some(Slot::Shredded { .. }) | None => None,
        }
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("stats", &self.stats()).finish_non_exhaustive()
    }
}
