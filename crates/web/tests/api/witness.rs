//! Somebody elsewhere who signs checkpoints that they have seen: C2SP tlog-cosignature.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};

pub(crate) struct Witness {
    name: String,
    key: SigningKey,
}

impl Witness {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), key: SigningKey::from_bytes(&[9; 32]) }
    }

    fn typed_key(&self) -> Vec<u8> {
        [&[4][..], self.key.verifying_key().as_bytes()].concat()
    }

    fn id(&self) -> u32 {
        let named = [self.name.as_bytes(), b"\n", &self.typed_key()].concat();
        u32::from_be_bytes(Sha256::digest(named)[..4].try_into().unwrap())
    }

    pub(crate) fn public_key(&self) -> String {
        let key = BASE64_STANDARD.encode(self.typed_key());
        format!("{}+{:08x}+{key}", self.name, self.id())
    }

    /// The signature line under a note.
    pub(crate) fn cosign(&self, note: &str, at_seconds: u64) -> String {
        let (text, _) = note.split_once("\n\n").unwrap();
        let message = format!("cosignature/v1\ntime {at_seconds}\n{text}\n");
        let signed = self.key.sign(message.as_bytes()).to_bytes();
        let blob = [&self.id().to_be_bytes()[..], &at_seconds.to_be_bytes(), &signed].concat();
        format!("— {} {}\n", self.name, BASE64_STANDARD.encode(blob))
    }
}
