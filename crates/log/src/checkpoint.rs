//! Checkpoints: the log's signed word about its size and root, for keeping somewhere else.
//!
//! The text is a C2SP tlog-checkpoint in a C2SP signed note (<https://c2sp.org/tlog-checkpoint>,
//! <https://c2sp.org/signed-note>), so that anybody's program can check it.

use ed25519_dalek::{Signer as _, SigningKey};
use signed_note::{Note, NoteError, Signer, StandardVerifier, VerifierError, VerifierList};

use crate::Hash;

/// The C2SP number of Ed25519 signatures.
const ED25519: u8 = 1;

/// The size and root of a tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TreeHead {
    /// How many records it has.
    pub size: u64,
    /// Its RFC 6962 root.
    pub root: Hash,
}

/// The size that a note speaks of, whoever signed it; `None` when it is no checkpoint.
#[must_use]
pub fn size_of(note: &[u8]) -> Option<u64> {
    let note = Note::from_bytes(note).ok()?;
    Some(tlog_tiles::Checkpoint::from_bytes(note.text()).ok()?.size())
}

/// A checkpoint, a key or an origin that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// An origin that is empty, or has spaces or a `+` in it.
    #[error(
        "origin {origin:?}: use the log's name, such as `frontdoor.example/log`, without spaces or '+'"
    )]
    Origin {
        /// The origin.
        origin: String,
    },
    /// A public key that is not in C2SP form, `<origin>+<id>+<base64>`.
    #[error("public key {key:?} is not of the form <origin>+<id>+<base64>")]
    Key {
        /// The key.
        key: String,
        /// Why it was refused.
        source: VerifierError,
    },
    /// No known key signed the note, or a signature is false, or it is no signed note.
    #[error("the note's signature does not hold")]
    Signature(#[from] NoteError),
    /// The signed text is not a checkpoint.
    #[error("the signed text is not a checkpoint")]
    Malformed,
    /// A checkpoint of another log.
    #[error("the checkpoint is of log {found:?}, not of {expected:?}")]
    OtherLog {
        /// Our log.
        expected: String,
        /// Its log.
        found: String,
    },
}

/// Signs checkpoints with Ed25519.
pub struct CheckpointSigner {
    origin: String,
    id: u32,
    key: SigningKey,
}

impl CheckpointSigner {
    /// A signer for the log named `origin`, such as `frontdoor.example/log`.
    pub fn new(origin: &str, seed: &[u8; 32]) -> Result<Self, CheckpointError> {
        if !signed_note::is_key_name_valid(origin) || origin.contains(char::is_control) {
            return Err(CheckpointError::Origin { origin: origin.to_owned() });
        }
        let key = SigningKey::from_bytes(seed);
        let public = [&[ED25519][..], key.verifying_key().as_bytes()].concat();
        Ok(Self { origin: origin.to_owned(), id: signed_note::key_id(origin, &public), key })
    }

    /// The public key to publish, `<origin>+<id>+<base64>`.
    #[must_use]
    pub fn public_key(&self) -> String {
        signed_note::new_ed25519_verifier_key(&self.origin, &self.key.verifying_key())
    }

    /// What checks the checkpoints that this signs.
    pub fn verifier(&self) -> Result<CheckpointVerifier, CheckpointError> {
        CheckpointVerifier::new(&self.origin, &[self.public_key()])
    }

    /// The signed note that says: the first `size` records have this root.
    pub fn sign(&self, size: u64, root: Hash) -> Result<Vec<u8>, CheckpointError> {
        let text = tlog_tiles::Checkpoint::new(&self.origin, size, root, "")
            .map_err(|_| CheckpointError::Malformed)?
            .to_bytes();
        let mut note = Note::new(&text, &[])?;
        note.add_sigs(&[self])?;
        Ok(note.to_bytes())
    }
}

