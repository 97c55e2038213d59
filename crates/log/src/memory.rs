//! The log of a test: the whole contract, except that it forgets when it is dropped.

use std::collections::{BTreeMap, HashMap};
use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::append::{Append, CommandId, Outcome, Receipt};
use crate::contract::{BoxFuture, Checkpoint, Health, Log, MAX_NOTE_BYTES, MAX_READ_RECORDS};
use crate::decide::{Group, Past, Sequenced};
use crate::merkle::{self, Frontier};
use crate::{CursorName, Error, Hash, Invalid, Position, Record, StreamName, Version};

/// A [`Log`] in memory.
#[derive(Debug, Default)]
pub struct MemoryLog {
    state: Mutex<State>,
    head: watch::Sender<Position>,
}

#[derive(Debug, Default)]
struct State {
    tree: Frontier,
    records: Vec<Record>,
    hashes: Vec<Vec<Hash>>,
    streams: HashMap<StreamName, Vec<Position>>,
    receipts: HashMap<CommandId, Receipt>,
    cursors: HashMap<CursorName, Position>,
    checkpoints: BTreeMap<u64, Vec<u8>>,
    fails_next: bool,
    read_only: Option<String>,
}

impl MemoryLog {
    /// An empty log.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the next write fail as if its disk broke, so that a caller's answer can be tested.
    pub fn fail_next_write(&self) {
        self.state().fails_next = true;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics half-way through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write<T>(
        &self,
        decide: impl FnOnce(&State, &mut Group) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut state = self.state();
        if let Some(reason) = state.read_only.clone() {
            return Err(Error::ReadOnly { since: state.tree.head(), reason });
        }
        let mut group = Group::after(state.tree.clone());
        let answer = decide(&state, &mut group)?;
        if group.is_empty() {
            return Ok(answer);
        }
        if std::mem::take(&mut state.fails_next) {
            let reason = "a write failed on request".to_owned();
            state.read_only = Some(reason.clone());
            return Err(Error::Unknown { reason });
        }
        state.absorb(group);
        self.head.send_replace(state.tree.head());
        Ok(answer)
    }
}

impl State {
    fn absorb(&mut self, group: Group) {
        for Sequenced { record, hashes } in group.records {
            self.streams.entry(record.stream.clone()).or_default().push(record.position);
            self.records.push(record);
            self.hashes.push(hashes);
        }
        self.tree = group.tree;
        self.receipts.extend(group.receipts);
        self.cursors.extend(group.cursors);
        self.checkpoints.extend(group.checkpoints);
    }

    fn record(&self, position: Position) -> Option<Record> {
        self.records.get(index(position.get().checked_sub(1)?)).cloned()
    }

    fn stream(&self, stream: &StreamName, after: Version) -> Vec<Record> {
        let positions = self.streams.get(stream).map_or(&[][..], Vec::as_slice);
        let after = usize::try_from(after.get()).unwrap_or(usize::MAX);
        positions.iter().skip(after).filter_map(|&position| self.record(position)).collect()
    }

    fn hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        let hash = |place: merkle::Place| {
            let stored = self.hashes.get(index(place.leaf.get() - 1));
            stored
                .and_then(|hashes| hashes.get(place.level).copied())
                .ok_or_else(|| Error::corrupt(place.leaf, "a hash is missing"))
        };
        merkle::places(indexes, self.tree.head())?.into_iter().map(hash).collect()
    }
}

impl Past for State {
    fn receipt(&self, command: CommandId) -> Result<Option<Receipt>, Error> {
        Ok(self.receipts.get(&command).copied())
    }

    fn version(&self, stream: &StreamName) -> Result<Version, Error> {
        let last = self.streams.get(stream).and_then(|positions| self.record(*positions.last()?));
        Ok(last.map_or(Version::NONE, |record| record.version))
    }

    fn cursor(&self, name: &CursorName) -> Result<Position, Error> {
        Ok(self.cursors.get(name).copied().unwrap_or_default())
    }
}

impl Log for MemoryLog {
    fn append(&self, append: Append) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move { self.write(|state, group| group.decide(state, append)) })
    }

    fn read(&self, after: Position, limit: usize) -> BoxFuture<'_, Result<Vec<Record>, Error>> {
        let state = self.state();
        let records = state.records.iter().skip(index(after.get()));
        now(Ok(records.take(limit.min(MAX_READ_RECORDS)).cloned().collect()))
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a StreamName,
        after: Version,
    ) -> BoxFuture<'a, Result<Vec<Record>, Error>> {
        now(Ok(self.state().stream(stream, after)))
    }

    fn receipt(&self, command: CommandId) -> BoxFuture<'_, Result<Option<Receipt>, Error>> {
        now(Past::receipt(&*self.state(), command))
    }

    fn cursor<'a>(&'a self, name: &'a CursorName) -> BoxFuture<'a, Result<Position, Error>> {
        now(Past::cursor(&*self.state(), name))
    }

    fn head(&self) -> Position {
        *self.head.borrow()
    }

    fn watch(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    fn health(&self) -> Health {
        let state = self.state();
        let since = state.tree.head();
        state
            .read_only
            .clone()
            .map_or(Health::Writable, |reason| Health::ReadOnly { since, reason })
    }

    fn hashes(&self, indexes: Vec<u64>) -> BoxFuture<'_, Result<Vec<Hash>, Error>> {
        now(self.state().hashes(&indexes))
    }

    fn save_checkpoint(&self, size: u64, note: Vec<u8>) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            let bytes = note.len();
            if bytes > MAX_NOTE_BYTES {
                return Err(Invalid::NoteTooLong { bytes }.into());
            }
            self.write(|_, group| group.keep_checkpoint(size, note))
        })
    }

    fn checkpoints(&self) -> BoxFuture<'_, Result<Vec<Checkpoint>, Error>> {
        let state = self.state();
        let stored = state.checkpoints.iter();
        now(Ok(stored.map(|(&size, note)| Checkpoint { size, note: note.clone() }).collect()))
    }

    fn latest_checkpoint(&self) -> BoxFuture<'_, Result<Option<Checkpoint>, Error>> {
        let state = self.state();
        let last = state.checkpoints.last_key_value();
        now(Ok(last.map(|(&size, note)| Checkpoint { size, note: note.clone() })))
    }
}

fn now<'a, T: Send + 'a>(answer: T) -> BoxFuture<'a, T> {
    Box::pin(ready(answer))
}

fn index(place: u64) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
