//! The directory of the read models: one file that is read, one beside it while it is rebuilt.

use crate::Error;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A directory that no other process uses as long as this lives.
#[derive(Debug)]
pub(crate) struct Folder {
    dir: PathBuf,
    _lock: File,
}

impl Folder {
    pub(crate) fn open(dir: &Path) -> Result<Self, Error> {
        let dir = dir.to_owned();
        let lock = || -> io::Result<File> {
            fs::create_dir_all(&dir)?;
            File::create(dir.join("lock"))
        };
        let lock = match lock() {
            Ok(lock) => lock,
            Err(source) => return Err(Error::Directory { dir, source }),
        };
        match lock.try_lock() {
            Ok(()) => Ok(Self { dir, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse { dir }),
            Err(TryLockError::Error(source)) => Err(Error::Directory { dir, source }),
        }
    }

    /// The file that is read.
    pub(crate) fn file(&self) -> PathBuf {
        self.dir.join("views.sqlite")
    }

    /// The file that is being made. What another attempt left there is removed.
    pub(crate) fn beside(&self) -> Result<PathBuf, Error> {
        let beside = self.dir.join("rebuilding.sqlite");
        self.try_to(|| remove(&beside))?;
        Ok(beside)
    }

    /// Puts the new file in place of the old one, which nobody may have open. The old one and
    /// its write-ahead log go first: a new file beside an old log would be mixed with it. A
    /// crash in between leaves no file, and the next start makes one.
    pub(crate) fn put_in_place(&self, beside: &Path) -> Result<(), Error> {
        self.try_to(|| {
            File::open(beside)?.sync_all()?;
            remove(&self.file())?;
            fs::rename(beside, self.file())?;
            File::open(&self.dir)?.sync_all()
        })
    }

    fn try_to(&self, change: impl FnOnce() -> io::Result<()>) -> Result<(), Error> {
        change().map_err(|source| Error::Directory { dir: self.dir.clone(), source })
    }
}

/// Removes a database with everything that SQLite keeps beside it.
fn remove(file: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}