impl Signer for CheckpointSigner {
    fn name(&self) -> &str {
        &self.origin
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, ed25519_dalek::SignatureError> {
        Ok(self.key.try_sign(text)?.to_vec())
    }
}

/// Checks checkpoints against the public keys of one log.
pub struct CheckpointVerifier {
    origin: String,
    keys: VerifierList,
}

impl CheckpointVerifier {
    /// A verifier for the log named `origin`. After a change of key the old ones stay listed,
    /// so that old checkpoints still verify.
    pub fn new<K: AsRef<str>>(origin: &str, public_keys: &[K]) -> Result<Self, CheckpointError> {
        let mut keys: Vec<Box<dyn signed_note::Verifier>> = Vec::new();
        for key in public_keys.iter().map(AsRef::as_ref) {
            let verifier = StandardVerifier::new(key)
                .map_err(|source| CheckpointError::Key { key: key.to_owned(), source })?;
            keys.push(Box::new(verifier));
        }
        Ok(Self { origin: origin.to_owned(), keys: VerifierList::new(keys) })
    }

    /// Whose checkpoints it checks.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What a note says, if it is a checkpoint of this log and a known key signed it.
    pub fn verify_note(&self, note: &[u8]) -> Result<TreeHead, CheckpointError> {
        let note = Note::from_bytes(note)?;
        note.verify(&self.keys)?;
        let checkpoint = tlog_tiles::Checkpoint::from_bytes(note.text())
            .map_err(|_| CheckpointError::Malformed)?;
        if checkpoint.origin() != self.origin {
            return Err(CheckpointError::OtherLog {
                expected: self.origin.clone(),
                found: checkpoint.origin().to_owned(),
            });
        }
        Ok(TreeHead { size: checkpoint.size(), root: *checkpoint.hash() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "frontdoor.example/log";

    fn signer(seed: u8) -> CheckpointSigner {
        CheckpointSigner::new(ORIGIN, &[seed; 32]).unwrap()
    }

    #[test]
    fn a_signed_checkpoint_verifies() {
        let head = TreeHead { size: 42, root: Hash([7; 32]) };
        let note = signer(1).sign(head.size, head.root).unwrap();

        let verifier = CheckpointVerifier::new(ORIGIN, &[signer(1).public_key()]).unwrap();
        assert_eq!(verifier.verify_note(&note).unwrap(), head);
        assert!(note.starts_with(b"frontdoor.example/log\n42\nBwcHBwcH"));
    }

    #[test]
    fn a_changed_unsigned_or_foreign_note_does_not_verify() {
        let verifier = CheckpointVerifier::new(ORIGIN, &[signer(1).public_key()]).unwrap();
        let note = String::from_utf8(signer(1).sign(42, Hash([7; 32])).unwrap()).unwrap();
        let forged = note.replacen("42", "43", 1);
        let by_another_key = signer(2).sign(42, Hash([7; 32])).unwrap();
        for bad in [forged.as_bytes(), &by_another_key, b"", b"\n\n", b"frontdoor.example/log\n"] {
            assert!(matches!(verifier.verify_note(bad), Err(CheckpointError::Signature(_))));
        }
    }

    #[test]
    fn a_key_may_not_speak_for_another_log() {
        let key = CheckpointSigner::new("other.example/log", &[1; 32]).unwrap();
        let note = key.sign(1, Hash([7; 32])).unwrap();
        let verifier = CheckpointVerifier::new(ORIGIN, &[key.public_key()]).unwrap();
        assert!(matches!(verifier.verify_note(&note), Err(CheckpointError::OtherLog { .. })));
    }

    #[test]
    fn an_old_key_still_verifies_old_checkpoints() {
        let keys = [signer(1).public_key(), signer(2).public_key()];
        let verifier = CheckpointVerifier::new(ORIGIN, &keys).unwrap();
        for seed in [1, 2] {
            let note = signer(seed).sign(42, Hash([7; 32])).unwrap();
            assert_eq!(verifier.verify_note(&note).unwrap().size, 42);
        }
    }

    #[test]
    fn an_origin_has_no_spaces() {
        for bad in ["", "a b", "a+b", "a\nb"] {
            let refused = CheckpointSigner::new(bad, &[1; 32]);
            assert!(matches!(refused, Err(CheckpointError::Origin { .. })), "{bad:?}");
        }
    }
}
