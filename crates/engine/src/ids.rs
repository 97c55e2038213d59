//! The one place where new ids come from. Everywhere else identity arrives as data.

use crate::failure::Failure;
use jiff::Timestamp;
use std::sync::{Mutex, PoisonError};
use uuid::{Builder, Uuid};

/// Makes ids that sort by time (UUID version 7, RFC 9562).
#[derive(Debug, Default)]
pub enum Ids {
    /// Unguessable ones.
    #[default]
    Random,
    /// The same ones again for the same seed: for tests and made-up counties only.
    Seeded(Mutex<fastrand::Rng>),
}

impl Ids {
    /// The same ids for the same seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Mutex::new(fastrand::Rng::with_seed(seed)))
    }

    /// A new id, of this instant.
    pub fn fresh(&self, now: Timestamp) -> Result<Uuid, Failure> {
        let mut random = [0; 10];
        match self {
            Self::Random => vault::entropy::fill(&mut random)?,
            Self::Seeded(rng) => {
                rng.lock().unwrap_or_else(PoisonError::into_inner).fill(&mut random);
            }
        }
        // Instants before 1970 have no place in a version 7 id; their ids start at zero.
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
        Ok(Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid())
    }
}

/// What nobody can guess: 256 random bits, in hexadecimal, for keys and for what signing in needs.
pub fn fresh_secret() -> Result<String, Failure> {
    use std::fmt::Write as _;
    let mut bits = [0; 32];
    vault::entropy::fill(&mut bits)?;
    Ok(bits.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _written = write!(hex, "{byte:02x}");
        hex
    }))
}

/// A name for one question, to find it again in the program's own log. It is nobody's id and
/// is never stored, so without randomness any name will do.
#[must_use]
pub fn name_of_a_question() -> String {
    vault::entropy::random_uuid().unwrap_or_default().to_string()
}
