//! Reading from sled, and only what is acknowledged.

use std::collections::HashMap;
use std::fs::File;
use std::iter::Peekable;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use sled::IVec;
use tokio::sync::watch;

use super::{directory, layout};
use crate::contract::{Checkpoint, Health, MAX_READ_RECORDS};
use crate::decide::{Group, Past};
use crate::merkle::{self, Frontier};
use crate::{
    CommandId, CursorName, Error, Hash, Position, Receipt, Record, Stats, StreamName, Version,
};

/// sled's page cache. A year of one county's requests fits.
const CACHE_BYTES: u64 = 128 * 1024 * 1024;

/// The data, and what its readers may see of it.
pub(super) struct Store {
    pub(super) sled: sled::Db,
    /// While a group is being written: the values that its keys had before. Readers look here
    /// after sled, so the new values show only when [`Store::acknowledge`] empties it. What is
    /// found by position needs none of this: positions past the head are not read.
    before: RwLock<HashMap<IVec, Option<IVec>>>,
    head: watch::Sender<Position>,
    health: RwLock<Health>,
    appends: AtomicU64,
    syncs: AtomicU64,
    _lock: File,
}

impl Store {
    /// The data in `dir`, and the handle to sync it with.
    ///
    /// sled panics on some damage instead of saying so. Whatever it was doing then is given up
    /// with it: nothing of it is used again.
    pub(super) fn open(dir: &Path) -> Result<(Arc<Self>, File), Error> {
        let lock = directory::claim(dir)?;
        let opened = catch_unwind(AssertUnwindSafe(|| Self::recover(dir, lock)));
        let what = "its storage gave up while it recovered".to_owned();
        opened.unwrap_or(Err(Error::Unopenable { what }))
    }

    fn recover(dir: &Path, lock: File) -> Result<(Arc<Self>, File), Error> {
        let config = sled::Config::new()
            .path(dir)
            .cache_capacity(CACHE_BYTES)
            // Only the writer decides when bytes go to disk.
            .flush_every_ms(None);
        let sled = patiently(|| config.open()).map_err(opening)?;
        let log_file = directory::settle(dir)?;
        let store = Self {
            sled,
            before: RwLock::default(),
            head: watch::Sender::default(),
            health: RwLock::new(Health::Writable),
            appends: AtomicU64::new(0),
            syncs: AtomicU64::new(0),
            _lock: lock,
        };
        store.head.send_replace(store.stored_head()?);
        Ok((Arc::new(store), log_file))
    }

    /// Takes the head from the storage again, for a test that changes what lies below.
    #[cfg(test)]
    pub(super) fn look_again(&self) -> Result<(), Error> {
        self.head.send_replace(self.stored_head()?);
        Ok(())
    }

    /// The head as stored, which must be where the records end.
    fn stored_head(&self) -> Result<Position, Error> {
        let head = match self.sled.get(layout::HEAD).map_err(reading)?.as_deref() {
            None => Position::START,
            Some([layout::FORMAT, head @ ..]) => layout::position_of(head)
                .ok_or_else(|| Error::corrupt(Position::START, "the stored head is no position"))?,
            Some(_) => {
                let what = "the log's format is not one that this version reads";
                return Err(Error::corrupt(Position::START, what));
            }
        };
        if head > Position::START {
            self.records(head, head).map_err(|error| self.first_damage(head).unwrap_or(error))?;
        }
        let beyond = layout::record_span(head.next(), Position::new(u64::MAX));
        match self.sled.range(beyond).next().transpose().map_err(reading)? {
            None => Ok(head),
            Some(_) => Err(Error::corrupt(head.next(), "there are records past the stored head")),
        }
    }

    /// The end is damaged; there may be more before it, and the first is what is asked for.
    fn first_damage(&self, head: Position) -> Option<Error> {
        let mut tree = Frontier::default();
        (1..=head.get()).map(Position::new).find_map(|position| {
            let record = match self.records(position, position) {
                Ok(mut records) => records.pop()?,
                Err(error) => return Some(error),
            };
            let hashes = tree.push(tlog_tiles::record_hash(&record.bytes));
            let stored = self.sled.get(layout::hashes_key(position)).ok().flatten();
            let same = |(level, hash): (usize, &Hash)| {
                stored.as_ref().and_then(|it| layout::hash_of(it, level)) == Some(*hash)
            };
            let what = "the record does not hash to what was stored with it";
            (!hashes.iter().enumerate().all(same)).then(|| Error::corrupt(position, what))
        })
    }

    /// The right edge of the tree, as stored.
    pub(super) fn frontier(&self) -> Result<Frontier, Error> {
        let size = self.head().get();
        Ok(Frontier::new(size, self.hashes(&Frontier::indexes(size))?))
    }

    pub(super) fn head(&self) -> Position {
        *self.head.borrow()
    }

