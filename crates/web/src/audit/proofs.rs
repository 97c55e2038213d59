//! Proofs over the Merkle tree of RFC 6962, for whoever checks them with a program of their own.

pub(crate) mod consistency;
pub(crate) mod inclusion;

use crate::problem::Problem;

/// Hashes in base 64.
pub(crate) fn texts(hashes: &[engine::Hash]) -> Vec<String> {
    hashes.iter().map(ToString::to_string).collect()
}

/// A signed note as the text that it is; none where nobody signed.
pub(crate) fn note(bytes: &[u8]) -> Option<String> {
    (!bytes.is_empty()).then(|| String::from_utf8_lossy(bytes).into_owned())
}

/// A tree that there is not.
pub(super) fn beyond(parameter: &str, head: u64) -> Problem {
    Problem::fault(parameter, format!("the log has {head} records"))
}
