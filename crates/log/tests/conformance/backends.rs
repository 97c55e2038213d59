//! What the checks need from a backend, and the backends we have.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use frontdoor_log::{Disk, Log, MemoryLog, SledLog};
use tempfile::TempDir;

/// A log under test.
pub(crate) trait Backend {
    fn fresh() -> Self;
    fn log(&self) -> Arc<dyn Log>;
    fn fail_next_write(&self);
}

/// A log that outlives its process.
pub(crate) trait Durable: Backend + Sized {
    fn fail_next(&self, fault: Fault);
    /// The log as it opens when all that was not synced is lost. Only once.
    fn after_power_cut(&self) -> Self;
}

/// How a write can fail.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Reported at once: nothing was written.
    NotWritten,
    /// Written, but the sync failed and lost it.
    LostInSync,
    /// On disk, but the sync was reported as failed.
    SyncedButReportedFailed,
}

pub(crate) struct Memory(Arc<MemoryLog>);

impl Backend for Memory {
    fn fresh() -> Self {
        Self(Arc::new(MemoryLog::new()))
    }

    fn log(&self) -> Arc<dyn Log> {
        self.0.clone()
    }

    fn fail_next_write(&self) {
        self.0.fail_next_write();
    }
}

/// sled on a disk whose volatile cache is modelled: only what a sync copied to `durable` is there
/// after a power cut.
pub(crate) struct Sled {
    log: Arc<SledLog>,
    fault: Arc<Mutex<Option<Fault>>>,
    _live: TempDir,
    durable: TempDir,
}

impl Sled {
    fn open(live: TempDir) -> Self {
        let (fault, durable) = (Arc::default(), TempDir::new().unwrap());
        let disk = VolatileDisk {
            fault: Arc::clone(&fault),
            live: live.path().into(),
            durable: durable.path().into(),
        };
        let log = Arc::new(SledLog::open_on(live.path(), disk).unwrap());
        copy(live.path(), durable.path()).unwrap();
        Self { log, fault, _live: live, durable }
    }
}

impl Backend for Sled {
    fn fresh() -> Self {
        Self::open(TempDir::new().unwrap())
    }

    fn log(&self) -> Arc<dyn Log> {
        self.log.clone()
    }

    fn fail_next_write(&self) {
        self.fail_next(Fault::NotWritten);
    }
}

impl Durable for Sled {
    fn fail_next(&self, fault: Fault) {
        *self.fault.lock().unwrap() = Some(fault);
    }

    fn after_power_cut(&self) -> Self {
        let rest = TempDir::new().unwrap();
        copy(self.durable.path(), rest.path()).unwrap();
        Self::open(rest)
    }
}

struct VolatileDisk {
    fault: Arc<Mutex<Option<Fault>>>,
    live: PathBuf,
    durable: PathBuf,
}

impl Disk for VolatileDisk {
    fn before_write(&mut self) -> io::Result<()> {
        let mut fault = self.fault.lock().unwrap();
        fault.take_if(|fault| matches!(fault, Fault::NotWritten)).map_or(Ok(()), broken)
    }

    fn sync(&mut self, log: &File) -> io::Result<()> {
        let fault = self.fault.lock().unwrap().take();
        if !matches!(fault, Some(Fault::LostInSync)) {
            log.sync_data()?;
            copy(&self.live, &self.durable)?;
        }
        fault.map_or(Ok(()), broken)
    }
}

fn broken(fault: Fault) -> io::Result<()> {
    Err(io::Error::other(format!("injected: {fault:?}")))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&to)?;
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
