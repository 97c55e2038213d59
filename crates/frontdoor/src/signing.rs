//! The key that signs checkpoints.

use anyhow::Context as _;
use log::CheckpointSigner;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// The signer whose seed is in this file; a new one, if there is no file.
pub(crate) fn signer(path: &Path, log_name: &str) -> anyhow::Result<CheckpointSigner> {
    if let Some(signer) = known_signer(path, log_name)? {
        return Ok(signer);
    }
    let seed = create(path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(CheckpointSigner::new(log_name, &seed)?)
}

/// The signer whose seed is in this file, if there is one.
pub(crate) fn known_signer(
    path: &Path,
    log_name: &str,
) -> anyhow::Result<Option<CheckpointSigner>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text.with_context(|| format!("cannot read {}", path.display()))?,
    };
    let seed = seed(&text)
        .with_context(|| format!("{} holds no key of 64 hexadecimal digits", path.display()))?;
    Ok(Some(CheckpointSigner::new(log_name, &seed)?))
}

fn seed(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    let mut seed = [0; 32];
    if text.len() != 2 * seed.len() {
        return None;
    }
    for (place, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(seed)
}

fn create(path: &Path) -> anyhow::Result<[u8; 32]> {
    let mut seed = [0; 32];
    vault::entropy::fill(&mut seed)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{}", hex(&seed))?;
    file.sync_all()?;
    Ok(seed)
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signer_is_made_once_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("checkpoint.key");
        let made = signer(&path, "frontdoor.test/log").unwrap();
        let read = signer(&path, "frontdoor.test/log").unwrap();
        assert_eq!(made.public_key(), read.public_key());
    }

    #[test]
    fn a_file_that_holds_no_key_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("checkpoint.key");
        for text in ["", "secret", &"é".repeat(32), &"zz".repeat(32)] {
            fs::write(&path, text).unwrap();
            assert!(signer(&path, "frontdoor.test/log").is_err(), "{text}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn bytes_read_back_from_their_digits() {
        let bytes: Vec<u8> = (0..32).map(|byte| byte * 8).collect();
        assert_eq!(seed(&hex(&bytes)).unwrap()[..], bytes);
    }
}
