//! The one writer of keys: decides each change, then makes a group of them durable at once.
//!
//! New keys are appended. When a key is shredded or the master key is rotated, the file is
//! rewritten whole, so that nothing of an old key stays in it. A key is used only after it is
//! on disk: nothing is ever sealed under a key that a crash could lose.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use crate::{
    cipher::Key,
    disk::{self, Disk, DiskFile},
    durable::{Durable, Gauge, ReadOnly},
    entropy,
    error::Error,
    keyfile,
    master::MasterKey,
    ring::{Ring, SharedRing, Slot, Slots},
    subject::{KeyId, Subject},
    writer::Answer,
};

/// A subject's key is gone, from memory and from the file of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shredded {
    /// Who was erased.
    pub subject: Subject,
    /// The key that was destroyed; none if there was none yet. There will be none either.
    pub key: Option<KeyId>,
}

/// What callers ask of the store.
pub(crate) enum Change {
    CreateKey(Subject, Answer<KeyId>),
    Shred(Subject, Answer<Shredded>),
    RotateMaster(MasterKey, Answer<()>),
}

/// Tells a caller how the commit went that its change was part of.
type Reply = Box<dyn FnOnce(Result<(), ReadOnly>) + Send>;

/// Owned by the writing thread.
pub(crate) struct KeyStore {
    ring: Arc<SharedRing>,
    file: Durable,
    staged: Slots,
    replies: Vec<Reply>,
    /// Held as long as the store is open.
    _lock: DiskFile,
}

impl KeyStore {
    /// Opens the store in a directory of its own, or makes a new one there. `attach` lets
    /// tests put a faulty disk in between.
    pub(crate) fn open(
        dir: &Path,
        master: MasterKey,
        attach: impl FnOnce(DiskFile) -> Box<dyn Disk>,
    ) -> Result<Self, Error> {
        disk::create_private_directory(dir).map_err(Error::io("create", dir))?;
        let lock = DiskFile::open_or_create(&dir.join("lock")).map_err(Error::io("lock", dir))?;
        lock.lock()?;
        let path = dir.join("keys.jsonl");
        disk::remove_leftover(&path).map_err(Error::io("clean up", dir))?;
        let (file, ring) = if path.try_exists().map_err(Error::io("look into", dir))? {
            load(&path, master)?
        } else {
            create(&path, master)?
        };
        let file = Durable::new("the key store", attach(file));
        let ring = Arc::new(SharedRing::new(ring));
        Ok(Self { ring, file, staged: Slots::new(), replies: Vec::new(), _lock: lock })
    }

    pub(crate) fn ring(&self) -> Arc<SharedRing> {
        Arc::clone(&self.ring)
    }

    pub(crate) fn gauge(&self) -> Arc<Gauge> {
        self.file.gauge()
    }

    /// Destroys the keys of these, also of those that have none yet, in one write.
    pub(crate) fn shred_again(
        &mut self,
        subjects: impl Iterator<Item = Subject>,
    ) -> Result<(), ReadOnly> {
        for subject in subjects {
            self.stage_shredding(subject);
        }
        let staged = std::mem::take(&mut self.staged);
        if staged.is_empty() { Ok(()) } else { self.write(staged) }
    }

