//! The data directory: what is kept where, and opening it.
//!
//! ```text
//! log/                the events
//! keys/keys.jsonl     the children's keys, wrapped by the master key
//! keys/master.key     the master key, unless it is kept elsewhere, as it should be
//! keys/checkpoint.key what checkpoints are signed with
//! access/access.jsonl who looked at whom
//! erasures.jsonl      who was erased, to destroy keys again that a restore brings back
//! documents/          documents, each sealed with its child's key
//! checkpoint.txt      the latest checkpoint, for keeping elsewhere
//! views/              read models, which can be deleted
//! ```

use crate::master_key::{MASTER_KEY, MasterKeyFile};
use crate::{published, signing};
use anyhow::Context as _;
use clap::Args;
use engine::{Clock, Engine, Ids, SystemClock};
use log::{CheckpointSigner, CheckpointVerifier, Log, SledLog};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vault::{Documents, Erasures, Journal, Vault};

/// Where everything is kept.
#[derive(Clone, Debug, Args)]
pub(crate) struct Place {
    /// The data directory
    #[arg(long, env = "FRONTDOOR_DATA_DIR", default_value = "./frontdoor-data", global = true)]
    pub(crate) data_dir: PathBuf,
    /// A file with the master key, kept apart from the data (or set `FRONTDOOR_MASTER_KEY`)
    #[arg(long, env = "FRONTDOOR_MASTER_KEY_FILE", global = true)]
    pub(crate) master_key_file: Option<PathBuf>,
    /// The log's name in checkpoints, such as frontdoor.example/log
    #[arg(long, env = "FRONTDOOR_LOG_NAME", default_value = "frontdoor.local/log", global = true)]
    pub(crate) log_name: String,
    /// A file in which to keep a second copy of the ledger of erasures, on another disk than the
    /// data: what a restore from a backup needs, so that nobody who was erased comes back
    #[arg(long, env = "FRONTDOOR_ERASURE_LEDGER_COPY", value_name = "FILE", global = true)]
    pub(crate) erasure_ledger_copy: Option<PathBuf>,
}

/// The data directory, opened. No other process has it open.
pub(crate) struct Storage {
    pub(crate) log: Arc<dyn Log>,
    pub(crate) vault: Vault,
    documents: Documents,
    signer: CheckpointSigner,
    master_key: Option<MasterKeyFile>,
    erasures: Erasures,
}

impl Storage {
    /// An engine over it, which signs checkpoints. Opening destroyed the keys of everybody in the
    /// ledger of erasures; here the log is told of those that it does not know. So whatever opens
    /// the data ends what a crash or a restore left, before it does anything else.
    pub(crate) async fn engine(self) -> anyhow::Result<Engine> {
        self.engine_by(Arc::new(SystemClock)).await
    }

    /// The same, by another clock.
    pub(crate) async fn engine_by(self, clock: Arc<dyn Clock>) -> anyhow::Result<Engine> {
        let engine = Engine::new(self.log, self.vault, clock, Ids::Random);
        engine.sign_with(self.signer);
        engine.keep_documents_in(self.documents);
        if let Some(file) = self.master_key {
            engine.keep_master_key_in(Arc::new(file));
        }
        engine.note_erasures_in(self.erasures);
        let told = engine.catch_up_with_erasures().await;
        let told = told.context("the log could not be told of erasures in the ledger")?;
        if told > 0 {
            tracing::warn!(told, "erasures stood in the ledger alone, and are in the log now");
        }
        Ok(engine)
    }
}

impl Place {
    /// Everything in one directory.
    #[cfg(test)]
    pub(crate) fn at(data_dir: PathBuf) -> Self {
        let log_name = "frontdoor.test/log".to_owned();
        Self { data_dir, master_key_file: None, log_name, erasure_ledger_copy: None }
    }

    /// Opens the data directory; makes one where there is none.
    pub(crate) fn open_or_create(&self) -> anyhow::Result<Storage> {
        private_directory(&self.data_dir).with_context(|| {
            let dir = self.data_dir.display();
            format!("cannot make the data directory {dir}; give another with --data-dir")
        })?;
        self.open_all()
    }

