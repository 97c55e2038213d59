//! Following the log: folds what is new as soon as it is there, and rebuilds what is damaged.

use crate::folder::Folder;
use crate::history::History;
use crate::readers::Readers;
use crate::rebuild::{Stop, Writer, build, install};
use crate::{Condition, Error, Health};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How long until something that failed is tried again.
const AGAIN_AFTER: Duration = Duration::from_secs(1);

/// The one writer of the read models, while a process lives.
pub(crate) struct Tail<H> {
    pub(crate) history: H,
    pub(crate) folder: Arc<Folder>,
    pub(crate) writer: Option<Writer>,
    pub(crate) readers: Arc<Readers>,
    pub(crate) health: watch::Sender<Health>,
    pub(crate) stop: Stop,
}

impl<H: History> Tail<H> {
    /// Until told to stop, or until the log is closed.
    pub(crate) async fn run(mut self) {
        while let Err(error) = self.follow().await {
            if matches!(error, Error::Rows(_)) {
                self.writer = None;
            }
            self.report(&error);
            let mut stop = self.stop.clone();
            tokio::select! {
                () = stop.asked() => break,
                () = tokio::time::sleep(AGAIN_AFTER) => {}
            }
        }
    }

    async fn follow(&mut self) -> Result<(), Error> {
        loop {
            let writer = match &self.writer {
                Some(writer) => writer.clone(),
                None => self.rebuild().await?,
            };
            writer.catch_up(&self.history, &self.stop, |position| self.reached(position)).await?;
            self.reached(writer.position());
            tokio::select! {
                () = self.stop.asked() => return Ok(()),
                () = self.readers.damaged() => self.writer = None,
                more = self.history.moved(writer.position()) => if !more { return Ok(()) },
            }
        }
    }

    /// Rebuilds beside what is there, which answers meanwhile, and puts the new in its place.
    async fn rebuild(&mut self) -> Result<Writer, Error> {
        self.condition(Condition::Rebuilding);
        let beside = build(&self.folder, &self.history, &self.stop, &|_| {}).await?;
        let folder = Arc::clone(&self.folder);
        let writer = self.readers.apart(move || install(&folder, &beside)).await?;
        self.writer = Some(writer.clone());
        Ok(writer)
    }

    fn report(&self, error: &Error) {
        let cause: &dyn std::error::Error = error;
        tracing::error!(error = cause, "the read models fall behind");
        self.condition(Condition::Failing(error.to_string()));
    }

    fn reached(&self, position: u64) {
        self.health.send_replace(Health { position, condition: Condition::Following });
    }

    fn condition(&self, condition: Condition) {
        self.health.send_modify(|health| health.condition = condition);
    }
}
