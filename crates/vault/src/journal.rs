//! The record of who looked at whom, and why.
//!
//! Nothing is opened before its line here is on disk. One thread writes; callers that arrive
//! together share one sync. After a failed write nothing more is recorded, and so nothing
//! more can be opened.

mod access;
pub(crate) mod chain;
pub(crate) mod check;
mod index;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::{BufReader, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use self::index::{Index, Place};
pub use self::{
    access::{Access, Entry, Filter, Subjects},
    chain::Head,
    check::Chained,
    index::{Choice, Sought},
};
use crate::{
    disk::{self, Disk, DiskFile},
    durable::{Durable, Gauge, ReadOnly, Stats},
    error::Error,
    subject::Subject,
    writer::{Answer, Writer},
};

/// The longest line: some 6,000 subjects. More than that is [`Subjects::All`], or two
/// accesses.
const MAX_ACCESS_BYTES: usize = 256 * 1024;

/// Proof that an access is on disk. Only [`Journal::record`] makes one; it cannot be copied.
#[derive(Debug)]
pub struct Recorded {
    entry: u64,
    subjects: Subjects,
}

impl Recorded {
    /// Which line of the access record it is, counted from 1.
    #[must_use]
    pub fn entry(&self) -> u64 {
        self.entry
    }

    /// Whether the recorded access is to this subject.
    #[must_use]
    pub fn covers(&self, subject: Subject) -> bool {
        self.subjects.cover(subject)
    }
}

/// The access record: an append-only file of JSON Lines, each chained to those before it.
/// Cheap to clone; the clones are one record.
#[derive(Clone)]
pub struct Journal {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    head: Arc<RwLock<Head>>,
    index: Arc<RwLock<Index>>,
    gauge: Arc<Gauge>,
    writer: Writer<Job>,
}

struct Job {
    who: String,
    subjects: Subjects,
    json: Vec<u8>,
    answer: Answer<Recorded>,
}

impl Journal {
    /// Opens the record, or starts an empty one, in a directory that is made private if it is
    /// new. Checks the whole chain and cuts off a last line that a crash left half written.
    /// Blocks while it reads.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::open_on(path, |file| Box::new(file))
    }

