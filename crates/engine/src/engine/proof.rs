//! Proofs for whoever does not want to trust us: that a record is in the log, that the log only
//! grew, and that somebody else saw a checkpoint of it.

use super::Engine;
use crate::failure::Failure;
use log::{Checkpoint, CosignatureError, Cosigned, Hash, Inclusion, Position, Tile, Witnesses};

/// That a record is in a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Included {
    /// The tree's size.
    pub size: u64,
    /// Its root.
    pub root: Hash,
    /// What the record hashes to as a leaf.
    pub leaf_hash: Hash,
    /// The record, its index, its audit path and, where there is one of that size, the signed
    /// note.
    pub proof: Inclusion,
}

/// That one tree begins with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Consistent {
    /// The smaller tree's size.
    pub from: u64,
    /// The greater tree's.
    pub to: u64,
    /// The smaller tree's root.
    pub from_root: Hash,
    /// The greater tree's.
    pub to_root: Hash,
    /// The RFC 6962 proof.
    pub hashes: Vec<Hash>,
}

/// A tile of the tree, as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileRead {
    /// Hashes, or records behind their lengths.
    pub bytes: Vec<u8>,
    /// Whether it never changes again.
    pub is_full: bool,
}

/// A record with its proof in one tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Proven {
    /// Its number in the tree, from 0.
    pub index: u64,
    /// Its stream.
    pub stream: String,
    /// Its bytes as they are stored.
    pub leaf: Vec<u8>,
    /// Its audit path.
    pub hashes: Vec<Hash>,
}

/// What came of a cosignature.
#[derive(Debug)]
pub enum Cosigning {
    /// It is kept, and given out with the note from now on.
    Kept(Checkpoint, Cosigned),
    /// There is no checkpoint of that size.
    NoCheckpoint,
    /// It cannot be taken.
    Refused(CosignatureError),
}

impl Engine {
    /// Gives the engine the witnesses whose word it takes. The first ones stay.
    pub fn hear(&self, witnesses: Witnesses) {
        let _first = self.inner.witnesses.set(witnesses);
    }

    /// That the record at `position` is in the tree of `size` records; of all there are now, and
    /// signed, when nothing is said. `None` when there is no such record or no such tree.
    pub async fn inclusion(
        &self,
        position: u64,
        size: Option<u64>,
    ) -> Result<Option<Included>, Failure> {
        let (size, note) = match size {
            Some(size) if size > self.head() => return Ok(None),
            Some(size) => (size, self.note_of(size).await?),
            None => {
                let note = self.checkpoint().await?;
                (log::size_of(&note).unwrap_or_default(), note)
            }
        };
        let log = &self.inner.log;
        let at = Position::new(position);
        let Some(index) = position.checked_sub(1).filter(|index| *index < size) else {
            return Ok(None);
        };
        let record = log.read(Position::new(index), 1).await?.into_iter().next();
        let Some(record) = record else { return Ok(None) };
        let hashes = log.inclusion_proof(at, size).await?;
        let proof = Inclusion { leaf: record.bytes.to_vec(), index, hashes, note };
        let leaf_hash = log::leaf_hash(&record.bytes);
        Ok(Some(Included { size, root: log.root(size).await?, leaf_hash, proof }))
    }

    /// The stored note of a size, or a new one if that is how far the log has come; empty when
    /// nobody ever signed that size.
    async fn note_of(&self, size: u64) -> Result<Vec<u8>, Failure> {
        if let Some(stored) = self.inner.log.checkpoint(size).await? {
            return Ok(stored.note);
        }
        let note = if size == self.head() { self.checkpoint().await? } else { vec![] };
        Ok(if log::size_of(&note) == Some(size) { note } else { vec![] })
    }

    /// That the tree of `to` records begins with that of `from`. `None` when there are no such
    /// trees.
    pub async fn consistency(
        &self,
        from: u64,
        to: Option<u64>,
    ) -> Result<Option<Consistent>, Failure> {
        let to = match to {
            Some(to) => to,
            None => log::size_of(&self.checkpoint().await?).unwrap_or_default(),
        };
        if from > to || to > self.head() {
            return Ok(None);
        }
        let log = &self.inner.log;
        let hashes = log.consistency_proof(from, to).await?;
        let (from_root, to_root) = (log.root(from).await?, log.root(to).await?);
        Ok(Some(Consistent { from, to, from_root, to_root, hashes }))
    }

    /// The tile at a path of C2SP tlog-tiles, below `tile/`: of records, or of hashes. `None` for
    /// what is no tile, of the other kind, or not there yet.
    pub async fn tile(&self, path: &str, of_records: bool) -> Result<Option<TileRead>, Failure> {
        let tile = Tile::from_path(path).filter(|tile| tile.has_entries() == of_records);
        let Some(tile) = tile else { return Ok(None) };
        let bytes = tile.read(&*self.inner.log).await?;
        Ok(bytes.map(|bytes| TileRead { bytes, is_full: tile.is_full() }))
    }

    /// At most `limit` records after a position, each with its proof in the tree of `size`.
    pub async fn proven(
        &self,
        after: u64,
        limit: usize,
        size: u64,
    ) -> Result<Vec<Proven>, Failure> {
        let records = self.inner.log.read(Position::new(after), limit).await?;
        let mut proven = Vec::with_capacity(records.len());
        for record in records.into_iter().take_while(|record| record.position.get() <= size) {
            proven.push(Proven {
                index: record.position.get().saturating_sub(1),
                hashes: self.inner.log.inclusion_proof(record.position, size).await?,
                stream: record.stream.to_string(),
                leaf: record.bytes.to_vec(),
            });
        }
        Ok(proven)
    }

    /// Stored checkpoints of more than `after` records, or all, smallest first.
    pub async fn checkpoints(&self, after: Option<u64>) -> Result<Vec<Checkpoint>, Failure> {
        let stored = self.inner.log.checkpoints().await?;
        Ok(stored.into_iter().filter(|each| after.is_none_or(|after| each.size > after)).collect())
    }

    /// The words of known witnesses on a note. A line that does not hold says nothing.
    #[must_use]
    pub fn cosigned(&self, note: &[u8]) -> Vec<Cosigned> {
        let known = self.inner.witnesses.get();
        known.and_then(|witnesses| witnesses.on(note).ok()).unwrap_or_default()
    }

    /// Takes a witness's signature line for the checkpoint of `size`, and keeps it with the note.
    pub async fn cosign(&self, size: u64, line: &str) -> Result<Cosigning, Failure> {
        let _held = self.inner.notes.lock().await;
        let Some(stored) = self.inner.log.checkpoint(size).await? else {
            return Ok(Cosigning::NoCheckpoint);
        };
        let nobody = Witnesses::default();
        match self.inner.witnesses.get().unwrap_or(&nobody).add(&stored.note, line) {
            Ok((note, cosigned)) => {
                self.inner.log.save_checkpoint(size, note.clone()).await?;
                Ok(Cosigning::Kept(Checkpoint { size, note }, cosigned))
            }
            Err(error) => Ok(Cosigning::Refused(error)),
        }
    }
}
