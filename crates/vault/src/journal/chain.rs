//! How the lines of the access record hang together.
//!
//! A line is `{"chain":"<hash>",` and then the access, as one JSON object. The hash is the
//! SHA-256 of the previous line's hash (32 zero bytes before the first) and of the line's
//! bytes after that comma, without the newline; in base64. So a line that was altered, taken
//! out or moved no longer follows from those before it. Only cutting off the end leaves no
//! trace in the file itself: against that, keep a [`Head`] elsewhere.

use std::{io::BufRead, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use super::Access;
use crate::error::Error;

/// How far the record has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// How many entries there are.
    pub entries: u64,
    /// The hash of the last one, and through it of all.
    pub chain: [u8; 32],
}

const OPENING: &[u8] = b"{\"chain\":\"";
const AFTER_HASH: &[u8] = b"\",";
/// Of 32 bytes in base64.
const HASH_CHARACTERS: usize = 44;

/// Whether to read on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Go {
    On,
    Stop,
}

/// Follows the chain, showing each line with its number to `visit`. Answers where it ended,
/// and how many bytes the lines take: what follows them is torn.
pub(crate) fn walk(
    path: &Path,
    mut reader: impl BufRead,
    mut visit: impl FnMut(u64, &[u8]) -> Result<Go, Error>,
) -> Result<(Head, usize), Error> {
    let (mut head, mut whole_bytes, mut line) = (Head::default(), 0, Vec::new());
    loop {
        line.clear();
        let bytes = reader.read_until(b'\n', &mut line).map_err(Error::io("read", path))?;
        let Some(text) = line.strip_suffix(b"\n") else { break };
        let number = head.entries + 1;
        head = follow(head, text)
            .ok_or_else(|| Error::Altered { path: path.to_owned(), line: number })?;
        whole_bytes += bytes;
        if visit(number, text)? == Go::Stop {
            break;
        }
    }
    Ok((head, whole_bytes))
}

/// Adds a line for an access, given as a JSON object.
pub(crate) fn push_line(text: &mut Vec<u8>, head: Head, json: &[u8]) -> Head {
    let rest = json.strip_prefix(b"{").unwrap_or(json);
    let next = link(head, rest);
    text.extend_from_slice(OPENING);
    text.extend_from_slice(STANDARD.encode(next.chain).as_bytes());
    text.extend_from_slice(AFTER_HASH);
    text.extend_from_slice(rest);
    text.push(b'\n');
    next
}

pub(super) fn to_json(access: &Access, path: &Path) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(access).map_err(|error| Error::io("write", path)(error.into()))
}

pub(super) fn parse(path: &Path, number: u64, line: &[u8]) -> Result<Access, Error> {
    serde_json::from_slice(line).map_err(|error| Error::malformed(path, number, &error))
}

/// Whether a line of this number follows from the line before it; the first has none before it.
pub(super) fn follows(number: u64, before: &[u8], line: &[u8]) -> bool {
    let chain = if before.is_empty() { Some([0; 32]) } else { hash_of(before) };
    let head = |chain| Head { entries: number.saturating_sub(1), chain };
    chain.is_some_and(|chain| follow(head(chain), line).is_some())
}

pub(super) fn hash_of(line: &[u8]) -> Option<[u8; 32]> {
    let (hash, _) = line.strip_prefix(OPENING)?.split_at_checked(HASH_CHARACTERS)?;
    STANDARD.decode(hash).ok()?.try_into().ok()
}

fn follow(head: Head, line: &[u8]) -> Option<Head> {
    let (hash, rest) = line.strip_prefix(OPENING)?.split_at_checked(HASH_CHARACTERS)?;
    let next = link(head, rest.strip_prefix(AFTER_HASH)?);
    (STANDARD.encode(next.chain).as_bytes() == hash).then_some(next)
}

fn link(head: Head, rest: &[u8]) -> Head {
    let hash = Sha256::new().chain_update(head.chain).chain_update(rest).finalize();
    Head { entries: head.entries + 1, chain: hash.into() }
}
