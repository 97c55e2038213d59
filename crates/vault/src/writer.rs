//! A thread that owns a file, so that many callers share one sync.
//!
//! While the disk is busy with one group, the next one gathers. A caller that hangs up does
//! not cancel what it asked for.

use std::{io, thread};

use tokio::sync::{mpsc, oneshot};

use crate::error::Error;

/// The most that waits, and so the most that one sync carries.
const MAX_GROUP: usize = 1024;

/// Where the outcome of a job goes. Nobody may be listening any more, which is fine.
pub(crate) type Answer<T> = oneshot::Sender<Result<T, Error>>;

/// The one thread that writes a file. Dropping this waits until it has finished, so that the
/// file can be opened again at once.
pub(crate) struct Writer<Job> {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl<Job: Send + 'static> Writer<Job> {
    /// Starts the thread; `commit` gets whatever has gathered since it last returned.
    pub(crate) fn spawn(
        name: &str,
        mut commit: impl FnMut(Vec<Job>) + Send + 'static,
    ) -> io::Result<Self> {
        let (jobs, mut waiting) = mpsc::channel(MAX_GROUP);
        let thread = thread::Builder::new().name(name.to_owned()).spawn(move || {
            let mut group = Vec::new();
            while waiting.blocking_recv_many(&mut group, MAX_GROUP) > 0 {
                commit(std::mem::take(&mut group));
            }
        })?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Hands a job to the thread and waits until it is on disk, or has failed.
    pub(crate) async fn ask<T>(&self, job: impl FnOnce(Answer<T>) -> Job) -> Result<T, Error> {
        let (answer, outcome) = oneshot::channel();
        let jobs = self.jobs.as_ref().ok_or(Error::Stopped)?;
        jobs.send(job(answer)).await.map_err(|_| Error::Stopped)?;
        outcome.await.map_err(|_| Error::Stopped)?
    }
}

impl<Job> Drop for Writer<Job> {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("a writer of the vault panicked");
        }
    }
}
