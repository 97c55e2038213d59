//! A backup as it lies in a directory: files, and a manifest with the SHA-256 of each.
//!
//! Data and keys are two backups, so that whoever finds one can read nobody's name.

use crate::progress::Progress;
use anyhow::Context as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "manifest.json";

/// What a backup is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// The log, documents, the record of accesses, the ledger of erasures.
    Data,
    /// The keys that open what is sealed in them.
    Keys,
}

/// What a backup holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) kind: Kind,
    pub(crate) made_at: Timestamp,
    /// A signed note of how far the log had come.
    pub(crate) checkpoint: String,
    files: Vec<Entry>,
}

/// One file of a backup.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// Below the directory, with `/` between its parts.
    path: String,
    bytes: u64,
    /// In hexadecimal.
    sha256: String,
}

/// Copies these parts, files or whole directories, of a directory into a backup in another.
pub(crate) fn pack(
    from: &Path,
    parts: &[&str],
    to: &Path,
    mut manifest: Manifest,
) -> anyhow::Result<Manifest> {
    must_be_empty(to)?;
    let mut paths = Vec::new();
    for part in parts.iter().copied().map(PathBuf::from) {
        walk(from, &part, &mut paths)
            .with_context(|| format!("cannot look into {}", from.display()))?;
    }
    let progress = Progress::of("files copied");
    for (done, path) in (1..).zip(&paths) {
        copy(&from.join(path), &to.join(path))?;
        manifest.files.push(Entry::of(to, path)?);
        progress.reach(done, manifest.files.len().max(paths.len()).try_into()?);
    }
    let text = serde_json::to_vec_pretty(&manifest)?;
    let file = to.join(MANIFEST);
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    File::open(&file)?.sync_all()?;
    Ok(manifest)
}

impl Manifest {
    /// Of nothing yet.
    pub(crate) const fn new(kind: Kind, made_at: Timestamp, checkpoint: String) -> Self {
        Self { kind, made_at, checkpoint, files: Vec::new() }
    }

    /// How many files there are.
    pub(crate) fn file_count(&self) -> usize {
        self.files.len()
    }

    /// Reads the manifest of a backup of this kind, and checks every file against it.
    pub(crate) fn checked(dir: &Path, kind: Kind) -> anyhow::Result<Self> {
        let file = dir.join(MANIFEST);
        let text = fs::read(&file).with_context(|| {
            format!("{} is no backup: cannot read {}", dir.display(), file.display())
        })?;
        let manifest: Self = serde_json::from_slice(&text)
            .with_context(|| format!("{} is not a manifest", file.display()))?;
        anyhow::ensure!(
            manifest.kind == kind,
            "{} is a backup of other things; data and keys are two backups",
            dir.display()
        );
        for entry in &manifest.files {
            let path = PathBuf::from(&entry.path);
            let inside = path.components().all(|it| matches!(it, std::path::Component::Normal(_)));
            anyhow::ensure!(
                inside,
                "the manifest names a file outside the backup: {}",
                path.display()
            );
            let found = Entry::of(dir, &path)?;
            anyhow::ensure!(
                found.sha256 == entry.sha256,
                "{} is not as it was backed up; nothing was restored",
                dir.join(&path).display()
            );
        }
        Ok(manifest)
    }

    /// Copies every file of a checked backup below another directory.
    pub(crate) fn unpack(&self, from: &Path, to: &Path) -> anyhow::Result<()> {
        let progress = Progress::of("files brought back");
        let total = u64::try_from(self.files.len())?;
        for (done, entry) in (1..).zip(&self.files) {
            copy(&from.join(&entry.path), &to.join(&entry.path))?;
            progress.reach(done, total);
        }
        Ok(())
    }
}

impl Entry {
    fn of(dir: &Path, path: &Path) -> anyhow::Result<Self> {
        let whole = dir.join(path);
        let cannot = || format!("cannot read {}", whole.display());
        let mut file = File::open(&whole).with_context(cannot)?;
        let mut hash = Sha256::new();
        let bytes = io::copy(&mut file, &mut hash).with_context(cannot)?;
        let mut sha256 = String::with_capacity(64);
        for byte in hash.finalize() {
            write!(sha256, "{byte:02x}")?;
        }
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        Ok(Self { path: parts.join("/"), bytes, sha256 })
    }
}

/// Refuses a directory with anything in it.
pub(crate) fn must_be_empty(dir: &Path) -> anyhow::Result<()> {
    let is_empty = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        read => {
            read.with_context(|| format!("cannot look into {}", dir.display()))?.next().is_none()
        }
    };
    anyhow::ensure!(is_empty, "{} is not empty; give a directory that is", dir.display());
    Ok(())
}

/// Every file of a part, below `dir`, in order. What is not there is not backed up.
fn walk(dir: &Path, part: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let whole = dir.join(part);
    if whole.is_file() {
        found.push(part.to_owned());
    } else if whole.is_dir() {
        let mut names = fs::read_dir(&whole)?
            .map(|entry| entry.map(|entry| part.join(entry.file_name())))
            .collect::<io::Result<Vec<_>>>()?;
        names.sort();
        names.iter().try_for_each(|name| walk(dir, name, found))?;
    }
    Ok(())
}

/// Copies a file, and makes the copy durable. Only its owner may enter directories made for it.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let cannot = || format!("cannot copy {} to {}", from.display(), to.display());
    if let Some(dir) = to.parent() {
        crate::storage::private_directory(dir).with_context(cannot)?;
    }
    fs::copy(from, to).with_context(cannot)?;
    File::open(to).and_then(|file| file.sync_all()).with_context(cannot)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest::new(Kind::Data, "2026-11-20T10:00:00Z".parse().unwrap(), "note".to_owned())
    }

    fn packed(dir: &Path) -> PathBuf {
        let (from, to) = (dir.join("data"), dir.join("backup"));
        fs::create_dir_all(from.join("log/blobs")).unwrap();
        fs::write(from.join("log/db"), "records").unwrap();
        fs::write(from.join("log/blobs/1"), "more").unwrap();
        fs::write(from.join("other"), "not a part").unwrap();
        let manifest = pack(&from, &["log", "missing"], &to, manifest()).unwrap();
        assert_eq!(manifest.file_count(), 2);
        to
    }

    #[test]
    fn what_was_packed_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let (backup, target) = (packed(dir.path()), dir.path().join("target"));
        Manifest::checked(&backup, Kind::Data).unwrap().unpack(&backup, &target).unwrap();
        assert_eq!(fs::read(target.join("log/blobs/1")).unwrap(), b"more");
        assert!(!target.join("other").exists());
    }

    #[test]
    fn a_file_that_was_altered_is_found_before_anything_is_brought_back() {
        let dir = tempfile::tempdir().unwrap();
        let backup = packed(dir.path());
        fs::write(backup.join("log/db"), "recordz").unwrap();
        let refused = Manifest::checked(&backup, Kind::Data).unwrap_err().to_string();
        assert!(refused.contains("not as it was backed up"), "{refused}");
    }

    #[test]
    fn data_are_not_taken_for_keys_and_nothing_is_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let backup = packed(dir.path());
        assert!(Manifest::checked(&backup, Kind::Keys).is_err());
        assert!(must_be_empty(&backup).is_err());
        assert!(must_be_empty(&dir.path().join("nowhere")).is_ok());
    }
}
