//! The only place in the project that asks the operating system for randomness.
//!
//! Everything random (keys, nonces, ids, tokens) comes through here, so that a reviewer has
//! one call to look at and a lint can ban all others.

use uuid::{Builder, Uuid};

/// The operating system gave no randomness. Nothing may be sealed or named without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no randomness; check that it is up to date and not sandboxed")]
pub struct NoEntropy;

/// Fills `bytes` with randomness fit for keys.
#[expect(clippy::disallowed_methods, reason = "this is the one entropy module")]
pub fn fill(bytes: &mut [u8]) -> Result<(), NoEntropy> {
    getrandom::fill(bytes).map_err(|_| NoEntropy)
}

/// A random UUID (version 4, RFC 9562).
pub fn random_uuid() -> Result<Uuid, NoEntropy> {
    let mut bytes = [0; 16];
    fill(&mut bytes)?;
    Ok(Builder::from_random_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        let (one, other) = (random_uuid().unwrap(), random_uuid().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.get_version_num(), 4);
    }
}
