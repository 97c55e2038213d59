//! `frontdoor verify`: proves that the log is what it says.

use crate::progress::Progress;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use crate::{published, signing};
use anyhow::Context as _;
use clap::Args;
use log::{CheckpointVerifier, Error, Log, Position, SledLog, Verification};
use serde::Serialize;
use std::error::Error as _;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

/// What to verify.
#[derive(Clone, Debug, Args)]
pub(crate) struct Verify {
    /// A checkpoint that was kept elsewhere: proves that the log has only grown since
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// A public key that signed checkpoints of this log, such as one from before a change of
    /// key; this machine's own is known
    #[arg(long, value_name = "KEY")]
    public_key: Vec<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
enum Verdict {
    /// Every record is in its place.
    Sound {
        records: u64,
        /// The RFC 6962 root, in base64.
        root: String,
        streams: usize,
        checkpoints: usize,
        /// Records after the last checkpoint.
        unsigned_records: u64,
        /// What checkpoints were checked with; whoever checks them elsewhere needs these.
        public_keys: Vec<String>,
    },
    /// Something is not as it was written.
    Damaged {
        /// The first position at which it shows; none when a checkpoint from elsewhere is
        /// not one of this log.
        position: Option<u64>,
        what: String,
    },
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
            Verdict::Sound { .. } => ExitCode::SUCCESS,
            Verdict::Damaged { .. } => ExitCode::from(2),
        })
    }

    /// What is found; an error, when it cannot be looked for.
    async fn verdict(&self, place: &Place) -> anyhow::Result<Verdict> {
        let read = |path: &PathBuf| {
            fs::read(path).with_context(|| format!("cannot read {}", path.display()))
        };
        let mut published = self.against.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        published.extend(published::read(&place.published())?);
        let log = match place.open_log() {
            Ok(log) => log,
            Err(error) => return Verdict::of_what_cannot_be_opened(error),
        };
        let signed = log.latest_checkpoint().await?.map_or(0, |checkpoint| checkpoint.size);
        let public_keys = self.public_keys(place)?;
        anyhow::ensure!(
            (signed == 0 && published.is_empty()) || !public_keys.is_empty(),
            "there is no key to check the checkpoints with in {}; give one with --public-key",
            place.checkpoint_key().display()
        );
        let keys = CheckpointVerifier::new(&place.log_name, &public_keys)?;

        let progress = Progress::of("records verified");
        let verified = AtomicU64::new(0);
        let reached = |it: log::Progress| {
            verified.store(it.verified.get(), Ordering::Relaxed);
            progress.reach(it.verified.get(), it.head.get());
        };
        let found = log::verify(&log, &keys, &published, reached).await;
        drop(progress);
        let found = located(&log, verified.into_inner(), found).await;
        Ok(Verdict::of(found, signed, public_keys)?)
    }

    fn public_keys(&self, place: &Place) -> anyhow::Result<Vec<String>> {
        let own = signing::known_signer(&place.checkpoint_key(), &place.log_name)?;
        let own = own.map(|signer| signer.public_key());
        Ok(self.public_key.iter().cloned().chain(own).collect())
    }
}

/// Below the log, the storage has checksums of its own: what it refuses to read has been
/// damaged as well. It does not know positions, so the first unreadable one is looked for.
async fn located(
    log: &SledLog,
    verified: u64,
    found: Result<Verification, Error>,
) -> Result<Verification, Error> {
    let Err(Error::Storage { doing, source }) = found else { return found };
    let what = format!("could not {doing}: {source}");
    let mut position = Position::new(verified);
    while log.read(position, 1).await.is_ok_and(|records| !records.is_empty()) {
        position = position.next();
    }
    Err(Error::Corrupt { position: position.next(), what })
}

impl Verdict {
    /// Damage may show as early as this. Anything else is no verdict: nobody looked.
    fn of_what_cannot_be_opened(error: anyhow::Error) -> anyhow::Result<Self> {
        match error.downcast_ref::<Error>() {
            Some(Error::Corrupt { position, what }) => {
                Ok(Self::Damaged { position: Some(position.get()), what: what.clone() })
            }
            Some(Error::Unopenable { what }) => {
                Ok(Self::Damaged { position: None, what: what.clone() })
            }
            _ => Err(error),
        }
    }

