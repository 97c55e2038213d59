//! The log of one machine: sled for the data, one writer thread for the order, and our own
//! `fdatasync` for the truth of "acknowledged". `docs/adr/0001-sled.md` says why.

mod directory;
mod layout;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod raw;
mod sequencer;
mod store;
#[cfg(test)]
mod tampering;

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::sync::{mpsc, oneshot, watch};

use self::sequencer::{Job, Sequencer};
use self::store::Store;
use crate::contract::{BoxFuture, Checkpoint, Health, Log, MAX_NOTE_BYTES};
use crate::{
    Append, CommandId, CursorName, Error, Hash, Invalid, Outcome, Position, Receipt, Record, Stats,
    StreamName, Version,
};

/// How many appends may wait for the writer; the next caller waits for room.
const QUEUE: usize = 1_024;

/// What stands between the writer and the disk: the seam where a test makes a disk fail.
pub trait Disk: Send + 'static {
    /// Asked before a group of appends is handed to sled. An error means nothing was written.
    fn before_write(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Makes the log file durable. After an error nobody knows what the disk holds.
    fn sync(&mut self, log: &File) -> io::Result<()> {
        log.sync_data()
    }
}

struct RealDisk;

impl Disk for RealDisk {}

/// A [`Log`] in a directory of its own.
pub struct SledLog {
    store: Arc<Store>,
    // Dropped before `writer`: the end of the queue is what lets the writer finish.
    jobs: mpsc::Sender<Job>,
    _writer: Writer,
}

impl SledLog {
    /// Opens the log in `dir`, or makes one there. Blocks while sled recovers.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Self::open_on(dir, RealDisk)
    }

    /// Like [`Self::open`], on a disk that may fail.
    pub fn open_on(dir: &Path, disk: impl Disk) -> Result<Self, Error> {
        let (store, log_file) = Store::open(dir)?;
        let sequencer = Sequencer::new(Arc::clone(&store), log_file, Box::new(disk))?;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let writer = thread::Builder::new()
            .name("log-writer".to_owned())
            .spawn(move || sequencer.run(queue))
            .map_err(Error::storage("start the log's writer"))?;
        Ok(Self { store, jobs, _writer: Writer(Some(writer)) })
    }

    async fn submit<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<T, Error>>) -> Job,
    ) -> Result<T, Error> {
        self.store.check_writable()?;
        let lost = || Error::Unknown { reason: "the log's writer stopped".to_owned() };
        let (answer, answered) = oneshot::channel();
        self.jobs.send(job(answer)).await.map_err(|_| lost())?;
        answered.await.map_err(|_| lost())?
    }

    /// sled reads from the disk when a page is not in its cache, so reads leave the async threads.
    fn ask<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, Error> + Send + 'static,
    ) -> BoxFuture<'_, Result<T, Error>> {
        let store = Arc::clone(&self.store);
        Box::pin(async move {
            let answer = tokio::task::spawn_blocking(move || read(&store)).await;
            answer.map_err(Error::storage("finish a read"))?
        })
    }
}

impl Log for SledLog {
    fn stats(&self) -> Stats {
        self.store.stats()
    }

    fn append(&self, append: Append) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            append.check()?;
            self.submit(|answer| Job::Append(append, answer)).await
        })
    }

    fn read(&self, after: Position, limit: usize) -> BoxFuture<'_, Result<Vec<Record>, Error>> {
        self.ask(move |store| store.read(after, limit))
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a StreamName,
        after: Version,
    ) -> BoxFuture<'a, Result<Vec<Record>, Error>> {
        let stream = stream.clone();
        self.ask(move |store| store.read_stream(&stream, after))
    }

    fn stream_index<'a>(
        &'a self,
        stream: &'a StreamName,
    ) -> BoxFuture<'a, Result<Vec<(Version, Position)>, Error>> {
        let stream = stream.clone();
        self.ask(move |store| store.stream_index(&stream))
    }

    fn receipt(&self, command: CommandId) -> BoxFuture<'_, Result<Option<Receipt>, Error>> {
        self.ask(move |store| store.receipt(command))
    }

    fn cursor<'a>(&'a self, name: &'a CursorName) -> BoxFuture<'a, Result<Position, Error>> {
        let name = name.clone();
        self.ask(move |store| store.cursor(&name))
    }

    fn head(&self) -> Position {
        self.store.head()
    }

    fn watch(&self) -> watch::Receiver<Position> {
        self.store.watch()
    }

    fn health(&self) -> Health {
        self.store.health()
    }

    fn hashes(&self, indexes: Vec<u64>) -> BoxFuture<'_, Result<Vec<Hash>, Error>> {
        self.ask(move |store| store.hashes(&indexes))
    }

    fn save_checkpoint(&self, size: u64, note: Vec<u8>) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            let bytes = note.len();
            if bytes > MAX_NOTE_BYTES {
                return Err(Invalid::NoteTooLong { bytes }.into());
            }
            self.submit(|answer| Job::Checkpoint(size, note, answer)).await
        })
    }

    fn checkpoints(&self) -> BoxFuture<'_, Result<Vec<Checkpoint>, Error>> {
        self.ask(|store| store.checkpoints().collect())
    }

    fn checkpoint(&self, size: u64) -> BoxFuture<'_, Result<Option<Checkpoint>, Error>> {
        self.ask(move |store| store.checkpoint_of(size))
    }

    fn latest_checkpoint(&self) -> BoxFuture<'_, Result<Option<Checkpoint>, Error>> {
        self.ask(|store| store.checkpoints().next_back().transpose())
    }
}

/// The writer thread. Dropping it waits until every queued append is on disk.
struct Writer(Option<JoinHandle<()>>);

impl Drop for Writer {
    fn drop(&mut self) {
        let ended = self.0.take().map(JoinHandle::join);
        if let Some(Err(_)) = ended {
            tracing::error!("the log's writer ended in a panic");
        }
    }
}