    pub(super) fn watch(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    pub(super) fn health(&self) -> Health {
        self.health.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn check_writable(&self) -> Result<(), Error> {
        match self.health() {
            Health::Writable => Ok(()),
            Health::ReadOnly { since, reason } => Err(Error::ReadOnly { since, reason }),
        }
    }

    pub(super) fn stats(&self) -> Stats {
        let (appends, syncs) = (&self.appends, &self.syncs);
        Stats { appends: appends.load(Ordering::Relaxed), syncs: syncs.load(Ordering::Relaxed) }
    }

    /// Hides the values that a group is about to write.
    pub(super) fn hide(&self, keys: Vec<IVec>) -> Result<(), Error> {
        let mut before = HashMap::with_capacity(keys.len());
        for key in keys {
            let value = self.sled.get(&key).map_err(reading)?;
            before.insert(key, value);
        }
        *self.before.write().unwrap_or_else(PoisonError::into_inner) = before;
        Ok(())
    }

    /// Shows a group that is on disk.
    pub(super) fn acknowledge(&self, group: &Group) {
        let appends = group.receipts.values().map(|_| 1).sum();
        self.appends.fetch_add(appends, Ordering::Relaxed);
        self.syncs.fetch_add(1, Ordering::Relaxed);
        let mut before = self.before.write().unwrap_or_else(PoisonError::into_inner);
        before.clear();
        self.head.send_replace(group.tree.head());
    }

    /// Closes the log for writing. What is hidden stays hidden.
    pub(super) fn close(&self, reason: &str) {
        tracing::error!(reason, since = self.head().get(), "the log is read-only from here on");
        let closed = Health::ReadOnly { since: self.head(), reason: reason.to_owned() };
        *self.health.write().unwrap_or_else(PoisonError::into_inner) = closed;
    }

    pub(super) fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, Error> {
        let limit = limit.min(MAX_READ_RECORDS).try_into().unwrap_or(u64::MAX);
        let last = after.get().saturating_add(limit).min(self.head().get());
        if last <= after.get() {
            Ok(Vec::new())
        } else {
            self.records(after.next(), Position::new(last))
        }
    }

    pub(super) fn read_stream(
        &self,
        stream: &StreamName,
        after: Version,
    ) -> Result<Vec<Record>, Error> {
        let head = self.head();
        let (mut records, mut version) = (Vec::new(), after);
        for entry in self.sled.range(layout::stream_span(stream, after.next())) {
            let position = layout::position_of(&entry.map_err(reading)?.1);
            let position = position.ok_or_else(|| index_damaged(head, stream))?;
            if position > head {
                break;
            }
            version = version.next();
            let read = self.records(position, position)?;
            if read.iter().any(|record| record.stream != *stream || record.version != version) {
                return Err(index_damaged(position, stream));
            }
            records.extend(read);
        }
        Ok(records)
    }

    /// The entries of a stream in the index, whatever they say. One that says nothing is at the
    /// start, where no record is.
    pub(super) fn stream_index(
        &self,
        stream: &StreamName,
    ) -> Result<Vec<(Version, Position)>, Error> {
        let entries = self.sled.range(layout::stream_span(stream, Version::NONE));
        let entry = |entry: sled::Result<(IVec, IVec)>| {
            let (key, value) = entry.map_err(reading)?;
            let version = layout::version_of(&key).unwrap_or_default();
            Ok((version, layout::position_of(&value).unwrap_or_default()))
        };
        entries.map(entry).collect()
    }

    /// The records from `first` to `last`, all of which must be there.
    fn records(&self, first: Position, last: Position) -> Result<Vec<Record>, Error> {
        let mut entries = self.sled.range(layout::record_span(first, last)).peekable();
        let record = |place| {
            let position = Position::new(place);
            let bytes = assemble(&mut entries, position).map_err(reading)?;
            let bytes = bytes.ok_or_else(|| Error::corrupt(position, "the record is missing"))?;
            Record::from_bytes(bytes).filter(|record| record.position == position).ok_or_else(
                || Error::corrupt(position, "the record's own stamp says it belongs elsewhere"),
            )
        };
        (first.get()..=last.get()).map(record).collect()
    }

    pub(super) fn receipt(&self, command: CommandId) -> Result<Option<Receipt>, Error> {
        receipt_in(command, self.shown(&layout::command_key(command))?)
    }

    pub(super) fn cursor(&self, name: &CursorName) -> Result<Position, Error> {
        cursor_in(name, self.shown(&layout::cursor_key(name))?)
    }

    pub(super) fn hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        let hash = |place: merkle::Place| {
            let stored = self.sled.get(layout::hashes_key(place.leaf)).map_err(reading)?;
            stored
                .and_then(|hashes| layout::hash_of(&hashes, place.level))
                .ok_or_else(|| Error::corrupt(place.leaf, "a hash stored with it is missing"))
        };
        merkle::places(indexes, self.head())?.into_iter().map(hash).collect()
    }

    pub(super) fn checkpoints(
        &self,
    ) -> impl DoubleEndedIterator<Item = Result<Checkpoint, Error>> + '_ {
        let span = layout::checkpoint_key(0)..=layout::checkpoint_key(u64::MAX);
        self.sled.range(span).filter_map(|entry| self.checkpoint(entry).transpose())
    }

