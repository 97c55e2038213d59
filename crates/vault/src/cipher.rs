//! XChaCha20-Poly1305 with a random nonce: the one cipher, for boxes and for keys alike.
//!
//! RFC 8439 with the 192-bit nonce of draft-irtf-cfrg-xchacha-03, which is long enough to
//! be drawn at random for as long as the system lives.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{AeadInOut as _, KeyInit as _, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::{Zeroize as _, Zeroizing};

use crate::entropy::{self, NoEntropy};

pub(crate) const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;

/// The most that is sealed in one box: room for a scanned report, not for a film.
pub const MAX_PLAINTEXT_BYTES: usize = 64 * 1024 * 1024;

/// Nonce (24 bytes), ciphertext and tag (16 bytes), in this order. Base64 text in JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct Ciphertext(Vec<u8>);

impl Ciphertext {
    /// The bytes as they are stored: nonce, ciphertext, tag.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Ciphertext {
    /// Takes stored bytes back; whether they are genuine shows when they are opened.
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Ciphertext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ciphertext({} bytes)", self.0.len())
    }
}

impl Serialize for Ciphertext {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Ciphertext {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map(Self).map_err(de::Error::custom)
    }
}

/// The cipher could not seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotSeal {
    /// More than [`MAX_PLAINTEXT_BYTES`].
    #[error("more than {MAX_PLAINTEXT_BYTES} bytes cannot be sealed at once; send less")]
    TooLong,
    /// No nonce could be drawn.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// The bytes are not what was sealed under this key with this context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forged;

/// A 256-bit key. Boxed, so that moving it copies a pointer and leaves no key behind.
pub(crate) struct Key(Box<[u8; KEY_BYTES]>);

impl Key {
    pub(crate) fn random() -> Result<Self, NoEntropy> {
        let mut key = Self(Box::new([0; KEY_BYTES]));
        entropy::fill(key.0.as_mut_slice())?;
        Ok(key)
    }

    /// None unless there are exactly 32 bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut key = Self(Box::new([0; KEY_BYTES]));
        if bytes.len() != KEY_BYTES {
            return None;
        }
        key.0.copy_from_slice(bytes);
        Some(key)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// Seals `plaintext` so that it opens only with this key and this `context`.
    pub(crate) fn seal(&self, context: &[u8], plaintext: &[u8]) -> Result<Ciphertext, CannotSeal> {
        if plaintext.len() > MAX_PLAINTEXT_BYTES {
            return Err(CannotSeal::TooLong);
        }
        let mut nonce = [0; NONCE_BYTES];
        entropy::fill(&mut nonce)?;
        // Sized once: growing would leave copies of the plaintext in freed memory.
        let mut bytes = Vec::with_capacity(NONCE_BYTES + plaintext.len() + TAG_BYTES);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(plaintext);
        let body = &mut bytes[NONCE_BYTES..];
        let tag = self
            .cipher()
            .encrypt_inout_detached(&XNonce::from(nonce), context, body.into())
            .map_err(|_| CannotSeal::TooLong)?;
        bytes.extend_from_slice(&tag);
        Ok(Ciphertext(bytes))
    }

    /// Opens what [`seal`](Self::seal) made, or says that it is forged.
    pub(crate) fn open(
        &self,
        context: &[u8],
        sealed: &Ciphertext,
    ) -> Result<Zeroizing<Vec<u8>>, Forged> {
        let (nonce, rest) = sealed.0.split_first_chunk::<NONCE_BYTES>().ok_or(Forged)?;
        let mut bytes = Zeroizing::new(rest.to_vec());
        self.cipher()
            .decrypt_in_place(&XNonce::from(*nonce), context, &mut *bytes)
            .map_err(|_| Forged)?;
        Ok(bytes)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
