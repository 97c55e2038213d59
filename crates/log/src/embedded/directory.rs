//! The log's directory: whose it is, what a crash left in it, and that its entries are on disk.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use crate::Error;

/// Makes the directory ours until the lock is dropped, and clears what would stop sled opening.
pub(super) fn claim(dir: &Path) -> Result<File, Error> {
    fs::create_dir_all(dir).map_err(Error::storage("make the log's directory"))?;
    // sled locks its file too, but the clearing below must not touch a running log's snapshots.
    let lock =
        File::create(dir.join("lock")).map_err(Error::storage("make the log's lock file"))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Error::InUse { dir: dir.to_owned() }),
        Err(TryLockError::Error(error)) => {
            return Err(Error::storage("lock the log's directory")(error));
        }
    }
    clear_torn_snapshots(dir).map_err(Error::storage("clear an unfinished snapshot"))?;
    Ok(lock)
}

/// A crash while sled wrote a snapshot leaves `snap.*.generating`, which sled 0.34 then takes for
/// a finished one and refuses to open. A snapshot only saves time, so it can go.
fn clear_torn_snapshots(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            fs::remove_file(&path)?;
            tracing::warn!(file = name, "removed a snapshot that a crash left unfinished");
        }
    }
    Ok(())
}

/// Makes sled's own files durable once, and opens the one that grows for our syncs.
///
/// The handle stays open: Linux reports a failed write-back once to each handle that was open
/// when it happened, so a fresh one might be told that all is well.
pub(super) fn settle(dir: &Path) -> Result<File, Error> {
    let settle = || {
        let log = File::options().read(true).write(true).open(dir.join("db"))?;
        log.sync_all()?;
        File::open(dir.join("conf"))?.sync_all()?;
        File::open(dir)?.sync_all()?;
        let absolute = dir.canonicalize()?;
        File::open(absolute.parent().unwrap_or(&absolute))?.sync_all()?;
        Ok::<_, io::Error>(log)
    };
    settle().map_err(Error::storage("sync the log's directory"))
}
