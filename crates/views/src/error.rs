//! Why a question was not answered.

use std::io;
use std::path::PathBuf;

/// Why the read models did not answer. No rule of the domain is ever the reason.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two processes share a data directory.
    #[error("the read models in {} are in use by another process; stop it first", .dir.display())]
    InUse {
        /// Where.
        dir: PathBuf,
    },
    /// The directory cannot be made, or a file in it cannot be moved or removed.
    #[error("the directory of the read models, {}, cannot be written", .dir.display())]
    Directory {
        /// Where.
        dir: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The log did not give its events.
    #[error("the log could not be read")]
    History(#[from] engine::Failure),
    /// SQLite failed. Where the file is damaged it is being rebuilt: asking again helps.
    #[error("the read models could not be read or written; they are rebuilt if damaged")]
    Rows(#[from] rusqlite::Error),
    /// The page asked for is not one of this list.
    #[error("this cursor is not one that this list gave; begin again without a cursor")]
    Cursor,
    /// The wait for a position was in vain.
    #[error("the read models have reached position {reached}, not yet {asked}; ask again")]
    Behind {
        /// The position asked for.
        asked: u64,
        /// The position reached.
        reached: u64,
    },
    /// The question, or the fold, was cut off: the process is shutting down.
    #[error("the read models are being closed")]
    Closed,
}

impl Error {
    /// Whether the file itself is at fault, so that only a rebuild helps.
    pub(crate) fn is_damage(&self) -> bool {
        use rusqlite::ffi::ErrorCode as C;
        let Self::Rows(error) = self else { return false };
        let damage = [C::DatabaseCorrupt, C::NotADatabase, C::SystemIoFailure, C::CannotOpen];
        error.sqlite_error_code().is_some_and(|code| damage.contains(&code))
    }
}
