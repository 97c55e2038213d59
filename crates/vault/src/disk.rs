//! Files that survive a power cut and that nobody else can read.
//!
//! The order of calls here is the whole point: write, sync, rename, sync the directory. A
//! caller that got `Ok` finds its bytes again whatever happens next.

#[cfg(test)]
pub(crate) mod fault;

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use crate::error::Error;

/// Where bytes go. A trait, so that tests can make it fail.
pub(crate) trait Disk: Send {
    /// Adds to the end of the file; durable when it returns.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Puts `bytes` in place of the whole file, at once; durable when it returns. What was
    /// there before is overwritten, as far as the file system lets us.
    fn replace(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// A file on the local disk.
pub(crate) struct DiskFile {
    path: PathBuf,
    file: File,
}

impl DiskFile {
    /// Opens a file for appending, or makes an empty one.
    pub(crate) fn open_or_create(path: &Path) -> io::Result<Self> {
        let mut file = private_options().create(true).truncate(false).open(path)?;
        sync_directory_of(path)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Makes the file with this content, all or nothing.
    pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), file: write_beside_and_rename(path, bytes)? })
    }

    /// Keeps other processes, and other openings in this one, away until it is dropped.
    pub(crate) fn lock(&self) -> Result<(), Error> {
        match self.file.try_lock() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => Err(Error::InUse { path: self.path.clone() }),
            Err(TryLockError::Error(source)) => Err(Error::io("lock", &self.path)(source)),
        }
    }

    /// Cuts off what follows the first `bytes` bytes: a line that a crash left half written.
    /// What stays is durable when this returns, though a crash may have come before its sync.
    pub(crate) fn keep_first(&mut self, bytes: usize) -> io::Result<()> {
        let bytes = u64::try_from(bytes).map_err(io::Error::other)?;
        self.file.set_len(bytes)?;
        self.file.sync_all()?;
        self.file.seek(SeekFrom::Start(bytes)).map(drop)
    }
}

impl Disk for DiskFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_data()
    }

    fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        let fresh = write_beside_and_rename(&self.path, bytes)?;
        let old = std::mem::replace(&mut self.file, fresh);
        if let Err(error) = overwrite(&old) {
            tracing::warn!(%error, path = %self.path.display(), "a replaced file was not wiped");
        }
        Ok(())
    }
}

/// Removes what a crash between writing and renaming left beside `path`.
pub(crate) fn remove_leftover(path: &Path) -> io::Result<()> {
    let beside = beside(path);
    match private_options().open(&beside) {
        Ok(file) => {
            overwrite(&file)?;
            fs::remove_file(&beside)?;
            sync_directory_of(path)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes a directory that only its owner can enter, unless there is one.
pub(crate) fn create_private_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)?;
    sync_directory_of(path)
}

/// To read and write; a file made with these is its owner's alone.
pub(crate) fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether the file's permissions let anybody but its owner read it. False where unknown.
pub(crate) fn others_may_read(path: &Path) -> bool {
    #[cfg(unix)]
    return fs::metadata(path)
        .is_ok_and(|it| std::os::unix::fs::PermissionsExt::mode(&it.permissions()) & 0o044 != 0);
    #[cfg(not(unix))]
    return false;
}

/// Makes a new or renamed file's name durable; its content is another sync.
pub(crate) fn sync_directory_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => File::open(parent)?.sync_all(),
        Some(_) => File::open(".")?.sync_all(),
        None => Ok(()),
    }
}

fn write_beside_and_rename(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let beside = beside(path);
    let mut file = private_options().create(true).truncate(true).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_directory_of(path)?;
    Ok(file)
}

fn beside(path: &Path) -> PathBuf {
    path.with_extension("new")
}

/// Best effort: a file system that copies on write keeps the old blocks, which is one reason
/// why the keys in them are wrapped.
fn overwrite(mut file: &File) -> io::Result<()> {
    let bytes = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    io::copy(&mut io::Read::take(io::repeat(0), bytes), &mut file)?;
    file.sync_all()
}
