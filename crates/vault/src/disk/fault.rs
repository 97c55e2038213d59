//! A disk that fails when told to, in the two ways a disk fails, or dawdles.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    thread,
    time::Duration,
};

use super::Disk;

/// Tells the disk how to behave from now on.
#[derive(Clone, Default)]
pub(crate) struct Fault(Arc<AtomicU8>);

impl Fault {
    const BEFORE: u8 = 1;
    const AFTER: u8 = 2;
    const SLOW: u8 = 3;

    /// Nothing reaches the disk, and it says so.
    pub(crate) fn fail_before_writing(&self) {
        self.0.store(Self::BEFORE, Ordering::SeqCst);
    }

    /// Everything reaches the disk, and it says that it failed.
    pub(crate) fn fail_after_writing(&self) {
        self.0.store(Self::AFTER, Ordering::SeqCst);
    }

    /// Every write takes long enough for others to gather behind it.
    pub(crate) fn slow_down(&self) {
        self.0.store(Self::SLOW, Ordering::SeqCst);
    }

    pub(crate) fn heal(&self) {
        self.0.store(0, Ordering::SeqCst);
    }

    pub(crate) fn on(&self, disk: impl Disk + 'static) -> Box<dyn Disk> {
        Box::new(FaultyDisk { disk: Box::new(disk), fault: self.clone() })
    }
}

struct FaultyDisk {
    disk: Box<dyn Disk>,
    fault: Fault,
}

impl FaultyDisk {
    fn run(&mut self, write: impl FnOnce(&mut dyn Disk) -> io::Result<()>) -> io::Result<()> {
        let fault = self.fault.0.load(Ordering::SeqCst);
        if fault == Fault::BEFORE {
            return Err(io::Error::other("the disk is gone"));
        }
        if fault == Fault::SLOW {
            thread::sleep(Duration::from_millis(20));
        }
        write(&mut *self.disk)?;
        if fault == Fault::AFTER {
            return Err(io::Error::other("the disk lost its cable"));
        }
        Ok(())
    }
}

impl Disk for FaultyDisk {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.run(|disk| disk.append(bytes))
    }

    fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.run(|disk| disk.replace(bytes))
    }
}