    /// `attach` lets tests put a faulty disk in between.
    pub(crate) fn open_on(
        path: &Path,
        attach: impl FnOnce(DiskFile) -> Box<dyn Disk>,
    ) -> Result<Self, Error> {
        if let Some(dir) = path.parent() {
            disk::create_private_directory(dir).map_err(Error::io("create", dir))?;
        }
        let mut file = DiskFile::open_or_create(path).map_err(Error::io("open", path))?;
        file.lock()?;
        let mut index = Index::default();
        let (head, whole_bytes) = chain::walk(path, reader(path)?, |number, line| {
            index.add_read(line.len() + 1, &chain::parse(path, number, line)?);
            Ok(chain::Go::On)
        })?;
        file.keep_first(whole_bytes).map_err(Error::io("cut a torn line off", path))?;

        let file = Durable::new("the access record", attach(file));
        let gauge = file.gauge();
        let shared_head = Arc::new(RwLock::new(head));
        let index = Arc::new(RwLock::new(index));
        let shared_index = Arc::clone(&index);
        let mut scribe = Scribe { file, head, shared_head: Arc::clone(&shared_head), shared_index };
        let writer = Writer::spawn("access-record", move |jobs| scribe.commit(jobs))
            .map_err(Error::io("start the writer of", path))?;
        let shared = Shared { path: path.to_owned(), head: shared_head, index, gauge, writer };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Writes the access down. Whoever gets the [`Recorded`] may open what it covers.
    pub async fn record(&self, access: Access) -> Result<Recorded, Error> {
        let json = chain::to_json(&access, &self.shared.path)?;
        if json.len() > MAX_ACCESS_BYTES {
            return Err(Error::AccessTooLong { bytes: json.len(), max: MAX_ACCESS_BYTES });
        }
        let Access { who, subjects, .. } = access;
        self.shared.writer.ask(|answer| Job { who, subjects, json, answer }).await
    }

    /// The recorded accesses that the filter lets through, oldest first. Checks the chain on
    /// the way. Blocks while it reads, which is the whole file.
    pub fn read(&self, filter: &Filter) -> Result<Vec<Entry>, Error> {
        let acknowledged = self.head().entries;
        let path = &self.shared.path;
        let mut found = Vec::new();
        chain::walk(path, reader(path)?, |number, line| {
            if number > acknowledged || found.len() >= filter.limit {
                return Ok(chain::Go::Stop);
            }
            let entry = Entry { number, access: chain::parse(path, number, line)? };
            if filter.lets_through(&entry) {
                found.push(entry);
            }
            Ok(chain::Go::On)
        })?;
        Ok(found)
    }

    /// The accesses that are sought, the newest first: those that `choose` takes, at most so
    /// many. Reads their lines only, and checks that each follows from the one before it; the
    /// whole chain is checked when the record is opened. Blocks while it reads.
    pub fn latest(
        &self,
        sought: &Sought,
        limit: usize,
        mut choose: impl FnMut(&Entry) -> Choice,
    ) -> Result<Vec<Entry>, Error> {
        let numbers = self.index().numbers(sought);
        let path = &self.shared.path;
        let mut file = File::open(path).map_err(Error::io("read", path))?;
        let mut found = Vec::new();
        for number in numbers {
            if found.len() >= limit {
                break;
            }
            let Some(place) = self.index().place(number) else { break };
            let entry = read_line(path, &mut file, number, place)?;
            match choose(&entry) {
                Choice::Take => found.push(entry),
                Choice::Skip => {}
                Choice::Stop => break,
            }
        }
        Ok(found)
    }

    fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.shared.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the record has come. Kept elsewhere, it shows later whether the end was cut.
    #[must_use]
    pub fn head(&self) -> Head {
        *self.shared.head.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether accesses can be recorded; if not, why not.
    pub fn health(&self) -> Result<(), ReadOnly> {
        self.shared.gauge.health()
    }

    /// How many accesses were recorded since it was opened, and with how many syncs.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.shared.gauge.stats()
    }
}

/// Owned by the writing thread.
struct Scribe {
    file: Durable,
    head: Head,
    shared_head: Arc<RwLock<Head>>,
    shared_index: Arc<RwLock<Index>>,
}

impl Scribe {
    fn commit(&mut self, jobs: Vec<Job>) {
        let before = self.head;
        let mut text = Vec::new();
        let mut head = before;
        let mut lengths = Vec::with_capacity(jobs.len());
        for job in &jobs {
            let start = text.len();
            head = chain::push_line(&mut text, head, &job.json);
            lengths.push(text.len() - start);
        }
        let written = self.file.write(head.entries - before.entries, |disk| disk.append(&text));
        if written.is_ok() {
            let mut index = self.shared_index.write().unwrap_or_else(PoisonError::into_inner);
            for (job, bytes) in jobs.iter().zip(lengths) {
                index.add(bytes, &job.who, &job.subjects);
            }
            drop(index);
            self.head = head;
            *self.shared_head.write().unwrap_or_else(PoisonError::into_inner) = head;
        }
        for (entry, job) in (before.entries + 1..).zip(jobs) {
            let recorded = written.clone().map(|()| Recorded { entry, subjects: job.subjects });
            drop(job.answer.send(recorded.map_err(Error::from)));
        }
    }
}

fn reader(path: &Path) -> Result<BufReader<File>, Error> {
    File::open(path).map(BufReader::new).map_err(Error::io("read", path))
}

/// One line, checked against the hash of the line before it.
fn read_line(path: &Path, file: &mut File, number: u64, place: Place) -> Result<Entry, Error> {
    let from = place.before.unwrap_or(place.start);
    let bytes = usize::try_from(place.end - from).unwrap_or(usize::MAX);
    let mut text = vec![0; bytes];
    file.seek(SeekFrom::Start(from)).map_err(Error::io("read", path))?;
    file.read_exact(&mut text).map_err(Error::io("read", path))?;
    let split = usize::try_from(place.start - from).unwrap_or(bytes);
    let (before, line) = text.split_at_checked(split).unwrap_or((&[], &text));
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    if !chain::follows(number, before, line) {
        return Err(Error::Altered { path: path.to_owned(), line: number });
    }
    Ok(Entry { number, access: chain::parse(path, number, line)? })
}
