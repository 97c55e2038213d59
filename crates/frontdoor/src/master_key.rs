//! Where the master key is kept, and how one takes another's place.
//!
//! A new key lies beside the old one, as `….new`, from before the key store is wrapped by it
//! until after it has the old one's name. So whenever a change was broken off, one of the two
//! opens the store: opening tries both, and ends what was begun. The old one stays, as `….old`,
//! for backups of the keys from before.

#[cfg(test)]
mod tests;

use crate::storage::Place;
use anyhow::Context as _;
use engine::{MasterKeyPlace, MasterKeyUnkept};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use vault::{Erasures, Error, Journal, MasterKey, MasterKeyError, Vault};

/// The environment variable that may hold the master key itself. There is no flag for it:
/// everybody on the machine can read another's flags.
pub(crate) const MASTER_KEY: &str = "FRONTDOOR_MASTER_KEY";

/// A file with the master key.
#[derive(Clone, Debug)]
pub(crate) struct MasterKeyFile(pub(crate) PathBuf);

impl MasterKeyFile {
    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = OsString::from(self.0.as_os_str());
        name.push(ending);
        name.into()
    }

    fn new_key(&self) -> PathBuf {
        self.beside(".new")
    }

    fn old_key(&self) -> PathBuf {
        self.beside(".old")
    }

    /// Whether a key is here, though a change of it may have been broken off.
    pub(crate) fn is_there(&self) -> bool {
        self.0.exists() || self.new_key().exists()
    }

    /// Opens the key store with the key that is here, and ends a change that was broken off.
    pub(crate) fn open_vault(
        &self,
        keys: &Path,
        journal: Journal,
        erasures: &Erasures,
    ) -> anyhow::Result<Vault> {
        let new_key = self.new_key();
        if !new_key.exists() {
            return Ok(Vault::open_dir_but(
                keys,
                MasterKey::from_file(&self.0)?,
                journal,
                erasures,
            )?);
        }
        if self.0.exists() {
            match Vault::open_dir_but(
                keys,
                MasterKey::from_file(&self.0)?,
                journal.clone(),
                erasures,
            ) {
                Err(Error::WrongMaster { .. }) => {}
                opened => {
                    let vault = opened?;
                    // No key was ever wrapped by it.
                    fs::remove_file(&new_key).context("cannot remove an unused master key")?;
                    tracing::warn!("a change of the master key had not begun, and was undone");
                    return Ok(vault);
                }
            }
        }
        let vault = Vault::open_dir_but(keys, MasterKey::from_file(&new_key)?, journal, erasures)?;
        self.put_in_place().context("the new master key cannot take the old one's place")?;
        tracing::warn!("a change of the master key had been broken off, and was ended");
        Ok(vault)
    }

    fn put_in_place(&self) -> io::Result<()> {
        if self.0.exists() {
            fs::rename(&self.0, self.old_key())?;
        }
        fs::rename(self.new_key(), &self.0)?;
        let dir = self.0.parent().filter(|dir| !dir.as_os_str().is_empty());
        File::open(dir.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl MasterKeyPlace for MasterKeyFile {
    fn make(&self) -> Result<MasterKey, MasterKeyUnkept> {
        MasterKey::create_file(&self.new_key()).map_err(|error| {
            let MasterKeyError::Unwritable { source, .. } = &error else {
                return MasterKeyUnkept::Unwritable(Box::new(error));
            };
            if source.kind() == io::ErrorKind::AlreadyExists {
                MasterKeyUnkept::Unfinished
            } else {
                MasterKeyUnkept::Unwritable(Box::new(error))
            }
        })
    }

    fn replace(&self) -> Result<PathBuf, MasterKeyUnkept> {
        self.put_in_place().map_err(|error| MasterKeyUnkept::Unwritable(Box::new(error)))?;
        Ok(self.old_key())
    }
}

impl Place {
    /// Opens the key store with the master key: from the environment, from the file that was
    /// named, or from the data directory, where a first start makes it.
    pub(crate) fn open_keys(&self, journal: Journal, erasures: &Erasures) -> anyhow::Result<Vault> {
        let keys = self.keys();
        if let Ok(text) = std::env::var(MASTER_KEY) {
            let master = MasterKey::from_text(&text);
            let master = master.context(format!("{MASTER_KEY} cannot be used"))?;
            return Ok(Vault::open_dir_but(&keys, master, journal, erasures)?);
        }
        let file = MasterKeyFile(self.master_key_path());
        if file.is_there() {
            return file.open_vault(&keys, journal, erasures);
        }
        anyhow::ensure!(
            self.master_key_file.is_none() && !keys.join("keys.jsonl").exists(),
            "there is no master key in {}; without it nothing personal can be read, ever: \
             bring back the file, or name it with --master-key-file",
            file.0.display()
        );
        Ok(Vault::open_dir_but(&keys, MasterKey::create_file(&file.0)?, journal, erasures)?)
    }

    /// The file in which the master key is kept; none when it comes from the environment.
    pub(crate) fn master_key_in(&self) -> Option<MasterKeyFile> {
        let given = std::env::var_os(MASTER_KEY).is_some();
        (!given).then(|| MasterKeyFile(self.master_key_path()))
    }
}
