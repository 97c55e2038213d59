//! `frontdoor verify`: proves that the log is what it says.

mod beside;
mod history;
mod receipt;
#[cfg(test)]
mod tests;
mod verdict;

use crate::progress::Progress;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use crate::{published, signing};
use anyhow::Context as _;
use clap::Args;
use history::History;
use log::{
    CheckpointVerifier, Error, Hash, Log, Position, SledLog, TreeHead, Verification, Witnesses,
};
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use verdict::Verdict;

/// What to verify.
#[derive(Clone, Debug, Args)]
pub(crate) struct Verify {
    /// A checkpoint that was kept elsewhere: proves that the log has only grown since
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// A size and a root that somebody wrote down, such as 1204:sFodV/vSp5O8…: the same without
    /// a signature
    #[arg(long, value_name = "SIZE:ROOT", value_parser = tree_head)]
    against_root: Vec<TreeHead>,
    /// How many lines the record of accesses had, and their hash, as this command said it then:
    /// proves that no end was cut off since
    #[arg(long, value_name = "LINES:HASH", value_parser = tree_head)]
    against_accesses: Vec<TreeHead>,
    /// Check this receipt instead of the log, which is not needed for it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["against", "against_root", "against_accesses"])]
    receipt: Option<PathBuf>,
    /// A witness whose cosignatures are checked too: a C2SP key of type 4
    #[arg(long, value_name = "KEY")]
    witness_key: Vec<String>,
    /// A public key that signed checkpoints of this log, such as one from before a change of
    /// key; this machine's own is known
    #[arg(long, value_name = "KEY")]
    public_key: Vec<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let verdict = self.verdict(place).await?;
        if self.json {
            say_json(&verdict)?;
        } else {
            say(verdict.says())?;
        }
        Ok(match verdict {
            Verdict::Sound { .. } | Verdict::Included { .. } => ExitCode::SUCCESS,
            Verdict::Damaged { .. } | Verdict::DamagedBeside { .. } => ExitCode::from(2),
        })
    }

    /// What is found; an error, when it cannot be looked for.
    async fn verdict(&self, place: &Place) -> anyhow::Result<Verdict> {
        let witnesses = Witnesses::new(&self.witness_key)?;
        if let Some(file) = &self.receipt {
            return receipt::verdict(file, place, &self.public_key, &witnesses);
        }
        let read = |path: &PathBuf| {
            fs::read(path).with_context(|| format!("cannot read {}", path.display()))
        };
        let mut published = self.against.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        published.extend(published::read(&place.published())?);
        let log = match place.open_log() {
            Ok(log) => log,
            Err(error) => return Verdict::of_what_cannot_be_read(error),
        };
        match self.of_log(&log, place, &published, &witnesses).await {
            Err(error) => Verdict::of_what_cannot_be_read(located(&log, error).await),
            found => found,
        }
    }

    /// What is found in a log that could be opened.
    async fn of_log(
        &self,
        log: &SledLog,
        place: &Place,
        published: &[Vec<u8>],
        witnesses: &Witnesses,
    ) -> anyhow::Result<Verdict> {
        let signed = log.latest_checkpoint().await?.map_or(0, |checkpoint| checkpoint.size);
        let public_keys = self.public_keys(place)?;
        anyhow::ensure!(
            (signed == 0 && published.is_empty()) || !public_keys.is_empty(),
            "there is no key to check the checkpoints with in {}; give one with --public-key",
            place.checkpoint_key().display()
        );
        let keys = CheckpointVerifier::new(&place.log_name, &public_keys)?;

        let progress = Progress::of("records verified");
        let reached = |it: log::Progress| progress.reach(it.verified.get(), it.head.get());
        let found = log::verify(log, &keys, published, reached).await;
        drop(progress);
        let found = match found {
            Ok(sound) => self.compared(log, sound).await,
            Err(error) => Err(error),
        };
        let (found, history) = match (found, History::read(log).await) {
            (Ok(sound), Ok(history)) => (Ok(sound), history),
            (Ok(_), Err(error)) | (Err(error), _) => (Err(error), History::default()),
        };
        let verdict = Verdict::of(found, signed, public_keys)?;
        let verdict = verdict.cosigned(cosignatures(log, witnesses).await?);
        if !matches!(verdict, Verdict::Sound { .. }) {
            return Ok(verdict);
        }
        Ok(verdict.beside(beside::check(place, &history, &self.against_accesses)?))
    }

    /// A sound log may still be another one than somebody wrote down.
    async fn compared(&self, log: &SledLog, sound: Verification) -> Result<Verification, Error> {
        for head in &self.against_root {
            let at = Position::new(head.size.min(sound.tree.size.saturating_add(1)));
            if head.size > sound.tree.size || log.root(head.size).await? != head.root {
                let what = format!("{} records with another root were written down", head.size);
                return Err(Error::Corrupt { position: at, what });
            }
        }
        Ok(sound)
    }

    fn public_keys(&self, place: &Place) -> anyhow::Result<Vec<String>> {
        let own = signing::known_signer(&place.checkpoint_key(), &place.log_name)?;
        let own = own.map(|signer| signer.public_key());
        Ok(self.public_key.iter().cloned().chain(own).collect())
    }
}

/// `SIZE:ROOT`.
fn tree_head(text: &str) -> Result<TreeHead, &'static str> {
    let (size, root) = text.split_once(':').ok_or("a size, a colon and a root in base 64")?;
    let size = size.parse().map_err(|_| "the size is a whole number")?;
    let root = Hash::parse_hash(root).map_err(|_| "the root is 32 bytes in base 64")?;
    Ok(TreeHead { size, root })
}

/// How many cosignatures hold, or the size of the first checkpoint under which one does not.
async fn cosignatures(log: &SledLog, witnesses: &Witnesses) -> Result<Result<usize, u64>, Error> {
    let mut count = 0;
    for stored in log.checkpoints().await? {
        match witnesses.on(&stored.note) {
            Ok(found) => count += found.len(),
            Err(_) => return Ok(Err(stored.size)),
        }
    }
    Ok(Ok(count))
}

/// Below the log, the storage has checksums of its own: what it refuses to read, whoever asked
/// for it, has been damaged as well. It does not know positions, so the first unreadable one is
/// looked for.
async fn located(log: &SledLog, error: anyhow::Error) -> anyhow::Error {
    let what = match error.downcast_ref::<Error>() {
        Some(Error::Storage { doing, source }) => format!("could not {doing}: {source}"),
        _ => return error,
    };
    let mut position = Position::START;
    while log.read(position, 1).await.is_ok_and(|records| !records.is_empty()) {
        position = position.next();
    }
    Error::Corrupt { position: position.next(), what }.into()
}
