//! The Merkle tree of RFC 6962 over the stored bytes: it grows with the log and proves things.

use std::cell::RefCell;

use tlog_tiles::{HashReader, node_hash};

use crate::{Error, Hash, Log, Position};

/// The right edge of a tree: the roots of its complete subtrees, largest first. Enough to add
/// leaves and to know the root, in memory that is logarithmic in the log.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The frontier of `size` leaves, from the hashes at [`Self::indexes`].
    pub(crate) fn new(size: u64, peaks: Vec<Hash>) -> Self {
        Self { size, peaks }
    }

    /// Where the frontier of `size` leaves is stored.
    pub(crate) fn indexes(size: u64) -> Vec<u64> {
        tlog_tiles::sub_tree_index(0, size, Vec::new())
    }

    /// The position of the last leaf.
    pub(crate) fn head(&self) -> Position {
        Position::new(self.size)
    }

    /// Adds a leaf. Returns its hash and those of the subtrees it completes, smallest first:
    /// exactly what is to be stored with it.
    pub(crate) fn push(&mut self, leaf: Hash) -> Vec<Hash> {
        let mut completed = vec![leaf];
        let mut top = leaf;
        // Each trailing 1 bit of the size is a subtree that has waited for its right half.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                top = node_hash(left, top);
                completed.push(top);
            }
        }
        self.peaks.push(top);
        self.size += 1;
        completed
    }

    /// The root of all leaves so far.
    pub(crate) fn root(&self) -> Hash {
        let smallest_first = self.peaks.iter().rev().copied();
        smallest_first
            .reduce(|right, left| node_hash(left, right))
            .unwrap_or(tlog_tiles::EMPTY_HASH)
    }
}

/// Where a hash is stored: with the leaf that completed its subtree, `level` hashes in.
pub(crate) struct Place {
    pub(crate) leaf: Position,
    pub(crate) level: usize,
}

/// Finds stored hashes, and refuses those that a log of this length does not have yet.
pub(crate) fn places(indexes: &[u64], head: Position) -> Result<Vec<Place>, Error> {
    let stored = tlog_tiles::stored_hash_count(head.get());
    let place = |&index: &u64| {
        if index >= stored {
            return Err(Error::OutOfRange { asked: index, head });
        }
        let (level, nth) = tlog_tiles::split_stored_hash_index(index);
        Ok(Place { leaf: Position::new((nth + 1) << level), level: level.into() })
    };
    indexes.iter().map(place).collect()
}

pub(crate) async fn root<L: Log + ?Sized>(log: &L, size: u64) -> Result<Hash, Error> {
    within(log, size)?;
    compute(log, |hashes| tlog_tiles::tree_hash(size, hashes)).await
}

pub(crate) async fn inclusion_proof<L: Log + ?Sized>(
    log: &L,
    position: Position,
    size: u64,
) -> Result<Vec<Hash>, Error> {
    within(log, size)?;
    let asked = position.get();
    match asked.checked_sub(1) {
        Some(leaf) if leaf < size => {
            compute(log, |hashes| tlog_tiles::prove_record(size, leaf, hashes)).await
        }
        Some(_) | None => Err(Error::OutOfRange { asked, head: Position::new(size) }),
    }
}

pub(crate) async fn consistency_proof<L: Log + ?Sized>(
    log: &L,
    from: u64,
    to: u64,
) -> Result<Vec<Hash>, Error> {
    within(log, to)?;
    match from {
        // Every log begins with the empty one.
        0 => Ok(Vec::new()),
        _ if from > to => Err(Error::OutOfRange { asked: from, head: Position::new(to) }),
        _ => compute(log, |hashes| tlog_tiles::prove_tree(to, from, hashes)).await,
    }
}

fn within<L: Log + ?Sized>(log: &L, size: u64) -> Result<(), Error> {
    let head = log.head();
    if size > head.get() { Err(Error::OutOfRange { asked: size, head }) } else { Ok(()) }
}

/// Runs a tlog computation over a log whose hashes arrive asynchronously.
///
/// Each of them reads once, so it is run twice: the first time to learn what it wants to read,
/// the second time with the answer.
async fn compute<L: Log + ?Sized, T>(
    log: &L,
    run: impl Fn(&Reader) -> Result<T, tlog_tiles::Error>,
) -> Result<T, Error> {
    let broken = Error::storage("work out a proof");
    let indexes = {
        let asking = Reader::Asking(RefCell::default());
        match (run(&asking), asking) {
            (Ok(answer), _) => return Ok(answer),
            (Err(_), Reader::Asking(indexes)) => indexes.into_inner(),
            (Err(error), Reader::Answering(_)) => return Err(broken(error)),
        }
    };
    let answering = Reader::Answering(log.hashes(indexes).await?);
    run(&answering).map_err(broken)
}

enum Reader {
    Asking(RefCell<Vec<u64>>),
    Answering(Vec<Hash>),
}

impl HashReader for Reader {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        match self {
            Self::Asking(wanted) => {
                *wanted.borrow_mut() = indexes.to_vec();
                Err(tlog_tiles::Error::IndexesNotInTree)
            }
            Self::Answering(hashes) => Ok(hashes.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Stored(Vec<Hash>);

    impl HashReader for Stored {
        fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
            Ok(indexes.iter().map(|&index| self.0[usize::try_from(index).unwrap()]).collect())
        }
    }

    #[test]
    fn a_frontier_stores_what_tlog_would_store() {
        let mut frontier = Frontier::default();
        let mut stored = Stored(Vec::new());
        for size in 0..300_u64 {
            let record = size.to_be_bytes();
            let expected = tlog_tiles::stored_hashes(size, &record, &stored).unwrap();

            assert_eq!(frontier.push(tlog_tiles::record_hash(&record)), expected);
            stored.0.extend(expected);
            assert_eq!(frontier.root(), tlog_tiles::tree_hash(size + 1, &stored).unwrap());
        }
    }

    #[test]
    fn every_stored_hash_has_a_place() {
        let (mut frontier, mut by_leaf) = (Frontier::default(), Vec::new());
        for leaf in 0..100_u8 {
            by_leaf.push(frontier.push(Hash([leaf; 32])));
        }
        let in_order: Vec<Hash> = by_leaf.concat();

        for (index, hash) in (0..).zip(in_order) {
            let place = places(&[index], frontier.head()).unwrap().remove(0);
            let leaf = usize::try_from(place.leaf.get() - 1).unwrap();
            assert_eq!(by_leaf[leaf][place.level], hash, "index {index}");
        }
    }

    #[test]
    fn a_hash_beyond_the_log_is_out_of_range() {
        for asked in [4, u64::MAX] {
            let refused = places(&[asked], Position::new(3));
            assert!(matches!(refused, Err(Error::OutOfRange { .. })));
        }
    }
}
