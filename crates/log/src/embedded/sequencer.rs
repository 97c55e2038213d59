//! The writer thread: it alone decides the order, and it answers only when the disk has it.
//!
//! It takes what is waiting, decides it in memory, writes it as one atomic batch and syncs once.
//! While it syncs, the next group gathers: the busier the log, the more appends share a sync.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::layout::Changes;
use super::{Disk, Store};
use crate::decide::Group;
use crate::merkle::Frontier;
use crate::{Append, Error, Outcome};

/// The most jobs that share a sync.
const GROUP: usize = 256;
/// A group is full when its records have this many bytes; the last append may go over.
const GROUP_BYTES: usize = 1024 * 1024;

/// A write, and who waits for its answer. They may have stopped waiting; it is written anyway.
pub(super) enum Job {
    Append(Append, oneshot::Sender<Result<Outcome, Error>>),
    Checkpoint(u64, Vec<u8>, oneshot::Sender<Result<(), Error>>),
}

/// An answer that is held back until it is known whether the group was stored.
type Answer = Box<dyn FnOnce(Result<(), Error>)>;

pub(super) struct Sequencer {
    store: Arc<Store>,
    log_file: File,
    disk: Box<dyn Disk>,
    tree: Frontier,
}

impl Sequencer {
    pub(super) fn new(
        store: Arc<Store>,
        log_file: File,
        disk: Box<dyn Disk>,
    ) -> Result<Self, Error> {
        let tree = store.frontier()?;
        Ok(Self { store, log_file, disk, tree })
    }

    /// Serves the queue until nobody can put anything in it.
    pub(super) fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(GROUP);
        while queue.blocking_recv_many(&mut jobs, GROUP) > 0 {
            let mut waiting = jobs.drain(..).peekable();
            while waiting.peek().is_some() {
                // sled panics on some damage. Whoever waits then loses the channel, and knows.
                let served = catch_unwind(AssertUnwindSafe(|| self.serve(&mut waiting)));
                if served.is_err() {
                    self.store.close("the log's writer panicked");
                }
            }
        }
    }

    fn serve(&mut self, waiting: &mut impl Iterator<Item = Job>) {
        if self.store.check_writable().is_err() {
            for job in waiting {
                self.decline(job);
            }
            return;
        }
        let mut group = Group::after(self.tree.clone());
        let mut answers = Vec::new();
        while group.bytes < GROUP_BYTES
            && let Some(job) = waiting.next()
        {
            answers.push(self.decide(&mut group, job));
        }
        let failed = self.store_group(group).map_err(|error| reason_of(&error)).err();
        if let Some(reason) = &failed {
            self.store.close(reason);
        }
        for answer in answers {
            // Even a conflict may have been with an append of a failed group: nothing is known.
            let unknown = |reason| Err(Error::Unknown { reason });
            answer(failed.clone().map_or(Ok(()), unknown));
        }
    }

    /// Decides a job. A caller that has stopped waiting for the answer is not a failure.
    fn decide(&self, group: &mut Group, job: Job) -> Answer {
        match job {
            Job::Append(append, to) => {
                let decided = group.decide(&self.store.sled, append);
                Box::new(move |stored| drop(to.send(stored.and(decided))))
            }
            Job::Checkpoint(size, note, to) => {
                let decided = group.keep_checkpoint(size, note);
                Box::new(move |stored| drop(to.send(stored.and(decided))))
            }
        }
    }

    fn decline(&self, job: Job) {
        if let Err(closed) = self.store.check_writable() {
            match job {
                Job::Append(_, to) => drop(to.send(Err(closed))),
                Job::Checkpoint(_, _, to) => drop(to.send(Err(closed))),
            }
        }
    }

    fn store_group(&mut self, group: Group) -> Result<(), Error> {
        if group.is_empty() {
            return Ok(());
        }
        let changes = Changes::from(&group);
        self.store.hide(changes.by_name)?;
        self.disk.before_write().map_err(Error::storage("write to the log"))?;
        self.store.sled.apply_batch(changes.batch).map_err(Error::storage("write to the log"))?;
        // Hands sled's buffers to the kernel. Its own sync, `sync_file_range`, does not reach
        // past the drive's cache nor the file's length, so ours follows.
        self.store.sled.flush().map_err(Error::storage("write to the log"))?;
        self.disk.sync(&self.log_file).map_err(Error::storage("sync the log"))?;
        self.store.acknowledge(&group);
        self.tree = group.tree;
        Ok(())
    }
}

fn reason_of(error: &Error) -> String {
    let mut reason = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        reason = format!("{reason}: {error}");
        cause = error.source();
    }
    reason
}
