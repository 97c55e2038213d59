//! What can go wrong: a request that could never be stored, and a machine that is broken.

use std::path::PathBuf;

use crate::{CheckpointError, MAX_NOTE_BYTES, Position, StreamName};
use crate::{MAX_APPEND_BYTES, MAX_APPEND_RECORDS, MAX_BODY_BYTES, MAX_NAME_BYTES};

/// A value that no log would store. Nothing was stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// A name outside the rules of [`StreamName`].
    #[error("{kind} name {name:?}: use 1 to {MAX_NAME_BYTES} bytes of a-z, 0-9, '.', '_' and '-'")]
    Name {
        /// `stream` or `cursor`.
        kind: &'static str,
        /// The name, cut at the longest length allowed.
        name: String,
    },
    /// A body that is not compact JSON with at least one member.
    #[error(
        "a body is one compact JSON object with at least one member, such as {{\"type\":\"…\"}}"
    )]
    Body,
    /// A body over [`MAX_BODY_BYTES`].
    #[error(
        "a body of {bytes} bytes: at most {MAX_BODY_BYTES} are stored; keep documents elsewhere"
    )]
    BodyTooLong {
        /// Its length.
        bytes: usize,
    },
    /// An append over [`MAX_APPEND_RECORDS`] or [`MAX_APPEND_BYTES`].
    #[error(
        "an append of {records} records and {bytes} bytes: at most {MAX_APPEND_RECORDS} records \
         and {MAX_APPEND_BYTES} bytes are stored at once; split it"
    )]
    AppendTooLarge {
        /// How many bodies it has.
        records: usize,
        /// How long they are together.
        bytes: usize,
    },
    /// An append that would change nothing.
    #[error("an append needs at least one body or a cursor move")]
    AppendEmpty,
    /// Two parts of one append name the same stream.
    #[error("the append names stream {stream} twice; put its bodies in one part")]
    StreamTwice {
        /// The stream.
        stream: StreamName,
    },
    /// A cursor that would go back, stand still, or pass the end of the log.
    #[error("a cursor moves forward and within the log: from {from} to {to} is refused")]
    CursorMove {
        /// Where it would leave.
        from: Position,
        /// Where it would arrive.
        to: Position,
    },
    /// A signed note over [`MAX_NOTE_BYTES`].
    #[error("a checkpoint of {bytes} bytes: at most {MAX_NOTE_BYTES} are stored")]
    NoteTooLong {
        /// Its length.
        bytes: usize,
    },
}

/// The log could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request could never succeed. Nothing was stored.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// An earlier write failed, so nothing more is written. Nothing of this append was stored.
    #[error("the log is read-only after position {since} ({reason}); mend the disk, then restart")]
    ReadOnly {
        /// The last acknowledged position.
        since: Position,
        /// The failure that closed the log for writing.
        reason: String,
    },
    /// The write failed half-way: this append may or may not be there after a restart.
    #[error("not known whether this was stored ({reason}); retry it under the same command id")]
    Unknown {
        /// What failed.
        reason: String,
    },
    /// A tree, proof or checkpoint beyond the end of the log.
    #[error("{asked} is beyond the end of the log, which is {head}")]
    OutOfRange {
        /// The size, position or hash index that was asked for.
        asked: u64,
        /// The last acknowledged position.
        head: Position,
    },
    /// What is stored is not what was appended.
    #[error("the log is damaged at position {position}: {what}")]
    Corrupt {
        /// The first position at which it shows.
        position: Position,
        /// What is wrong there.
        what: String,
    },
    /// What is stored cannot even be opened, so nobody can say at which position it is damaged.
    #[error("the log is damaged: {what}; copy its directory away, then restore a backup")]
    Unopenable {
        /// What came of trying.
        what: String,
    },
    /// A published checkpoint that says nothing about this log.
    #[error("a published checkpoint cannot be used")]
    Checkpoint(#[from] CheckpointError),
    /// The log's directory is held by a process that is still running.
    #[error("another process has the log in {} open; stop it, or choose another directory", dir.display())]
    InUse {
        /// The directory.
        dir: PathBuf,
    },
    /// The storage below the log failed.
    #[error("could not {doing}")]
    Storage {
        /// What the log was doing.
        doing: &'static str,
        /// Why it failed.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Error {
    pub(crate) fn corrupt(position: Position, what: impl Into<String>) -> Self {
        Self::Corrupt { position, what: what.into() }
    }

    /// For `map_err`: the storage failed while `doing` something.
    pub(crate) fn storage<E>(doing: &'static str) -> impl FnOnce(E) -> Self
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        move |source| Self::Storage { doing, source: source.into() }
    }
}
