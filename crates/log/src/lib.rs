//! An append-only log of opaque records, in order, on disk before it says so, with proofs.
//!
//! # The contract
//!
//! *Version* is a place in a stream, *position* a place in the log, *cursor* a reader's position.
//!
//! 1. **One sequence.** Positions start at 1, have no gaps, and follow commit order: who has read
//!    up to `n` has missed nothing up to `n`. One sequencer assigns them: a writer thread, or in
//!    a database one head row that each append updates. Never a database sequence, whose numbers
//!    commit out of order.
//! 2. **All or nothing.** An [`Append`] is one command: records for any number of streams, a
//!    receipt under its command id, and for a reaction its cursor move.
//! 3. **Once.** A command id that was appended before gets its first receipt back. This is looked
//!    at before versions, so that a retry is a duplicate and not a conflict.
//! 4. **Optimistic.** Each stream of an append names the version that the caller decided upon.
//! 5. **Acknowledged means on disk**, past every cache that a power cut empties. Reads, the watch
//!    and proofs show only what is acknowledged.
//! 6. **A failed write closes the log for writing.** Whoever waits on it is told
//!    [`Error::Unknown`]; later appends [`Error::ReadOnly`]; reads go on. A sync that failed once
//!    may report success the next time with the data gone, so it is not tried again.
//! 7. **The log owns where, the caller owns what.** A stored record is the caller's JSON object
//!    with `position`, `stream` and `version` put first. Those bytes come back exactly, and they
//!    are the leaves of an RFC 6962 Merkle tree (leaf index = position - 1).
//!
//! [`SledLog`] is the log of one machine, [`MemoryLog`] the log of a test.

mod append;
mod checkpoint;
mod contract;
mod cosignature;
mod decide;
mod embedded;
mod error;
mod memory;
mod merkle;
mod name;
mod position;
mod proof;
mod record;
mod tile;
mod verify;

pub use append::{
    Append, Body, CommandId, CursorMove, MAX_APPEND_BYTES, MAX_APPEND_RECORDS, MAX_BODY_BYTES,
    MAX_RECORD_BYTES, Outcome, Receipt, StreamAppend,
};
pub use checkpoint::{CheckpointError, CheckpointSigner, CheckpointVerifier, TreeHead, size_of};
pub use contract::{BoxFuture, Checkpoint, Health, Log, MAX_NOTE_BYTES, MAX_READ_RECORDS, Stats};
pub use cosignature::{CosignatureError, Cosigned, Witnesses};
pub use embedded::{Disk, SledLog};
pub use error::{Error, Invalid};
pub use memory::MemoryLog;
pub use name::{CursorName, MAX_NAME_BYTES, StreamName};
pub use position::{Position, Version};
pub use proof::{Inclusion, ProofError, grew, includes};
pub use record::Record;
pub use tile::Tile;
pub use tlog_tiles::{Hash, record_hash as leaf_hash};
pub use verify::{Progress, Verification, verify};
