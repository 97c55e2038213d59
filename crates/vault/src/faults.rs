//! An access record whose disk can be taken away: so that whoever answers from what the vault
//! opens can show that nothing is answered then. For tests of other crates, behind a feature
//! that no program has on.

use std::{
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    disk::{Disk, DiskFile},
    error::Error,
    journal::Journal,
};

/// Takes the disk away.
#[derive(Clone, Debug, Default)]
pub struct Breaker(Arc<AtomicBool>);

impl Breaker {
    /// From now on nothing can be written.
    pub fn take_the_disk_away(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Opens an access record whose disk the breaker takes away.
pub fn open_journal(path: &Path, breaker: &Breaker) -> Result<Journal, Error> {
    let breaker = breaker.clone();
    Journal::open_on(path, |file| Box::new(Breakable { file, breaker }))
}

struct Breakable {
    file: DiskFile,
    breaker: Breaker,
}

impl Breakable {
    fn disk(&mut self) -> io::Result<&mut DiskFile> {
        if self.breaker.0.load(Ordering::SeqCst) {
            return Err(io::Error::other("the disk is gone"));
        }
        Ok(&mut self.file)
    }
}

impl Disk for Breakable {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.disk()?.append(bytes)
    }

    fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.disk()?.replace(bytes)
    }
}
