//! The read models of one process: opened, followed, asked.

use crate::directory::{self, KnownSchool, SchoolFilter};
use crate::dump::dump;
use crate::folder::Folder;
use crate::history::History;
use crate::listing::{Listing, Page};
use crate::readers::Readers;
use crate::rebuild::{Stop, build, found, install};
use crate::requests::{self, Counts, Detail, Filter, Item, Sort};
use crate::response_times::{self, Group, ResponseTimes};
use crate::tail::Tail;
use crate::timeline::{self, Entry};
use crate::{Error, Scope};
use domain::calendar::Calendar;
use domain::ids::RequestId;
use domain::service::Service;
use domain::triage::RuleSetDraft;
use jiff::Timestamp;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long a question waits for a position.
const PATIENCE: Duration = Duration::from_secs(5);

/// How far a rebuild has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The last position folded,
    pub position: u64,
    /// of so many.
    pub head: u64,
}

/// What a replay did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Events folded.
    pub events: u64,
}

/// How the read models are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The last position that answers know of.
    pub position: u64,
    /// What they are doing.
    pub condition: Condition,
}

/// What the read models are doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// They follow the log.
    Following,
    /// They were damaged, and are made anew; meanwhile they answer as well as they can.
    Rebuilding,
    /// They fall behind, for this reason; it is tried again every second.
    Failing(String),
}

/// The read models. Cheap to clone; when the last clone goes, they stop following.
#[derive(Clone)]
pub struct Views {
    inner: Arc<Inner>,
}

struct Inner {
    readers: Arc<Readers>,
    health: watch::Receiver<Health>,
    stop: watch::Sender<bool>,
    tail: Mutex<Option<JoinHandle<()>>>,
}

impl Views {
    /// Opens the read models in this directory, rebuilds them if they cannot be gone on with,
    /// folds what the log has, and follows it from there.
    pub async fn open(
        dir: &Path,
        history: impl History,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Self, Error> {
        let folder = Arc::new(Folder::open(dir)?);
        let (stop, asked) = watch::channel(false);
        let asked = Stop(asked);
        let writer = if let Some(writer) = found(&folder, &history).await? {
            writer
        } else {
            let beside = build(&folder, &history, &asked, progress).await?;
            install(&folder, &beside)?
        };
        let reached = |position| progress(Progress { position, head: history.head() });
        writer.catch_up(&history, &asked, reached).await?;

        let position = writer.position();
        let (health, seen) = watch::channel(Health { position, condition: Condition::Following });
        let readers = Arc::new(Readers::of(folder.file()));
        let tail = Tail {
            history,
            folder,
            writer: Some(writer),
            readers: Arc::clone(&readers),
            health,
            stop: asked,
        };
        let tail = Mutex::new(Some(tokio::spawn(tail.run())));
        Ok(Self { inner: Arc::new(Inner { readers, health: seen, stop, tail }) })
    }

    /// Makes the read models anew from the first event on, and puts them in place.
    pub async fn replay(
        dir: &Path,
        history: impl History,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Replayed, Error> {
        let folder = Folder::open(dir)?;
        let (_stop, asked) = watch::channel(false);
        let beside = build(&folder, &history, &Stop(asked), progress).await?;
        Ok(Replayed { events: install(&folder, &beside)?.position() })
    }

    /// Stops following, and waits until the last batch is written.
    pub async fn close(&self) {
        self.inner.stop.send_replace(true);
        let tail = self.inner.tail.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(tail) = tail {
            // A panic in the tail was reported when it happened.
            let _ = tail.await;
        }
    }

    /// The last position that answers know of.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.inner.health.borrow().position
    }

    /// How they are.
    #[must_use]
    pub fn health(&self) -> Health {
        self.inner.health.borrow().clone()
    }

    /// Waits, five seconds at most, until answers know of a position.
    pub async fn at_least(&self, position: u64) -> Result<(), Error> {
        let mut health = self.inner.health.clone();
        let reached = health.wait_for(|health| health.position >= position);
        match tokio::time::timeout(PATIENCE, reached).await {
            Ok(Ok(_reached)) => Ok(()),
            Ok(Err(_ended)) => Err(Error::Closed),
            Err(_elapsed) => Err(Error::Behind { asked: position, reached: self.position() }),
        }
    }
}

/// Questions. Each is answered from one position, off the async threads.
impl Views {
    /// A page of the requests of a scope.
    pub async fn requests(
        &self,
        scope: Scope,
        filter: Filter,
        sort: Sort,
        page: Page,
    ) -> Result<Listing<Item>, Error> {
        self.inner.readers.ask(move |rows| requests::list(rows, &scope, &filter, sort, &page)).await
    }

    /// One request; `None` when the scope does not have it.
    pub async fn request(&self, scope: Scope, id: RequestId) -> Result<Option<Detail>, Error> {
        self.inner.readers.ask(move |rows| requests::detail(rows, &scope, id)).await
    }

    /// Everything that happened to a request; `None` when the scope does not have it.
    pub async fn timeline(&self, scope: Scope, id: RequestId) -> Result<Option<Vec<Entry>>, Error> {
        self.inner.readers.ask(move |rows| timeline::timeline(rows, &scope, id)).await
    }

    /// How many requests a scope has, and how many of their answers are overdue at `now`.
    pub async fn counts(&self, scope: Scope, now: Timestamp) -> Result<Counts, Error> {
        self.inner.readers.ask(move |rows| requests::count(rows, &scope, now)).await
    }

    /// How promises were kept.
    pub async fn response_times(
        &self,
        scope: Scope,
        asked: ResponseTimes,
    ) -> Result<Vec<Group>, Error> {
        self.inner
            .readers
            .ask(move |rows| response_times::response_times(rows, &scope, &asked))
            .await
    }

    /// A page of schools, by name.
    pub async fn schools(
        &self,
        filter: SchoolFilter,
        page: Page,
    ) -> Result<Listing<KnownSchool>, Error> {
        self.inner.readers.ask(move |rows| directory::schools(rows, &filter, &page)).await
    }

    /// Every service, by slug.
    pub async fn services(&self) -> Result<Vec<Service>, Error> {
        self.inner.readers.ask(directory::services).await
    }

    /// A rule set as it was drafted; `None` when there was never one of this version.
    pub async fn rule_set(&self, version: u32) -> Result<Option<RuleSetDraft>, Error> {
        self.inner.readers.ask(move |rows| directory::rule_set(rows, version)).await
    }

    /// The versions of the rule set that were ever active, oldest first.
    pub async fn rule_set_versions(&self) -> Result<Vec<u32>, Error> {
        self.inner.readers.ask(directory::rule_set_versions).await
    }

    /// The calendar under which a clock of this `calendar_version` counts.
    pub async fn calendar(&self, version: u32) -> Result<Option<Calendar>, Error> {
        self.inner.readers.ask(move |rows| directory::calendar(rows, version)).await
    }

    /// Every row as text, the same for every fold of the same log.
    pub async fn dump(&self) -> Result<String, Error> {
        self.inner.readers.ask(|rows| Ok(dump(rows)?)).await
    }
}
