//! `frontdoor backup`: copies the data, and apart from them the keys.

use crate::archive::{Kind, Manifest, pack};
use crate::published;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use std::fs::File;
use std::path::PathBuf;
use std::process::ExitCode;

const DATA: &[&str] = &["log", "documents", "access", "erasures.jsonl", "checkpoint.txt"];
const KEYS: &[&str] = &["keys.jsonl", "checkpoint.key", "master.key"];

/// Where to.
#[derive(Clone, Debug, Args)]
pub(crate) struct Backup {
    /// An empty directory for the data; nobody's name can be read from them
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// An empty directory elsewhere for the keys; without them the data can never be read
    #[arg(long, value_name = "DIR")]
    keys_to: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What was copied.
#[derive(Debug, Serialize)]
struct Copied {
    data_files: usize,
    /// None: keys were not asked for.
    key_files: Option<usize>,
    /// A signed note of how far the log had come.
    checkpoint: String,
    /// Whether the master key is among the keys, as it should not be.
    has_master_key: bool,
}

impl Backup {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let opened = place.open().context("the server must be stopped for a backup")?;
        let engine = opened.engine().await?;
        let checkpoint = published::sign(&engine, &place.published()).await?;
        let made_at = engine.now();
        drop(engine);
        // Whoever opens the keys takes this lock: nobody can begin to serve meanwhile.
        let lock = File::open(place.keys().join("lock")).context("the keys cannot be locked")?;
        lock.try_lock().context("another process began to use the data; stop it")?;

        let manifest = |kind| Manifest::new(kind, made_at, checkpoint.clone());
        let data = pack(&place.data_dir, DATA, &self.to, manifest(Kind::Data))?;
        let pack_keys = |to: &PathBuf| pack(&place.keys(), KEYS, to, manifest(Kind::Keys));
        let keys = self.keys_to.as_ref().map(pack_keys).transpose()?;
        let copied = Copied {
            data_files: data.file_count(),
            key_files: keys.as_ref().map(Manifest::file_count),
            has_master_key: keys.is_some() && place.keys().join("master.key").is_file(),
            checkpoint,
        };
        self.tell(&copied)?;
        Ok(ExitCode::SUCCESS)
    }

    fn tell(&self, copied: &Copied) -> anyhow::Result<()> {
        if self.json {
            return say_json(copied);
        }
        say(format_args!("{} files of data are in {}.", copied.data_files, self.to.display()))?;
        match (&self.keys_to, copied.key_files) {
            (Some(to), Some(files)) => say(format_args!(
                "{files} files of keys are in {}. Keep them elsewhere than the data, and no longer \
                 than you must: a key that was destroyed since is still in them.",
                to.display()
            ))?,
            _ => say("The keys were not copied: without them the data can never be read.")?,
        }
        if copied.has_master_key {
            say("The master key is among them, so these keys open everything; \
                 keep it apart with --master-key-file.")?;
        }
        Ok(())
    }
}
