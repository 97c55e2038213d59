//! Proves that a log is what it says: every record in its place, every hash, every checkpoint.

use std::collections::BTreeMap;

use crate::merkle::Frontier;
use crate::{
    CheckpointVerifier, Error, Hash, Log, MAX_READ_RECORDS, Position, Record, StreamName, TreeHead,
    Version,
};

/// How far a verification has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Verified up to here.
    pub verified: Position,
    /// Where the log ended when verification began.
    pub head: Position,
}

/// What was verified.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verification {
    /// All records, and the root worked out from their bytes.
    pub tree: TreeHead,
    /// How many streams they form.
    pub streams: usize,
    /// How many checkpoints agree with them.
    pub checkpoints: usize,
}

/// Reads every record from the start and checks it against everything that was ever said of it.
///
/// `published` are checkpoints kept elsewhere. Without any, a log that was replaced as a whole,
/// or cut back together with its own checkpoints, cannot be told from a true one.
///
/// Returns [`Error::Corrupt`], which names the first bad position, when anything disagrees.
pub async fn verify(
    log: &dyn Log,
    keys: &CheckpointVerifier,
    published: &[Vec<u8>],
    mut on_progress: impl FnMut(Progress) + Send,
) -> Result<Verification, Error> {
    let claims = claims(log, keys, published).await?;
    let head = log.head();
    if let Some((size, _)) = claims.last_key_value().filter(|(size, _)| **size > head.get()) {
        let what = format!("a signed checkpoint speaks of {size} records, the log ends before");
        return Err(Error::corrupt(head.next(), what));
    }
    let mut walk = Walk::new(claims)?;
    while walk.tree.head() < head {
        let records = log.read(walk.tree.head(), MAX_READ_RECORDS).await?;
        if records.is_empty() {
            return Err(Error::corrupt(walk.tree.head().next(), "the record is missing"));
        }
        let size = |position: Position| tlog_tiles::stored_hash_count(position.get());
        let last = records.last().map_or(head, |record| record.position.min(head));
        let stored = log.hashes((size(walk.tree.head())..size(last)).collect()).await?;
        let mut stored = stored.into_iter();
        for record in records.into_iter().take_while(|record| record.position <= head) {
            walk.step(&record, &mut stored)?;
        }
        on_progress(Progress { verified: walk.tree.head(), head });
    }
    check_streams(log, &walk.versions).await?;
    Ok(Verification {
        tree: TreeHead { size: head.get(), root: walk.tree.root() },
        streams: walk.versions.len(),
        checkpoints: walk.claimed,
    })
}

/// The roots that checkpoints claim, by size. One size may have several, stored and published.
type Claims = BTreeMap<u64, Vec<Hash>>;

async fn claims(
    log: &dyn Log,
    keys: &CheckpointVerifier,
    published: &[Vec<u8>],
) -> Result<Claims, Error> {
    let mut claims = Claims::new();
    for stored in log.checkpoints().await? {
        let at = Position::new(stored.size);
        let said = keys.verify_note(&stored.note).map_err(|error| {
            Error::corrupt(at, format!("the checkpoint stored for it is not ours: {error}"))
        })?;
        if said.size != stored.size {
            return Err(Error::corrupt(at, "the checkpoint stored for it is about another size"));
        }
        claims.entry(said.size).or_default().push(said.root);
    }
    for note in published {
        let said = keys.verify_note(note)?;
        claims.entry(said.size).or_default().push(said.root);
    }
    Ok(claims)
}

/// The tree and streams as worked out from the records' bytes so far.
struct Walk {
    tree: Frontier,
    versions: BTreeMap<StreamName, Version>,
    claims: Claims,
    claimed: usize,
}

impl Walk {
    fn new(claims: Claims) -> Result<Self, Error> {
        let (tree, versions) = (Frontier::default(), BTreeMap::new());
        let mut walk = Self { tree, versions, claims, claimed: 0 };
        walk.check_claims()?;
        Ok(walk)
    }

    fn step(
        &mut self,
        record: &Record,
        stored: &mut impl Iterator<Item = Hash>,
    ) -> Result<(), Error> {
        let at = self.tree.head().next();
        let wrong = |what: &str| Err(Error::corrupt(at, what));
        if record.position != at {
            return wrong("the record is missing");
        }
        if Record::from_bytes(record.bytes.clone()).as_ref() != Some(record) {
            return wrong("the record's own stamp says it belongs elsewhere");
        }
        let version = self.versions.entry(record.stream.clone()).or_default();
        *version = version.next();
        if record.version != *version {
            return wrong("the record is out of turn in its stream");
        }
        for hash in self.tree.push(tlog_tiles::record_hash(&record.bytes)) {
            if stored.next() != Some(hash) {
                return wrong("the record does not hash to what was stored with it");
            }
        }
        self.check_claims()
    }

    fn check_claims(&mut self) -> Result<(), Error> {
        let claimed = self.claims.remove(&self.tree.head().get()).unwrap_or_default();
        self.claimed += claimed.len();
        if claimed.iter().all(|&root| root == self.tree.root()) {
            return Ok(());
        }
        let what = "a signed checkpoint of the records up to here has another root";
        Err(Error::corrupt(self.tree.head(), what))
    }
}

/// The index by stream must tell the same story as the log itself.
async fn check_streams(
    log: &dyn Log,
    versions: &BTreeMap<StreamName, Version>,
) -> Result<(), Error> {
    for (stream, &last) in versions {
        let (mut at, mut version) = (Position::START, Version::NONE);
        for record in log.read_stream(stream, Version::NONE).await? {
            if version == last {
                break; // Appended since verification began.
            }
            version = version.next();
            if record.version != version || record.position <= at {
                let what = format!("stream {stream} is not in order in its index");
                return Err(Error::corrupt(record.position, what));
            }
            at = record.position;
        }
        if version != last {
            let what = format!("stream {stream} ends here in its index, at {version} of {last}");
            return Err(Error::corrupt(at, what));
        }
    }
    Ok(())
}
