//! What `frontdoor verify` found, for programs and in words.

use super::beside::{Beside, Fault};
use log::{Error, Verification};
use serde::Serialize;
use std::error::Error as _;

/// What came of it.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub(super) enum Verdict {
    /// Every record is in its place.
    Sound {
        records: u64,
        /// The RFC 6962 root, in base64.
        root: String,
        streams: usize,
        checkpoints: usize,
        /// How many cosignatures of known witnesses hold.
        cosignatures: usize,
        /// Records after the last checkpoint.
        unsigned_records: u64,
        /// What checkpoints were checked with; whoever checks them elsewhere needs these.
        public_keys: Vec<String>,
        #[serde(flatten)]
        beside: Beside,
    },
    /// The record of a receipt is in the log.
    Included {
        position: u64,
        #[serde(rename = "type")]
        name: String,
        stream: String,
        recorded_at: String,
        /// How many records the signed tree has.
        records: u64,
        /// Its RFC 6962 root, in base64.
        root: String,
        /// Whose log.
        origin: String,
        /// Known witnesses who saw that tree.
        cosigned_by: Vec<String>,
    },
    /// Something is not as it was written.
    Damaged {
        /// The first position at which it shows; none when a checkpoint from elsewhere is
        /// not one of this log.
        position: Option<u64>,
        what: String,
    },
    /// Something that is kept beside the log is not as it was written.
    #[serde(rename = "damaged")]
    DamagedBeside {
        file: String,
        /// The first bad line, from 1, if it is one that is there.
        line: Option<u64>,
        what: String,
    },
}

impl Verdict {
    /// Damage may show as early as this. Anything else is no verdict: nobody looked.
    pub(super) fn of_what_cannot_be_read(error: anyhow::Error) -> anyhow::Result<Self> {
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

    pub(super) fn of(
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
                cosignatures: 0,
                unsigned_records: tree.size.saturating_sub(signed),
                public_keys,
                beside: Beside::default(),
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

    /// The same with what witnesses say.
    pub(super) fn cosigned(mut self, found: Result<usize, u64>) -> Self {
        match (&mut self, found) {
            (Self::Sound { cosignatures, .. }, Ok(count)) => *cosignatures = count,
            (Self::Sound { .. }, Err(size)) => {
                let what = "a witness's signature under its checkpoint is false".to_owned();
                return Self::Damaged { position: Some(size), what };
            }
            (Self::Damaged { .. } | Self::DamagedBeside { .. } | Self::Included { .. }, _) => {}
        }
        self
    }

    /// The same with what is kept beside the log.
    pub(super) fn beside(mut self, found: Result<Beside, Fault>) -> Self {
        match (&mut self, found) {
            (Self::Sound { beside, .. }, Ok(found)) => *beside = found,
            (Self::Sound { .. }, Err(Fault { file, line, what })) => {
                return Self::DamagedBeside { file, line, what };
            }
            (Self::Damaged { .. } | Self::DamagedBeside { .. } | Self::Included { .. }, _) => {}
        }
        self
    }

    pub(super) fn says(&self) -> String {
        match self {
            Self::Included {
                position, name, recorded_at, records, origin, cosigned_by, ..
            } => {
                let seen = match cosigned_by.as_slice() {
                    [] => "No known witness says that it saw this tree.".to_owned(),
                    some => format!("Seen by {}.", some.join(", ")),
                };
                format!(
                    "Sound: {name}, recorded at {recorded_at}, is record {position} of the \
                     {records} that {origin} signed.\n{seen}"
                )
            }
            Self::Sound {
                records, root, streams, checkpoints, unsigned_records, beside, ..
            } => {
                let unsigned = match (unsigned_records, checkpoints) {
                    (0, 1..) => "The last checkpoint covers all of them.".to_owned(),
                    (_, 0) => "No checkpoint was ever signed, so nothing outside the log vouches \
                               for it; `frontdoor serve` signs one a minute while it grows."
                        .to_owned(),
                    (count, _) => format!("The last {count} are under no checkpoint yet."),
                };
                format!(
                    "Sound: {records} records in {streams} streams; \
                     checkpoints that agree: {checkpoints}.\nRoot: {root}\n{unsigned}\n{}",
                    beside.says()
                )
            }
            Self::Damaged { position: Some(position), what } => {
                format!("DAMAGED at position {position}: {what}")
            }
            Self::Damaged { position: None, what } => format!("DAMAGED: {what}"),
            Self::DamagedBeside { file, line: Some(line), what } => {
                format!("DAMAGED: line {line} of {file}: {what}")
            }
            Self::DamagedBeside { file, line: None, what } => format!("DAMAGED: {file}: {what}"),
        }
    }
}
