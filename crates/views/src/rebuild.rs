//! From the log to rows: a batch at a time, and the next one is read while one is folded.

use crate::fold::{Check, Fold};
use crate::folder::Folder;
use crate::history::History;
use crate::{Error, Progress};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Events in one transaction.
const BATCH: usize = 1_000;

/// The fold, which works on threads that may block.
#[derive(Clone, Debug)]
pub(crate) struct Writer(Arc<Mutex<Fold>>);

impl Writer {
    pub(crate) fn of(fold: Fold) -> Self {
        Self(Arc::new(Mutex::new(fold)))
    }

    pub(crate) fn position(&self) -> u64 {
        self.with(|fold| fold.cursor().position)
    }

    fn with<T>(&self, act: impl FnOnce(&mut Fold) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Folds to the end of the log, or until told to stop.
    pub(crate) async fn catch_up(
        &self,
        history: &impl History,
        stop: &Stop,
        reached: impl Fn(u64),
    ) -> Result<(), Error> {
        let mut batch = history.after(self.position(), BATCH).await?;
        while let (Some(last), false) = (batch.last(), stop.is_asked()) {
            let position = last.position;
            let writer = self.clone();
            let folding =
                tokio::task::spawn_blocking(move || writer.with(|fold| fold.apply(&batch)));
            let (folded, next) = tokio::join!(folding, history.after(position, BATCH));
            folded.map_err(|_cut_off| Error::Closed)??;
            reached(position);
            batch = next?;
        }
        Ok(())
    }

    /// Ends the making of a new file.
    pub(crate) fn complete(self) -> Result<(), Error> {
        let fold = Arc::into_inner(self.0).ok_or(Error::Closed)?;
        Ok(fold.into_inner().unwrap_or_else(PoisonError::into_inner).complete()?)
    }
}

/// The rows as they were found, or else made anew, at the end of the log.
pub(crate) async fn ready(
    folder: &Folder,
    history: &impl History,
    stop: &Stop,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<Writer, Error> {
    if let Some(writer) = found(folder, history).await? {
        let reached = |position| progress(Progress { position, head: history.head() });
        match writer.catch_up(history, stop, reached).await {
            Err(Error::Rows(error)) => tracing::info!(%error, "the read models are damaged"),
            followed => return followed.map(|()| writer),
        }
    }
    let beside = build(folder, history, stop, progress).await?;
    install(folder, &beside)
}

/// Makes a new file beside the old one, with everything that the log has.
pub(crate) async fn build(
    folder: &Folder,
    history: &impl History,
    stop: &Stop,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<PathBuf, Error> {
    let beside = folder.beside()?;
    let writer = Writer::of(Fold::create(&beside)?);
    let reached = |position| progress(Progress { position, head: history.head() });
    writer.catch_up(history, stop, reached).await?;
    if stop.is_asked() {
        return Err(Error::Closed);
    }
    writer.complete()?;
    Ok(beside)
}

/// Puts a new file in place of the old one, and goes on with it.
pub(crate) fn install(folder: &Folder, beside: &Path) -> Result<Writer, Error> {
    folder.put_in_place(beside)?;
    let fold = Fold::open(&folder.file(), Check::None)?;
    Ok(Writer::of(fold.ok_or(rusqlite::Error::QueryReturnedNoRows)?))
}

/// The file as it was found, if it can be gone on with: made by this schema, sound, and of
/// this log, which has not lost what was folded.
async fn found(folder: &Folder, history: &impl History) -> Result<Option<Writer>, Error> {
    if !folder.file().exists() {
        return Ok(None);
    }
    let fold = match Fold::open(&folder.file(), Check::EveryPage) {
        Ok(Some(fold)) => fold,
        Ok(None) => return Ok(None),
        Err(error) => {
            tracing::info!(%error, "the read models cannot be used and are made anew");
            return Ok(None);
        }
    };
    let cursor = fold.cursor();
    let Some(before) = cursor.position.checked_sub(1) else { return Ok(Some(Writer::of(fold))) };
    let there = history.after(before, 1).await?;
    let same = there.first().map(|recorded| recorded.id.0) == cursor.event;
    Ok(same.then(|| Writer::of(fold)))
}

/// Whether to stop: told so, or nobody is left who could say.
#[derive(Clone, Debug)]
pub(crate) struct Stop(pub(crate) watch::Receiver<bool>);

impl Stop {
    pub(crate) fn is_asked(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    pub(crate) async fn asked(&mut self) {
        // An error means that nobody is left.
        let _ = self.0.wait_for(|asked| *asked).await;
    }
}
