//! Looking at a chain of lines without opening it: an auditor's look changes nothing. No file is
//! made, locked or mended, and a torn last line is told of, not cut off.

use std::{fs::File, io::BufReader, path::Path};

use super::{
    Journal,
    chain::{self, Go, Head},
};
use crate::error::Error;

/// A file of chained lines, as it lies there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chained {
    /// How far its whole lines go; each follows from those before it.
    pub head: Head,
    /// How many bytes follow the last whole line: what a crash, or a cut, left of one.
    pub torn_bytes: u64,
}

impl Journal {
    /// Checks an access record that is not open, from its first line to its last, and shows
    /// `reached` how far the record had come after each. The first line that is not as it was
    /// written is the error. Blocks while it reads.
    pub fn check(path: &Path, mut reached: impl FnMut(Head)) -> Result<Chained, Error> {
        lines(path, |number, line| {
            chain::parse(path, number, line)?;
            if let Some(chain) = chain::hash_of(line) {
                reached(Head { entries: number, chain });
            }
            Ok(())
        })
    }
}

/// Walks through a file of chained lines that is not open.
pub(crate) fn lines(
    path: &Path,
    mut visit: impl FnMut(u64, &[u8]) -> Result<(), Error>,
) -> Result<Chained, Error> {
    let file = File::open(path).map_err(Error::io("read", path))?;
    let bytes = file.metadata().map_err(Error::io("read", path))?.len();
    let (head, whole_bytes) = chain::walk(path, BufReader::new(file), |number, line| {
        visit(number, line)?;
        Ok(Go::On)
    })?;
    let whole_bytes = u64::try_from(whole_bytes).unwrap_or(u64::MAX);
    Ok(Chained { head, torn_bytes: bytes.saturating_sub(whole_bytes) })
}
