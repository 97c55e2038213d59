//! The contract that every log keeps. `tests/conformance` holds each backend to it.

use std::pin::Pin;

use tokio::sync::watch;

use crate::{
    Append, CommandId, CursorName, Error, Hash, Outcome, Position, Receipt, Record, StreamName,
    Version, merkle,
};

/// A future that can be held behind `dyn`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The most records that one [`Log::read`] returns.
pub const MAX_READ_RECORDS: usize = 1_000;
/// The longest signed note that [`Log::save_checkpoint`] takes, in bytes.
pub const MAX_NOTE_BYTES: usize = 4 * 1024;

/// Whether the log takes writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// It does.
    Writable,
    /// A write or sync failed, and a failed sync is never retried: what the disk holds is not
    /// known until the log is opened again.
    ReadOnly {
        /// The last acknowledged position.
        since: Position,
        /// What failed.
        reason: String,
    },
}

/// A signed note about the first `size` records, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The size of the tree that it speaks of.
    pub size: u64,
    /// The text, in C2SP signed-note format.
    pub note: Vec<u8>,
}

/// How much a log wrote since it was opened; zeros from one that does not sync.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Appends that were stored.
    pub appends: u64,
    /// Syncs that made them durable. Appends that arrive together share one.
    pub syncs: u64,
}

/// An append-only log of records in streams.
///
/// Its futures are to be awaited inside a Tokio runtime. The crate's front page gives the rules
/// that hold across these methods.
pub trait Log: Send + Sync {
    /// Stores all of an append or nothing, and answers when it is on disk. Dropping the future
    /// does not take back an append that is already queued.
    fn append(&self, append: Append) -> BoxFuture<'_, Result<Outcome, Error>>;

    /// The records after `after` in position order: at most `limit`, and at most
    /// [`MAX_READ_RECORDS`]. Empty only at the end of the log or when `limit` is 0.
    fn read(&self, after: Position, limit: usize) -> BoxFuture<'_, Result<Vec<Record>, Error>>;

    /// All records of a stream after `after`, in version order. Streams are short.
    fn read_stream<'a>(
        &'a self,
        stream: &'a StreamName,
        after: Version,
    ) -> BoxFuture<'a, Result<Vec<Record>, Error>>;

    /// Where the index by stream says that a stream's records are, in version order.
    fn stream_index<'a>(
        &'a self,
        stream: &'a StreamName,
    ) -> BoxFuture<'a, Result<Vec<(Version, Position)>, Error>> {
        Box::pin(async move {
            let records = self.read_stream(stream, Version::NONE).await?;
            Ok(records.into_iter().map(|record| (record.version, record.position)).collect())
        })
    }

    /// What a command got when it was appended.
    fn receipt(&self, command: CommandId) -> BoxFuture<'_, Result<Option<Receipt>, Error>>;

    /// Where a cursor is; [`Position::START`] when it was never moved.
    fn cursor<'a>(&'a self, name: &'a CursorName) -> BoxFuture<'a, Result<Position, Error>>;

    /// The last acknowledged position.
    fn head(&self) -> Position;

    /// Follows [`Log::head`].
    fn watch(&self) -> watch::Receiver<Position>;

    /// Whether the log takes writes.
    fn health(&self) -> Health;

    /// How many appends were acknowledged since it was opened, and with how many syncs.
    fn stats(&self) -> Stats {
        Stats::default()
    }

    /// Hashes of complete subtrees, by the dense index of [`tlog_tiles::stored_hash_index`].
    /// Roots, proofs and tiles are worked out from these.
    fn hashes(&self, indexes: Vec<u64>) -> BoxFuture<'_, Result<Vec<Hash>, Error>>;

    /// Keeps a signed note about the first `size` records; one for the same size is replaced.
    /// Whether it is true is for [`crate::verify`] to say.
    fn save_checkpoint(&self, size: u64, note: Vec<u8>) -> BoxFuture<'_, Result<(), Error>>;

    /// All stored notes, smallest tree first.
    fn checkpoints(&self) -> BoxFuture<'_, Result<Vec<Checkpoint>, Error>>;

    /// The stored note about the tree of `size` records.
    fn checkpoint(&self, size: u64) -> BoxFuture<'_, Result<Option<Checkpoint>, Error>> {
        Box::pin(async move {
            Ok(self.checkpoints().await?.into_iter().find(|stored| stored.size == size))
        })
    }

    /// The stored note about the largest tree.
    fn latest_checkpoint(&self) -> BoxFuture<'_, Result<Option<Checkpoint>, Error>>;

    /// The RFC 6962 root of the first `size` records.
    fn root(&self, size: u64) -> BoxFuture<'_, Result<Hash, Error>> {
        Box::pin(merkle::root(self, size))
    }

    /// The RFC 6962 audit path of the record at `position` in the tree of `size` records.
    fn inclusion_proof(
        &self,
        position: Position,
        size: u64,
    ) -> BoxFuture<'_, Result<Vec<Hash>, Error>> {
        Box::pin(merkle::inclusion_proof(self, position, size))
    }

    /// The RFC 6962 proof that the tree of `to` records begins with the tree of `from` records.
    fn consistency_proof(&self, from: u64, to: u64) -> BoxFuture<'_, Result<Vec<Hash>, Error>> {
        Box::pin(merkle::consistency_proof(self, from, to))
    }
}
