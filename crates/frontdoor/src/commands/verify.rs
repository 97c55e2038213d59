//! `frontdoor verify`: proves that the log is what it says.

use crate::progress::Progress;
use crate::signing;
use crate::storage::Place;
use crate::terminal::{say, say_json};
use anyhow::Context as _;
use clap::Args;
use log::{CheckpointVerifier, Error, Log as _, Verification};
use serde::Serialize;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

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
    Altered {
        /// The first position at which it shows; none when a checkpoint from elsewhere is
        /// not one of this log.
        position: Option<u64>,
        what: String,
    },
}

impl Verify {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let read = |path: &PathBuf| {
            fs::read(path).with_context(|| format!("cannot read {}", path.display()))
        };
        let published = self.against.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let log = place.open_log()?;
        let public_keys = self.public_keys(place)?;
        anyhow::ensure!(
            !public_keys.is_empty() || log.latest_checkpoint().await?.is_none(),
            "there is no key to check the checkpoints with in {}; give one with --public-key",
            place.checkpoint_key().display()
        );
        let keys = CheckpointVerifier::new(&place.log_name, &public_keys)?;

        let progress = Progress::of("records verified");
        let reached = |it: log::Progress| progress.reach(it.verified.get(), it.head.get());
        let verified = log::verify(&log, &keys, &published, reached).await;
        drop(progress);
        let signed = log.latest_checkpoint().await?.map_or(0, |checkpoint| checkpoint.size);
        let verdict = Verdict::of(verified, signed, public_keys)?;
        if self.json {
            say_json(&verdict)?;
        } else {
            say(verdict.says())?;
        }
        Ok(match verdict {
            Verdict::Sound { .. } => ExitCode::SUCCESS,
            Verdict::Altered { .. } => ExitCode::from(2),
        })
    }
}

impl Verify {
    fn public_keys(&self, place: &Place) -> anyhow::Result<Vec<String>> {
        let own = signing::known_signer(&place.checkpoint_key(), &place.log_name)?;
        let own = own.map(|signer| signer.public_key());
        Ok(self.public_key.iter().cloned().chain(own).collect())
    }
}

impl Verdict {
    /// What was found; an error, when it could not be looked at.
    fn of(
        verified: Result<Verification, Error>,
        signed: u64,
        public_keys: Vec<String>,
    ) -> Result<Self, Error> {
        match verified {
            Ok(Verification { tree, streams, checkpoints }) => Ok(Self::Sound {
                records: tree.size,
                root: tree.root.to_string(),
                streams,
                checkpoints,
                unsigned_records: tree.size.saturating_sub(signed),
                public_keys,
            }),
            Err(Error::Corrupt { position, what }) => {
                Ok(Self::Altered { position: Some(position.get()), what })
            }
            Err(Error::Checkpoint(why)) => {
                Ok(Self::Altered { position: None, what: format!("a checkpoint: {why}") })
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
                    "Sound: {records} records in {streams} streams; checkpoints that agree: {checkpoints}.\n\
                     Root: {root}\n{unsigned}"
                )
            }
            Self::Altered { position: Some(position), what } => {
                format!("ALTERED at position {position}: {what}")
            }
            Self::Altered { position: None, what } => format!("ALTERED: {what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use log::Position;

    #[test]
    fn the_first_bad_position_is_told() {
        let what = "the record is missing".to_owned();
        let found = Err(Error::Corrupt { position: Position::new(7), what });
        let verdict = Verdict::of(found, 0, vec![]).unwrap();
        assert_eq!(verdict.says(), "ALTERED at position 7: the record is missing");
    }

    #[test]
    fn a_log_that_cannot_be_read_is_not_called_altered() {
        let failed = Error::InUse { dir: "data".into() };
        assert!(Verdict::of(Err(failed), 0, vec![]).is_err());
    }
}
