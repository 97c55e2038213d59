//! How the log lies in sled: one tree, so that a batch is atomic; one letter per kind of key.
//!
//! | key | value |
//! |---|---|
//! | `h` | format (1 byte), last position |
//! | `r` position, chunk (1 byte) | a record's bytes, in chunks |
//! | `m` position | the Merkle hashes completed by this record, smallest subtree first |
//! | `s` stream, 0, version | position |
//! | `c` command id | fingerprint, first position, last position |
//! | `p` cursor | position |
//! | `n` size | a signed note |
//!
//! Numbers are big-endian, so that keys sort as numbers do. Nothing is ever removed.
//!
//! # Why records are cut in chunks
//!
//! sled 0.34 writes a message over a quarter of a segment (131,052 bytes including its header of
//! up to 32, at the default 512 KiB) to a file of its own, a blob, which it never syncs. A message
//! is one entry, but also a whole leaf: after ten changes, on a split, or to free a segment. A
//! leaf splits when it is next visited with more than 16 entries, and can receive at most 3 more
//! by a merge. So at most 20 entries are written together, and with values of at most 4 KiB and
//! keys of at most 126 bytes a leaf stays under 86,000 bytes. An index page holds at most 257
//! keys and pointers, under 36,000 bytes. The bounds are in sled's `pagecache/logger.rs`
//! (`reserve_inner`) and `node.rs` (`should_split`, `should_merge`).

use std::ops::RangeInclusive;

use sled::{Batch, IVec};

use crate::decide::Group;
use crate::{
    CommandId, CursorName, Hash, MAX_BODY_BYTES, MAX_NOTE_BYTES, Position, Receipt, StreamName,
    Version,
};

/// The longest value that is handed to sled, in bytes.
pub(super) const CHUNK_BYTES: usize = 4 * 1024;
const _: () = assert!(MAX_NOTE_BYTES <= CHUNK_BYTES, "a note is one value");
const _: () = assert!(MAX_BODY_BYTES < 255 * CHUNK_BYTES, "a byte counts a record's chunks");

/// The layout above.
pub(super) const FORMAT: u8 = 1;
pub(super) const HEAD: &[u8] = b"h";

pub(super) fn record_prefix(position: Position) -> Vec<u8> {
    key(b'r', &position.get().to_be_bytes())
}

/// The keys of all records from `first` to `last`.
pub(super) fn record_span(first: Position, last: Position) -> RangeInclusive<Vec<u8>> {
    let mut end = record_prefix(last);
    end.push(u8::MAX);
    record_prefix(first)..=end
}

pub(super) fn hashes_key(position: Position) -> Vec<u8> {
    key(b'm', &position.get().to_be_bytes())
}

/// The keys of a stream's entries from `first` to the last.
pub(super) fn stream_span(stream: &StreamName, first: Version) -> RangeInclusive<Vec<u8>> {
    stream_key(stream, first)..=stream_key(stream, Version::new(u32::MAX))
}

fn stream_key(stream: &StreamName, version: Version) -> Vec<u8> {
    // The 0 keeps `request-1` from running into `request-10`.
    let name = [stream.as_str().as_bytes(), &[0], &version.get().to_be_bytes()].concat();
    key(b's', &name)
}

pub(super) fn version_of(stream_key: &[u8]) -> Option<Version> {
    stream_key.last_chunk().map(|version| Version::new(u32::from_be_bytes(*version)))
}

pub(super) fn command_key(command: CommandId) -> Vec<u8> {
    key(b'c', command.uuid().as_bytes())
}

pub(super) fn cursor_key(name: &CursorName) -> Vec<u8> {
    key(b'p', name.as_str().as_bytes())
}

pub(super) fn checkpoint_key(size: u64) -> Vec<u8> {
    key(b'n', &size.to_be_bytes())
}

fn key(kind: u8, rest: &[u8]) -> Vec<u8> {
    [&[kind], rest].concat()
}

pub(super) fn position_of(value: &[u8]) -> Option<Position> {
    value.try_into().ok().map(|place| Position::new(u64::from_be_bytes(place)))
}

pub(super) fn hash_of(value: &[u8], level: usize) -> Option<Hash> {
    value.as_chunks().0.get(level).copied().map(Hash)
}

pub(super) fn receipt_of(command: CommandId, value: &[u8]) -> Option<Receipt> {
    let (&fingerprint, places) = value.split_first_chunk()?;
    let (first, last) = places.split_at_checked(8)?;
    let (first, last) = (position_of(first)?, position_of(last)?);
    Some(Receipt { command, fingerprint, first, last })
}

fn receipt_bytes(receipt: &Receipt) -> Vec<u8> {
    let (first, last) = (receipt.first.get().to_be_bytes(), receipt.last.get().to_be_bytes());
    [&receipt.fingerprint[..], &first, &last].concat()
}

/// What a group changes in sled.
pub(super) struct Changes {
    pub(super) batch: Batch,
    /// The keys whose values a reader finds without knowing a position: until the group is
    /// acknowledged, readers must not see their new values.
    pub(super) by_name: Vec<IVec>,
}

impl From<&Group> for Changes {
    fn from(group: &Group) -> Self {
        let mut changes = Self { batch: Batch::default(), by_name: Vec::new() };
        changes.put_records(group);
        for (&command, receipt) in &group.receipts {
            changes.put_by_name(command_key(command), receipt_bytes(receipt));
        }
        for (name, position) in &group.cursors {
            changes.put_by_name(cursor_key(name), position.get().to_be_bytes().to_vec());
        }
        for (&size, note) in &group.checkpoints {
            changes.put_by_name(checkpoint_key(size), note.clone());
        }
        changes
    }
}

impl Changes {
    fn put_records(&mut self, group: &Group) {
        for sequenced in &group.records {
            let record = &sequenced.record;
            let prefix = record_prefix(record.position);
            for (chunk, bytes) in (0..=u8::MAX).zip(record.bytes.chunks(CHUNK_BYTES)) {
                self.batch.insert([&prefix[..], &[chunk]].concat(), bytes);
            }
            let hashes: Vec<u8> = sequenced.hashes.iter().flat_map(|hash| hash.0).collect();
            self.batch.insert(hashes_key(record.position), hashes);
            let position = record.position.get().to_be_bytes();
            self.batch.insert(stream_key(&record.stream, record.version), &position);
        }
        let head = key(FORMAT, &group.tree.head().get().to_be_bytes());
        self.batch.insert(HEAD, head);
    }

    fn put_by_name(&mut self, key: Vec<u8>, value: Vec<u8>) {
        let key = IVec::from(key);
        self.by_name.push(key.clone());
        self.batch.insert(key, value);
    }
}
