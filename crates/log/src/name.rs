//! The names of streams and cursors: plain enough to be a key, a file name and JSON unescaped.

use std::fmt;
use std::sync::Arc;

use crate::Invalid;

/// The longest name, in bytes.
pub const MAX_NAME_BYTES: usize = 120;

/// The name of a stream, such as `request-018f…`: 1 to 120 bytes of `a-z 0-9 . _ -`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(Arc<str>);

impl StreamName {
    /// Takes a name that keeps to the rules above.
    pub fn try_new(name: &str) -> Result<Self, Invalid> {
        checked("stream", name).map(Self)
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a reader that remembers how far it has come. Same rules as a [`StreamName`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CursorName(Arc<str>);

impl CursorName {
    /// Takes a name that keeps to the rules above.
    pub fn try_new(name: &str) -> Result<Self, Invalid> {
        checked("cursor", name).map(Self)
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CursorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn checked(kind: &'static str, name: &str) -> Result<Arc<str>, Invalid> {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-');
    if (1..=MAX_NAME_BYTES).contains(&name.len()) && name.bytes().all(plain) {
        Ok(name.into())
    } else {
        Err(Invalid::Name { kind, name: name.chars().take(MAX_NAME_BYTES).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_plain_and_short() {
        assert_eq!(
            StreamName::try_new("rota-north_2026.05").unwrap().as_str(),
            "rota-north_2026.05"
        );
        assert!(StreamName::try_new(&"x".repeat(MAX_NAME_BYTES)).is_ok());
        let long = "x".repeat(MAX_NAME_BYTES + 1);
        for bad in ["", "Request", "a b", "a/b", "a\"b", "é", "a\0", &long] {
            assert!(matches!(StreamName::try_new(bad), Err(Invalid::Name { .. })), "{bad:?}");
            assert!(matches!(CursorName::try_new(bad), Err(Invalid::Name { .. })), "{bad:?}");
        }
    }
}
