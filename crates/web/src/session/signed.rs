//! Text that only we can have written: with a keyed hash, under a key of the vault that every
//! node has. What is signed for one purpose is nothing for another.

use engine::Engine;
use std::fmt::Write as _;
use subtle::ConstantTimeEq;

/// The text, and the hash over it.
pub(crate) fn sign(engine: &Engine, purpose: &str, text: &str) -> String {
    format!("{text}.{}", hash(engine, purpose, text))
}

/// The text, if the hash over it is right. Compared in constant time.
pub(crate) fn verify<'a>(engine: &Engine, purpose: &str, signed: &'a str) -> Option<&'a str> {
    let (text, shown) = signed.rsplit_once('.')?;
    let right = hash(engine, purpose, text);
    let same: bool = right.as_bytes().ct_eq(shown.as_bytes()).into();
    same.then_some(text)
}

/// A keyed hash (HMAC-SHA256), in hexadecimal. No command begins like this, so that nothing
/// whose hash somebody else could learn is ever hashed alike.
pub(crate) fn hash(engine: &Engine, purpose: &str, text: &str) -> String {
    let bytes = engine.fingerprint(format!("sign-in\0{purpose}\0{text}").as_bytes());
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _written = write!(hex, "{byte:02x}");
        hex
    })
}
