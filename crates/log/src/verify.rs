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
    let mut limit = MAX_READ_RECORDS;
    while walk.tree.head() < head {
        let (records, stored) = match stretch(log, walk.tree.head(), head, limit).await {
            // Damage further on must not hide what is wrong before it.
            Err(Error::Corrupt { .. }) if limit > 1 => {
                limit = 1;
                continue;
            }
            read => read?,
        };
        let mut stored = stored.into_iter();
        for record in records.into_iter().take_while(|record| record.position <= head) {
            walk.step(&record, &mut stored)?;
        }
        on_progress(Progress { verified: walk.tree.head(), head });
    }
    check_streams(log, &walk.streams).await?;
    Ok(Verification {
        tree: TreeHead { size: head.get(), root: walk.tree.root() },
        streams: walk.streams.len(),
        checkpoints: walk.claimed,
    })
}

/// At most `limit` records after `after`, and the hashes stored with them.
async fn stretch(
    log: &dyn Log,
    after: Position,
    head: Position,
    limit: usize,
) -> Result<(Vec<Record>, Vec<Hash>), Error> {
    let records = log.read(after, limit).await?;
    if records.is_empty() {
        return Err(Error::corrupt(after.next(), "the record is missing"));
    }
    let size = |position: Position| tlog_tiles::stored_hash_count(position.get());
    let last = records.last().map_or(head, |record| record.position.min(head));
    let stored = log.hashes((size(after)..size(last)).collect()).await?;
    Ok((records, stored))
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

/// Where the records of each stream are, in version order.
type Streams = BTreeMap<StreamName, Vec<Position>>;

/// The tree and streams as worked out from the records' bytes so far.
struct Walk {
    tree: Frontier,
    streams: Streams,
    claims: Claims,
    claimed: usize,
}

impl Walk {
    fn new(claims: Claims) -> Result<Self, Error> {
        let (tree, streams) = (Frontier::default(), Streams::new());
        let mut walk = Self { tree, streams, claims, claimed: 0 };
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
        let stream = self.streams.entry(record.stream.clone()).or_default();
        stream.push(at);
        if record.version != version(stream.len()) {
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

/// The version of a stream's `place`-th record.
fn version(place: usize) -> Version {
    Version::new(u32::try_from(place).unwrap_or(u32::MAX))
}

/// The index by stream must tell the same story as the log itself. What was appended since
/// verification began comes after what is looked at.
async fn check_streams(log: &dyn Log, streams: &Streams) -> Result<(), Error> {
    let mut first: Option<(Position, &StreamName)> = None;
    for (stream, positions) in streams {
        let index = log.stream_index(stream).await?;
        let expected = (1..).map(version).zip(positions.iter().copied());
        let wrong = expected.enumerate().find(|(place, entry)| index.get(*place) != Some(entry));
        if let Some((_, (_, position))) = wrong
            && first.is_none_or(|(earlier, _)| position < earlier)
        {
            first = Some((position, stream));
        }
    }
    match first {
        None => Ok(()),
        Some((position, stream)) => {
            let what = format!("the index of stream {stream} does not lead to this record");
            Err(Error::corrupt(position, what))
        }
    }
}
