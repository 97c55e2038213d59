//! `frontdoor restore`: brings back what was backed up, without whoever was erased since.
//!
//! A backup of keys brings erased children's keys back. So a restore asks for the ledger of
//! erasures as it is today, and destroys the keys of whoever stands there before it says that
//! anything is ready.

use crate::archive::{Kind, Manifest, must_be_empty};
use crate::published;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vault::{Erased, Erasures};

/// From where.
#[derive(Clone, Debug, Args)]
pub(crate) struct Restore {
    /// The backup of the data
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// The backup of the keys
    #[arg(long, value_name = "DIR")]
    keys_from: PathBuf,
    /// The ledger of erasures as it is today: `erasures.jsonl` of the data that are replaced, or
    /// the copy of it that was kept elsewhere
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
    /// Nobody was erased since the backup was made, as you know for certain
    #[arg(long, conflicts_with = "erasures")]
    no_later_erasures: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What was brought back.
#[derive(Debug, Serialize)]
struct Restored {
    data_files: usize,
    key_files: usize,
    /// How many erasures the ledger knows of; all of them hold.
    erasures: usize,
    /// How many of them the backup did not know of.
    later_erasures: usize,
    /// A signed note of how far the log has come.
    checkpoint: String,
}

impl Restore {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        must_be_empty(&place.data_dir)?;
        let data = Manifest::checked(&self.from, Kind::Data)?;
        let keys = Manifest::checked(&self.keys_from, Kind::Keys)?;
        let backed_up = ledger(&self.from.join("erasures.jsonl"))?;
        let later = self.later(place, &backed_up)?;

        data.unpack(&self.from, &place.data_dir)?;
        keys.unpack(&self.keys_from, &place.keys())?;
        {
            let erasures = Erasures::open(&place.erasures(), &[])?;
            for erased in later.iter().cloned() {
                erasures.note(erased).await?;
            }
        }
        // Opening destroys the keys of everybody in the ledger.
        let engine = place.open()?.engine().await?;
        engine.tidy().await?;
        let restored = Restored {
            data_files: data.file_count(),
            key_files: keys.file_count(),
            erasures: backed_up.len() + later.len(),
            later_erasures: later.len(),
            checkpoint: published::sign(&engine, &place.published()).await?,
        };
        self.tell(place, &restored)?;
        Ok(ExitCode::SUCCESS)
    }

    /// The erasures that the backup does not know of. A ledger that does not know of all that
    /// the backup knows is an older one, and says nothing about what came after.
    fn later(&self, place: &Place, backed_up: &BTreeSet<Erased>) -> anyhow::Result<Vec<Erased>> {
        let Some(file) = self.erasures.as_ref().or(place.erasure_ledger_copy.as_ref()) else {
            anyhow::ensure!(
                self.no_later_erasures,
                "give the ledger of erasures as it is today with --erasures, or say \
                 --no-later-erasures if nobody was erased since the backup"
            );
            return Ok(vec![]);
        };
        anyhow::ensure!(file.is_file(), "there is no ledger of erasures in {}", file.display());
        let today = ledger(file)?;
        anyhow::ensure!(
            self.no_later_erasures || backed_up.is_subset(&today),
            "{} is older than the backup: it does not know of every erasure that the backup knows \
             of; find the latest, or, if nobody was erased since, say --no-later-erasures",
            file.display()
        );
        Ok(today.difference(backed_up).cloned().collect())
    }

    fn tell(&self, place: &Place, restored: &Restored) -> anyhow::Result<()> {
        if self.json {
            return say_json(restored);
        }
        let Restored { data_files, key_files, erasures, later_erasures, .. } = restored;
        say(format_args!(
            "{data_files} files of data and {key_files} of keys were brought back to {}. \
             {erasures} erasures hold, {later_erasures} of them from after the backup.",
            place.data_dir.display()
        ))
    }
}

fn ledger(file: &Path) -> anyhow::Result<BTreeSet<Erased>> {
    let lines = Erasures::read(file);
    Ok(lines.with_context(|| format!("cannot use {}", file.display()))?.into_iter().collect())
}
