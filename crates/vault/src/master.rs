//! The key that wraps all others, and where it comes from.

use std::{
    fmt, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use crate::{
    cipher::{KEY_BYTES, Key},
    disk,
    entropy::NoEntropy,
};

/// The key that wraps every subject's key: 256 random bits, kept apart from the key store
/// and from every backup of it. Whoever has both can read everything.
pub struct MasterKey(Key);

/// No master key could be read or made.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The file could not be read.
    #[error("cannot read the master key from {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file could not be written; one that exists is never overwritten.
    #[error("cannot write a new master key to {}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The text is no key.
    #[error("a master key is 32 bytes, as 64 hexadecimal digits or in base64")]
    NotAKey,
    /// No key could be drawn.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

impl MasterKey {
    /// A new random key, known to nobody yet. See [`create_file`](Self::create_file).
    pub fn generate() -> Result<Self, MasterKeyError> {
        Ok(Self(Key::random()?))
    }

    /// Makes a new key and writes it, in base64, to a new file that only its owner can read.
    pub fn create_file(path: &Path) -> Result<Self, MasterKeyError> {
        let key = Self::generate()?;
        let text = Zeroizing::new(format!("{}\n", *Zeroizing::new(key.to_base64())));
        write_new(path, text.as_bytes())
            .map_err(|source| MasterKeyError::Unwritable { path: path.to_owned(), source })?;
        Ok(key)
    }

    /// Reads the key from a file of 64 hexadecimal digits or of base64.
    pub fn from_file(path: &Path) -> Result<Self, MasterKeyError> {
        let text = fs::read_to_string(path)
            .map(Zeroizing::new)
            .map_err(|source| MasterKeyError::Unreadable { path: path.to_owned(), source })?;
        if disk::others_may_read(path) {
            tracing::warn!(path = %path.display(), "other users can read the master key: chmod 600");
        }
        Self::from_text(&text)
    }

    /// Reads the key from 64 hexadecimal digits or base64; white space around it is ignored.
    pub fn from_text(text: &str) -> Result<Self, MasterKeyError> {
        let text = text.trim();
        let bytes = match text.len() {
            64 => from_hex(text.as_bytes()),
            _ => STANDARD.decode(text).ok().map(Zeroizing::new),
        };
        bytes.and_then(|bytes| Key::from_bytes(&bytes)).map(Self).ok_or(MasterKeyError::NotAKey)
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0
    }

    fn to_base64(&self) -> String {
        STANDARD.encode(self.0.as_bytes())
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(secret)")
    }
}

fn from_hex(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(KEY_BYTES));
    for pair in text.chunks(2) {
        let [high, low] = pair else { return None };
        bytes.push(16 * hex_digit(*high)? + hex_digit(*low)?);
    }
    Some(bytes)
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn write_new(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = disk::private_options().create_new(true).open(path)?;
    file.write_all(text)?;
    file.sync_all()?;
    disk::sync_directory_of(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
    const BASE64: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    #[test]
    fn a_key_is_the_same_in_hexadecimal_and_in_base64() {
        let bytes: Vec<u8> = (0..32).collect();
        for text in [HEX, BASE64, &format!("  {BASE64}\n")] {
            assert_eq!(MasterKey::from_text(text).unwrap().key().as_bytes()[..], bytes);
        }
    }

    #[test]
    fn text_that_is_no_key_is_refused() {
        let not_hex = "g".repeat(64);
        for text in ["", "secret", &HEX[2..], &BASE64[4..], &not_hex, &"é".repeat(32)] {
            let refused = MasterKey::from_text(text);
            assert!(matches!(refused, Err(MasterKeyError::NotAKey)), "{text}");
        }
    }

    #[test]
    fn a_new_key_file_reads_back_and_is_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("master.key");
        let made = MasterKey::create_file(&path).unwrap();
        let read = MasterKey::from_file(&path).unwrap();
        assert_eq!(made.key().as_bytes(), read.key().as_bytes());
        assert!(!disk::others_may_read(&path));

        let again = MasterKey::create_file(&path);
        assert!(matches!(again, Err(MasterKeyError::Unwritable { .. })));
        assert_eq!(MasterKey::from_file(&path).unwrap().key().as_bytes(), made.key().as_bytes());
    }

    #[test]
    fn a_key_does_not_show_in_debug_output() {
        assert_eq!(format!("{:?}", MasterKey::from_text(HEX).unwrap()), "MasterKey(secret)");
    }
}