    /// Opens a data directory that there is.
    pub(crate) fn open(&self) -> anyhow::Result<Storage> {
        self.must_exist()?;
        self.open_all()
    }

    fn open_all(&self) -> anyhow::Result<Storage> {
        let log = Arc::new(self.log()?);
        private_directory(&self.keys())
            .with_context(|| format!("cannot make {}", self.keys().display()))?;
        let erasures = Erasures::open(&self.erasures(), self.erasure_ledger_copy.as_slice())?;
        let vault = self.vault(&erasures)?;
        let signer = signing::signer(&self.checkpoint_key(), &self.log_name)?;
        let verifier = CheckpointVerifier::new(&self.log_name, &[signer.public_key()])?;
        published::must_be_held(&*log, &self.published(), &verifier)?;
        let documents = Documents::open_dir(&self.data_dir.join("documents"))?;
        let master_key = self.master_key_in();
        Ok(Storage { log, vault, documents, signer, master_key, erasures })
    }

    /// Opens the log alone.
    pub(crate) fn open_log(&self) -> anyhow::Result<SledLog> {
        self.must_exist()?;
        self.log()
    }

    /// Opens the keys and the record of accesses alone. The keys of whoever was erased are
    /// destroyed before anything can be read with them.
    fn vault(&self, erasures: &Erasures) -> anyhow::Result<Vault> {
        let journal = Journal::open(&self.accesses())?;
        self.open_keys(journal, erasures)
    }

    fn log(&self) -> anyhow::Result<SledLog> {
        Ok(SledLog::open(&self.data_dir.join("log"))?)
    }

    fn must_exist(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.data_dir.join("log").is_dir(),
            "there is no data in {}; give the right --data-dir, or make one with `frontdoor serve`",
            self.data_dir.display()
        );
        Ok(())
    }

    /// Whether the master key lies beside what it locks, where one thief gets both.
    pub(crate) fn master_key_is_beside_data(&self) -> bool {
        std::env::var_os(MASTER_KEY).is_none() && self.master_key_file.is_none()
    }

    pub(crate) fn master_key_path(&self) -> PathBuf {
        self.master_key_file.clone().unwrap_or_else(|| self.keys().join("master.key"))
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.data_dir.join("keys")
    }

    pub(crate) fn accesses(&self) -> PathBuf {
        self.data_dir.join("access").join("access.jsonl")
    }

    pub(crate) fn erasures(&self) -> PathBuf {
        self.data_dir.join("erasures.jsonl")
    }

    pub(crate) fn checkpoint_key(&self) -> PathBuf {
        self.keys().join("checkpoint.key")
    }

    pub(crate) fn published(&self) -> PathBuf {
        self.data_dir.join("checkpoint.txt")
    }

    pub(crate) fn views(&self) -> PathBuf {
        self.data_dir.join("views")
    }
}

/// Makes a directory that only its owner can enter, unless there is one.
pub(crate) fn private_directory(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// Writes a file that only its owner can read; one that is there is not overwritten.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_first_start_makes_everything_and_a_second_opens_it() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path().join("data"));
        let public_key = place.open_or_create().unwrap().engine().await.unwrap().public_key();
        assert!(place.data_dir.join("keys/master.key").is_file());
        assert_eq!(place.open().unwrap().engine().await.unwrap().public_key(), public_key);
    }

    #[tokio::test]
    async fn a_directory_in_use_is_not_opened_again() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path().join("data"));
        let _open = place.open_or_create().unwrap();
        let refused = format!("{:#}", place.open().err().unwrap());
        assert!(refused.contains("another process has the log"), "{refused}");
    }

    #[test]
    fn what_is_not_there_is_not_made_by_looking() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path().join("data"));
        assert!(place.open().err().unwrap().to_string().contains("there is no data in"));
        assert!(!place.data_dir.exists());
    }

    #[tokio::test]
    async fn a_lost_master_key_is_not_replaced_by_a_new_one() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path().join("data"));
        drop(place.open_or_create().unwrap());
        fs::remove_file(place.data_dir.join("keys/master.key")).unwrap();
        let refused = place.open().err().unwrap().to_string();
        assert!(refused.contains("there is no master key"), "{refused}");
        assert!(!place.data_dir.join("keys/master.key").exists());
    }
}
