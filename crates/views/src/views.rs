//! The read models of one process: opened, followed, asked.

mod questions;

use crate::Error;
use crate::folder::Folder;
use crate::history::History;
use crate::readers::Readers;
use crate::rebuild::{Stop, build, install, ready};
use crate::tail::Tail;
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
        let writer = ready(&folder, &history, &asked, progress).await?;
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
