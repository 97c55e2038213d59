//! The erasure ledger: who was erased, kept apart from the log and from the keys.
//!
//! A backup from before an erasure brings the child's key back. So an erasure is written here
//! first, on disk, and only then is the key destroyed; and whenever keys are opened, those of
//! whoever stands here are destroyed again before anything can be read with them. Lines are
//! chained as those of the access record are. They hold pseudonyms only.

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufReader, ErrorKind},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    disk::{self, DiskFile},
    durable::Durable,
    error::Error,
    journal::{
        Chained,
        chain::{self, Go, Head},
        check,
    },
    subject::Subject,
    writer::{Answer, Writer},
};

/// One erasure, as it was decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Erased {
    /// The child's pseudonyms.
    pub children: Vec<Uuid>,
    /// The drafts that became requests about the child, and those that named it; each had a key
    /// of its own.
    pub drafts: Vec<Uuid>,
    /// When, RFC 3339.
    pub at: String,
    /// Why, as a code, if it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How many records the log had then.
    pub log_size: u64,
}

impl Erased {
    /// Whose keys were destroyed.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> {
        self.children.iter().chain(&self.drafts).copied().map(Subject::new)
    }
}

/// The ledger, open. Cheap to clone; the clones are one ledger.
#[derive(Clone)]
pub struct Erasures {
    shared: Arc<Shared>,
}

struct Shared {
    lines: Arc<RwLock<Vec<Erased>>>,
    writer: Writer<Job>,
}

struct Job {
    erased: Erased,
    answer: Answer<()>,
}

impl Erasures {
    /// Opens the ledger, or starts an empty one; and the same in each of the other places, which
    /// hold copies. What any of them knows, all of them know from then on. Checks every chain,
    /// and cuts off a last line that a crash left half written. Blocks while it reads.
    pub fn open(path: &Path, copies: &[PathBuf]) -> Result<Self, Error> {
        let mut known = BTreeSet::new();
        let mut places = Vec::new();
        for path in std::iter::once(path).chain(copies.iter().map(PathBuf::as_path)) {
            let (place, lines) = LedgerFile::open(path)?;
            known.extend(lines.iter().cloned());
            places.push((place, lines));
        }
        let mut files = Vec::new();
        for (mut place, lines) in places {
            let lines: BTreeSet<_> = lines.into_iter().collect();
            place.append(known.difference(&lines))?;
            files.push(place);
        }
        let mut lines: Vec<_> = known.into_iter().collect();
        lines.sort_by(|one, other| one.at.cmp(&other.at));
        let lines = Arc::new(RwLock::new(lines));
        let told = Arc::clone(&lines);
        let writer = Writer::spawn("erasures", move |jobs: Vec<Job>| {
            for Job { erased, answer } in jobs {
                let written = files.iter_mut().try_for_each(|file| file.append([&erased]));
                if written.is_ok() {
                    told.write().unwrap_or_else(PoisonError::into_inner).push(erased);
                }
                drop(answer.send(written));
            }
        })
        .map_err(Error::io("start the writer of", path))?;
        Ok(Self { shared: Arc::new(Shared { lines, writer }) })
    }

    /// Reads a ledger that is not in use, such as one from a backup: every line, in order.
    pub fn read(path: &Path) -> Result<Vec<Erased>, Error> {
        read(path).map(|(_, _, lines)| lines)
    }

    /// Checks a ledger that is not in use, and changes nothing: how far it goes, and every line in
    /// order. The first line that is not as it was written is the error. Blocks while it reads.
    pub fn check(path: &Path) -> Result<(Chained, Vec<Erased>), Error> {
        let mut lines = Vec::new();
        let chained = check::lines(path, |number, line| {
            lines.push(parse(path, number, line)?);
            Ok(())
        })?;
        Ok((chained, lines))
    }

    /// Writes an erasure down. When this returns it is on disk, wherever the ledger is kept;
    /// before, no key may be destroyed.
    pub async fn note(&self, erased: Erased) -> Result<(), Error> {
        self.shared.writer.ask(|answer| Job { erased, answer }).await
    }

    /// Every erasure, the earliest first.
    #[must_use]
    pub fn all(&self) -> Vec<Erased> {
        self.shared.lines.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// One place where the ledger is kept.
struct LedgerFile {
    path: PathBuf,
    file: Durable,
    head: Head,
}

impl LedgerFile {
    fn open(path: &Path) -> Result<(Self, Vec<Erased>), Error> {
        if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            disk::create_private_directory(dir).map_err(Error::io("create", dir))?;
        }
        let mut file = DiskFile::open_or_create(path).map_err(Error::io("open", path))?;
        file.lock()?;
        let (head, whole_bytes, lines) = read(path)?;
        file.keep_first(whole_bytes).map_err(Error::io("cut a torn line off", path))?;
        let file = Durable::new("the erasure ledger", Box::new(file));
        Ok((Self { path: path.to_owned(), file, head }, lines))
    }

    fn append<'a>(&mut self, erased: impl IntoIterator<Item = &'a Erased>) -> Result<(), Error> {
        let (mut text, mut head) = (Vec::new(), self.head);
        for erased in erased {
            let json = serde_json::to_vec(erased)
                .map_err(|error| Error::io("write", &self.path)(error.into()))?;
            head = chain::push_line(&mut text, head, &json);
        }
        if !text.is_empty() {
            let lines = head.entries.saturating_sub(self.head.entries);
            self.file.write(lines, |disk| disk.append(&text))?;
            self.head = head;
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<(Head, usize, Vec<Erased>), Error> {
    let mut lines = Vec::new();
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok((Head::default(), 0, lines));
        }
        opened => opened.map_err(Error::io("read", path))?,
    };
    let (head, whole_bytes) = chain::walk(path, BufReader::new(file), |number, line| {
        lines.push(parse(path, number, line)?);
        Ok(Go::On)
    })?;
    Ok((head, whole_bytes, lines))
}

fn parse(path: &Path, number: u64, line: &[u8]) -> Result<Erased, Error> {
    serde_json::from_slice(line).map_err(|error| Error::malformed(path, number, &error))
}
