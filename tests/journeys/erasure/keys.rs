//! The keys themselves, unwrapped without the vault's code: so that their bytes can be looked
//! for, too.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde_json::Value;
use std::fs;
use std::path::Path;
use uuid::Uuid;

/// Nonces come first in what is sealed.
const NONCE_BYTES: usize = 24;

/// A subject's key, as it is kept and as it is.
pub(super) struct Unwrapped {
    pub(super) wrapped: String,
    pub(super) raw: Vec<u8>,
}

/// Every live key of a data directory whose subject or id one of these words is part of.
pub(super) fn keys_of(data: &Path, subjects: &[String]) -> Vec<Unwrapped> {
    let master = fs::read_to_string(data.join("keys/master.key")).expect("a master key");
    let master = STANDARD.decode(master.trim()).expect("a master key in base 64");
    let cipher = XChaCha20Poly1305::new_from_slice(&master).expect("a key of 32 bytes");
    let keys = fs::read_to_string(data.join("keys/keys.jsonl")).expect("a file of keys");
    let of_theirs = |line: &&str| subjects.iter().any(|subject| line.contains(subject));
    keys.lines().filter(of_theirs).map(|line| unwrap(&cipher, line)).collect()
}

fn unwrap(cipher: &XChaCha20Poly1305, line: &str) -> Unwrapped {
    let line: Value = serde_json::from_str(line).expect("a line of JSON");
    let id = |name: &str| -> Uuid {
        let text = line[name].as_str().expect("an id");
        let plain = text.rsplit([':', '_']).next().expect("an id");
        plain.parse().expect("a UUID")
    };
    let context = [*id("subject").as_bytes(), *id("key").as_bytes()].concat();
    let wrapped = line["wrapped"].as_str().expect("a wrapped key").to_owned();
    let bytes = STANDARD.decode(&wrapped).expect("base 64");
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().expect("a nonce");
    let payload = Payload { msg: sealed, aad: &context };
    let raw = cipher.decrypt(&XNonce::from(*nonce), payload).expect("the master key opens it");
    Unwrapped { wrapped, raw }
}