    fn of(
        found: Result<Verification, Error>,
        signed: u64,
        public_keys: Vec<String>,
    ) -> Result<Self, Error> {
        match found {
            Ok(Verification { tree, streams, checkpoints }) => Ok(Self::Sound {
                records: tree.size,
                root: tree.root.to_string(),
                streams,
                checkpoints,
                unsigned_records: tree.size.saturating_sub(signed),
                public_keys,
            }),
            Err(Error::Corrupt { position, what }) => {
                Ok(Self::Damaged { position: Some(position.get()), what })
            }
            Err(Error::Checkpoint(why)) => {
                let because = why.source().map(|source| format!(": {source}")).unwrap_or_default();
                Ok(Self::Damaged { position: None, what: format!("a checkpoint: {why}{because}") })
            }
            Err(error) => Err(error),
        }
    }

    fn says(&self) -> String {
        match self {
            Self::Sound { records, root, streams, checkpoints, unsigned_records, .. } => {
                let unsigned = match (unsigned_records, checkpoints) {
                    (0, 1..) => "The last checkpoint covers all of them.".to_owned(),
                    (_, 0) => "No checkpoint was ever signed, so nothing outside the log vouches \
                               for it; `frontdoor serve` signs one a minute while it grows."
                        .to_owned(),
                    (count, _) => format!("The last {count} are under no checkpoint yet."),
                };
                format!(
                    "Sound: {records} records in {streams} streams; \
                     checkpoints that agree: {checkpoints}.\nRoot: {root}\n{unsigned}"
                )
            }
            Self::Damaged { position: Some(position), what } => {
                format!("DAMAGED at position {position}: {what}")
            }
            Self::Damaged { position: None, what } => format!("DAMAGED: {what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{Council, found};
    use std::path::Path;
    use tempfile::TempDir;

    /// The log of a council on its first day.
    async fn first_day() -> (Place, TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path().join("data"));
        let engine = place.open_or_create().unwrap().engine();
        let (authority, name) = ("865".parse().unwrap(), "A council".to_owned());
        found(&engine, &Council { authority, name }).await.unwrap();
        published::sign(&engine, &place.published()).await.unwrap();
        (place, dir)
    }

    fn edit(path: &Path, from: &str, to: &str) {
        let mut bytes = fs::read(path).unwrap();
        let at = bytes.windows(from.len()).position(|it| it == from.as_bytes()).unwrap();
        bytes.splice(at..at + from.len(), to.bytes());
        fs::write(path, bytes).unwrap();
    }

    fn verify(against: Vec<PathBuf>) -> Verify {
        Verify { against, public_key: vec![], json: false }
    }

    #[tokio::test]
    async fn a_log_that_nobody_touched_is_sound() {
        let (place, _dir) = first_day().await;
        let verdict = verify(vec![]).verdict(&place).await.unwrap();
        assert!(matches!(verdict, Verdict::Sound { checkpoints: 2, unsigned_records: 0, .. }));
    }

    #[tokio::test]
    async fn a_record_edited_on_the_disk_is_found_with_its_position() {
        let (place, _dir) = first_day().await;
        edit(&place.data_dir.join("log/db"), "panel.established", "panel.demolished!");
        let verdict = verify(vec![]).verdict(&place).await.unwrap();
        assert!(matches!(verdict, Verdict::Damaged { position: Some(1..), .. }), "{verdict:?}");
    }

    #[tokio::test]
    async fn a_checkpoint_from_elsewhere_that_was_edited_is_not_believed() {
        let (place, dir) = first_day().await;
        let engine = place.open().unwrap().engine();
        let kept = dir.path().join("kept.txt");
        fs::write(&kept, engine.checkpoint().await.unwrap()).unwrap();
        drop(engine);
        let against = verify(vec![kept.clone()]);
        assert!(matches!(
            against.verdict(&place).await.unwrap(),
            Verdict::Sound { checkpoints: 3, .. }
        ));

        edit(&kept, "\n19\n", "\n18\n");
        let verdict = against.verdict(&place).await.unwrap();
        assert!(verdict.says().starts_with("DAMAGED: a checkpoint"), "{verdict:?}");
    }

    #[test]
    fn a_log_that_cannot_be_opened_is_not_called_damaged() {
        let failed = Error::InUse { dir: "data".into() };
        assert!(Verdict::of(Err(failed), 0, vec![]).is_err());
    }
}
