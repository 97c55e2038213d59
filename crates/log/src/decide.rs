//! The rules of an append, without a disk. Every backend that sequences in memory uses them.

use std::collections::{BTreeMap, HashMap};

use crate::append::{Append, CommandId, Outcome, Receipt};
use crate::merkle::Frontier;
use crate::{CursorName, Error, Hash, Invalid, Position, Record, StreamName, Version};

/// What is already stored.
pub(crate) trait Past {
    fn receipt(&self, command: CommandId) -> Result<Option<Receipt>, Error>;
    fn version(&self, stream: &StreamName) -> Result<Version, Error>;
    fn cursor(&self, name: &CursorName) -> Result<Position, Error>;
}

/// What a group of appends adds to the past. Each is decided as if those before it were stored.
#[derive(Debug, Default)]
pub(crate) struct Group {
    pub(crate) tree: Frontier,
    pub(crate) records: Vec<Sequenced>,
    pub(crate) receipts: HashMap<CommandId, Receipt>,
    pub(crate) cursors: HashMap<CursorName, Position>,
    pub(crate) checkpoints: BTreeMap<u64, Vec<u8>>,
    /// The length of all records together.
    pub(crate) bytes: usize,
    versions: HashMap<StreamName, Version>,
}

/// A record, and the hashes to be stored with it (see [`Frontier::push`]).
#[derive(Debug)]
pub(crate) struct Sequenced {
    pub(crate) record: Record,
    pub(crate) hashes: Vec<Hash>,
}

impl Group {
    /// A group that follows the log whose right edge is `tree`.
    pub(crate) fn after(tree: Frontier) -> Self {
        Self { tree, ..Self::default() }
    }

    /// Whether there is nothing to store.
    pub(crate) fn is_empty(&self) -> bool {
        self.receipts.is_empty() && self.checkpoints.is_empty()
    }

    /// Takes an append into the group, or says why not and leaves the group as it was.
    pub(crate) fn decide(&mut self, past: &impl Past, append: Append) -> Result<Outcome, Error> {
        append.check()?;
        if let Some(receipt) = self.receipt(past, append.command)? {
            return Ok(Outcome::Duplicate(receipt));
        }
        for part in &append.streams {
            let (expected, actual) = (part.expected, self.version(past, &part.stream)?);
            if actual != expected {
                let stream = part.stream.clone();
                return Ok(Outcome::VersionConflict { stream, expected, actual });
            }
        }
        if let Some(step) = &append.cursor {
            let (expected, actual) = (step.from, self.cursor(past, &step.name)?);
            if actual != expected {
                return Ok(Outcome::CursorMoved { name: step.name.clone(), expected, actual });
            }
            let added: u64 = append.streams.iter().flat_map(|part| &part.bodies).map(|_| 1).sum();
            if step.to.get() > self.tree.head().get() + added {
                return Err(Invalid::CursorMove { from: step.from, to: step.to }.into());
            }
        }
        Ok(Outcome::Appended(self.add(append)))
    }

    /// Takes a signed note about the first `size` records into the group.
    pub(crate) fn keep_checkpoint(&mut self, size: u64, note: Vec<u8>) -> Result<(), Error> {
        let head = self.tree.head();
        if size > head.get() {
            return Err(Error::OutOfRange { asked: size, head });
        }
        self.checkpoints.insert(size, note);
        Ok(())
    }

    fn add(&mut self, append: Append) -> Receipt {
        let first = self.tree.head().next();
        for part in append.streams {
            let mut version = part.expected;
            for body in &part.bodies {
                version = version.next();
                let position = self.tree.head().next();
                let record = Record::stamp(position, part.stream.clone(), version, body);
                let hashes = self.tree.push(tlog_tiles::record_hash(&record.bytes));
                self.bytes += record.bytes.len();
                self.records.push(Sequenced { record, hashes });
            }
            self.versions.insert(part.stream, version);
        }
        if let Some(step) = append.cursor {
            self.cursors.insert(step.name, step.to);
        }
        let Append { command, fingerprint, .. } = append;
        let receipt = Receipt { command, fingerprint, first, last: self.tree.head() };
        self.receipts.insert(command, receipt);
        receipt
    }

    fn receipt(&self, past: &impl Past, command: CommandId) -> Result<Option<Receipt>, Error> {
        self.receipts.get(&command).map_or_else(|| past.receipt(command), |&here| Ok(Some(here)))
    }

    fn version(&self, past: &impl Past, stream: &StreamName) -> Result<Version, Error> {
        self.versions.get(stream).map_or_else(|| past.version(stream), |&here| Ok(here))
    }

    fn cursor(&self, past: &impl Past, name: &CursorName) -> Result<Position, Error> {
        self.cursors.get(name).map_or_else(|| past.cursor(name), |&here| Ok(here))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{Body, CursorMove, StreamAppend};

    struct Nothing;

    impl Past for Nothing {
        fn receipt(&self, _: CommandId) -> Result<Option<Receipt>, Error> {
            Ok(None)
        }

        fn version(&self, _: &StreamName) -> Result<Version, Error> {
            Ok(Version::NONE)
        }

        fn cursor(&self, _: &CursorName) -> Result<Position, Error> {
            Ok(Position::START)
        }
    }

    fn append(command: u64, expected: u32, cursor: Option<(u64, u64)>) -> Append {
        let part = StreamAppend {
            stream: StreamName::try_new("request-1").unwrap(),
            expected: Version::new(expected),
            bodies: vec![Body::try_new(r#"{"type":"request.noted"}"#).unwrap()],
        };
        let name = CursorName::try_new("timers").unwrap();
        let step =
            |(from, to)| CursorMove { name, from: Position::new(from), to: Position::new(to) };
        Append {
            command: CommandId::new(Uuid::from_u64_pair(0, command)),
            fingerprint: [0; 32],
            streams: vec![part],
            cursor: cursor.map(step),
        }
    }

    #[test]
    fn each_append_of_a_group_is_decided_as_if_those_before_it_were_stored() {
        let mut group = Group::after(Frontier::default());
        let mut decide = |append| group.decide(&Nothing, append).unwrap();

        let Outcome::Appended(first) = decide(append(1, 0, Some((0, 1)))) else { panic!() };
        assert_eq!(decide(append(1, 1, None)), Outcome::Duplicate(first));
        assert!(matches!(decide(append(2, 0, None)), Outcome::VersionConflict { .. }));
        assert!(matches!(decide(append(2, 1, Some((0, 1)))), Outcome::CursorMoved { .. }));
        let Outcome::Appended(second) = decide(append(2, 1, Some((1, 2)))) else { panic!() };

        assert_eq!((first.last, second.first), (Position::new(1), Position::new(2)));
        let versions = group.records.iter().map(|sequenced| sequenced.record.version.get());
        assert!(versions.eq([1, 2]));
    }
}