    /// Decides a group of changes, makes them durable, then answers.
    pub(crate) fn commit(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::CreateKey(subject, answer) => match self.stage_key(subject) {
                    Ok(id) => self.reply(answer, id),
                    Err(error) => drop(answer.send(Err(error))),
                },
                Change::Shred(subject, answer) => {
                    let shredded = self.stage_shredding(subject);
                    self.reply(answer, shredded);
                }
                Change::RotateMaster(new, answer) => {
                    self.commit_staged();
                    drop(answer.send(self.rotate_master(new).map_err(Error::from)));
                }
            }
        }
        self.commit_staged();
    }

    /// Asking again for a key answers the one there is, so a retry is harmless.
    fn stage_key(&mut self, subject: Subject) -> Result<KeyId, Error> {
        match self.state(subject) {
            State::Live(id) => Ok(id),
            State::Shredded(_) => Err(Error::Shredded { subject }),
            State::Absent => {
                let id = KeyId::new(entropy::random_uuid()?);
                self.staged.insert(subject, Slot::Live { id, key: Key::random()? });
                Ok(id)
            }
        }
    }

    /// A subject without a key is shredded too: after a restore of old keys, the order in
    /// which erasures are applied again must not matter.
    fn stage_shredding(&mut self, subject: Subject) -> Shredded {
        let id = match self.state(subject) {
            State::Live(id) => Some(id),
            State::Absent => None,
            State::Shredded(id) => return Shredded { subject, key: id },
        };
        self.staged.insert(subject, Slot::Shredded { id });
        Shredded { subject, key: id }
    }

    fn reply<T: Send + 'static>(&mut self, answer: Answer<T>, outcome: T) {
        self.replies.push(Box::new(move |committed| {
            drop(answer.send(committed.map(|()| outcome).map_err(Error::from)));
        }));
    }

    fn commit_staged(&mut self) {
        let staged = std::mem::take(&mut self.staged);
        let committed = if staged.is_empty() { Ok(()) } else { self.write(staged) };
        for reply in self.replies.drain(..) {
            reply(committed.clone());
        }
    }

    fn write(&mut self, staged: Slots) -> Result<(), ReadOnly> {
        let ring = &self.ring;
        let shreds = staged.values().any(|slot| matches!(slot, Slot::Shredded { .. }));
        let changes = u64::try_from(staged.len()).unwrap_or(u64::MAX);
        self.file.write(changes, |disk| {
            let ring = ring.read();
            if shreds {
                let merged: BTreeMap<_, _> = ring.slots.iter().chain(&staged).collect();
                disk.replace(&keyfile::whole(&ring.master, &ring.fingerprint, merged.into_iter())?)
            } else {
                disk.append(&keyfile::lines(&ring.master, staged.iter())?)
            }
        })?;
        self.ring.write().slots.extend(staged);
        Ok(())
    }

    fn rotate_master(&mut self, new: MasterKey) -> Result<(), ReadOnly> {
        let ring = &self.ring;
        self.file.write(1, |disk| {
            let ring = ring.read();
            disk.replace(&keyfile::whole(&new, &ring.fingerprint, ring.slots.iter())?)
        })?;
        self.ring.write().master = new;
        Ok(())
    }

    /// What will be so once everything staged is durable.
    fn state(&self, subject: Subject) -> State {
        let ring = self.ring.read();
        match self.staged.get(&subject).or_else(|| ring.slots.get(&subject)) {
            None => State::Absent,
            Some(Slot::Live { id, .. }) => State::Live(*id),
            Some(Slot::Shredded { id }) => State::Shredded(*id),
        }
    }
}

enum State {
    Absent,
    Live(KeyId),
    Shredded(Option<KeyId>),
}

fn load(path: &Path, master: MasterKey) -> Result<(DiskFile, Ring), Error> {
    let text = std::fs::read(path).map_err(Error::io("read", path))?;
    let (ring, whole_bytes) = keyfile::read(path, &text, master)?;
    let mut file = DiskFile::open_or_create(path).map_err(Error::io("open", path))?;
    file.keep_first(whole_bytes).map_err(Error::io("cut a torn line off", path))?;
    Ok((file, ring))
}

fn create(path: &Path, master: MasterKey) -> Result<(DiskFile, Ring), Error> {
    let ring = Ring { master, fingerprint: Key::random()?, slots: Slots::new() };
    let file = keyfile::whole(&ring.master, &ring.fingerprint, ring.slots.iter())
        .and_then(|text| DiskFile::create(path, &text))
        .map_err(Error::io("create", path))?;
    tracing::info!(path = %path.display(), "made a new key store");
    Ok((file, ring))
}