    pub(super) fn checkpoint_of(&self, size: u64) -> Result<Option<Checkpoint>, Error> {
        let note = self.shown(&layout::checkpoint_key(size))?;
        Ok(note.map(|note| Checkpoint { size, note: note.to_vec() }))
    }

    fn checkpoint(&self, entry: sled::Result<(IVec, IVec)>) -> Result<Option<Checkpoint>, Error> {
        let (key, value) = entry.map_err(reading)?;
        let size = key.get(1..).and_then(layout::position_of);
        let size = size.ok_or_else(|| Error::corrupt(self.head(), "a checkpoint has no size"))?;
        let value = self.unless_hidden(&key, Some(value));
        Ok(value.map(|note| Checkpoint { size: size.get(), note: note.to_vec() }))
    }

    /// The acknowledged value of a key.
    fn shown(&self, key: &[u8]) -> Result<Option<IVec>, Error> {
        let value = self.sled.get(key).map_err(reading)?;
        Ok(self.unless_hidden(key, value))
    }

    /// `value`, or the one before it if the group that wrote it is not yet on disk.
    fn unless_hidden(&self, key: &[u8], value: Option<IVec>) -> Option<IVec> {
        let before = self.before.read().unwrap_or_else(PoisonError::into_inner);
        before.get(key).cloned().unwrap_or(value)
    }
}

/// For the writer, which is between two groups when it asks: all that is in sled is acknowledged.
impl Past for sled::Db {
    fn receipt(&self, command: CommandId) -> Result<Option<Receipt>, Error> {
        receipt_in(command, self.get(layout::command_key(command)).map_err(reading)?)
    }

    fn version(&self, stream: &StreamName) -> Result<Version, Error> {
        let last = self.range(layout::stream_span(stream, Version::NONE)).next_back();
        let last = last.transpose().map_err(reading)?;
        Ok(last.and_then(|(key, _)| layout::version_of(&key)).unwrap_or(Version::NONE))
    }

    fn cursor(&self, name: &CursorName) -> Result<Position, Error> {
        cursor_in(name, self.get(layout::cursor_key(name)).map_err(reading)?)
    }
}

fn receipt_in(command: CommandId, value: Option<IVec>) -> Result<Option<Receipt>, Error> {
    let damaged =
        || Error::corrupt(Position::START, format!("the receipt of {command} is unreadable"));
    value.map(|value| layout::receipt_of(command, &value).ok_or_else(damaged)).transpose()
}

fn cursor_in(name: &CursorName, value: Option<IVec>) -> Result<Position, Error> {
    let damaged = || Error::corrupt(Position::START, format!("cursor {name} is unreadable"));
    value.map_or(Ok(Position::START), |value| layout::position_of(&value).ok_or_else(damaged))
}

/// The bytes of the record at `position`, if its chunks are the next entries.
fn assemble(
    entries: &mut Peekable<sled::Iter>,
    position: Position,
) -> sled::Result<Option<Arc<[u8]>>> {
    let prefix = layout::record_prefix(position);
    let mut chunks = std::iter::from_fn(|| {
        entries.next_if(|entry| entry.as_ref().map_or(true, |(key, _)| key.starts_with(&prefix)))
    });
    let Some((_, first)) = chunks.next().transpose()? else { return Ok(None) };
    // Nearly every record is one chunk, which is copied once.
    let Some((_, second)) = chunks.next().transpose()? else { return Ok(Some(Arc::from(&*first))) };
    let mut bytes = [first, second].concat();
    for chunk in chunks {
        bytes.extend_from_slice(&chunk?.1);
    }
    Ok(Some(bytes.into()))
}

fn index_damaged(position: Position, stream: &StreamName) -> Error {
    Error::corrupt(position, format!("the index of stream {stream} does not fit its records"))
}

/// sled's own threads let go of its file a moment after it was dropped. Since the directory is
/// ours by a lock of our own, whoever still holds that file is on its way out.
pub(super) fn patiently(open: impl Fn() -> sled::Result<sled::Db>) -> sled::Result<sled::Db> {
    let leaving = |error: &sled::Error| error.to_string().contains("could not acquire lock");
    for _ in 0..100 {
        match open() {
            Err(error) if leaving(&error) => thread::sleep(Duration::from_millis(20)),
            opened => return opened,
        }
    }
    open()
}

fn opening(error: sled::Error) -> Error {
    if matches!(error, sled::Error::Corruption { .. } | sled::Error::ReportableBug(_)) {
        return Error::Unopenable { what: error.to_string() };
    }
    Error::storage("open the log; a full disk is one cause")(error)
}

fn reading(error: sled::Error) -> Error {
    Error::storage("read from the log")(error)
}
