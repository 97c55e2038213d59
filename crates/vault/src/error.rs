//! What goes wrong with the files of the vault, and what to do about it.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{Subject, durable::ReadOnly, entropy::NoEntropy};

/// The key store or the access record could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The operating system refused.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was being done, as a verb: `open`, `lock`.
        doing: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Another process has it open: two writers would overwrite each other's keys.
    #[error(
        "{} is in use by another process; stop that one, or give this one a place of its own",
        path.display()
    )]
    InUse {
        /// The file that is locked.
        path: PathBuf,
    },
    /// The store was made with, or last rotated to, another master key.
    #[error(
        "the master key does not open this key store ({}); \
         give the key it was made with or, if it was rotated, the new one",
        path.display()
    )]
    WrongMaster {
        /// The file of keys.
        path: PathBuf,
    },
    /// A line that the vault did not write.
    #[error(
        "{} is damaged in line {line}: {what}; restore the file from a backup",
        path.display()
    )]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// A line of the access record, or of the erasure ledger, is not as it was written.
    #[error(
        "line {line} of {} was altered, or a line before it was taken out; \
         keep the file as evidence and restore it from a backup",
        path.display()
    )]
    Altered {
        /// The file.
        path: PathBuf,
        /// The first line that does not follow from those before it, counted from 1.
        line: u64,
    },
    /// Nothing more is written since a write failed.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// A shredded subject gets no new key: the erasure was final.
    #[error("the key of {subject} was shredded, so it gets no other")]
    Shredded {
        /// Who was erased.
        subject: Subject,
    },
    /// An access names more subjects, or gives a longer reason, than one line may hold.
    #[error("an access record of {bytes} bytes is too long (at most {max}); record it in parts")]
    AccessTooLong {
        /// How long it would be.
        bytes: usize,
        /// How long it may be.
        max: usize,
    },
    /// No key could be drawn.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// The writing thread is gone, which is a defect; its last words are in the program's log.
    #[error("the vault has stopped writing; restart the program")]
    Stopped,
}

impl Error {
    /// For `map_err`: says what was being done to which file.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }

    /// Says which line is no JSON of ours, by our count of lines instead of the parser's.
    pub(crate) fn malformed(path: &Path, line: u64, error: &serde_json::Error) -> Self {
        let says = error.to_string();
        let what = says.rsplit_once(" at line ").map_or(&*says, |(what, _)| what);
        let what = format!("{what} (column {})", error.column());
        Self::Malformed { path: path.to_owned(), line, what }
    }
}
