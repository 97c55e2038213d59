//! What a caller asks to append, and the answers it can get.

use std::collections::HashSet;
use std::fmt;

use uuid::Uuid;

use crate::{CursorName, Invalid, MAX_NAME_BYTES, Position, StreamName, Version};

/// The longest record, in bytes: an entry bundle of C2SP tlog-tiles says a length in two bytes.
pub const MAX_RECORD_BYTES: usize = 65_535;
/// The longest stamp in front of a body: its words, two numbers and a name, all of the longest.
const MAX_STAMP_BYTES: usize =
    r#"{"position":,"stream":"","version":,"#.len() + 20 + MAX_NAME_BYTES + 10;
/// The longest body, in bytes. An event is a few hundred; documents do not belong in the log.
pub const MAX_BODY_BYTES: usize = MAX_RECORD_BYTES - MAX_STAMP_BYTES;
/// The most bodies in one append.
pub const MAX_APPEND_RECORDS: usize = 1_000;
/// The most bytes of bodies in one append.
pub const MAX_APPEND_BYTES: usize = 1024 * 1024;

/// The caller's name for one attempt to change something; a retry carries the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(Uuid);

impl CommandId {
    /// The command known by `id`.
    #[must_use]
    pub const fn new(id: Uuid) -> Self {
        Self(id)
    }

    /// The id itself.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a record says: the bytes of one compact JSON object, `{"…":…}`, in UTF-8.
///
/// The log puts `position`, `stream` and `version` in front, so a body must not have members of
/// those names. It is otherwise not looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(Vec<u8>);

impl Body {
    /// Takes an object with at least one member, of at most [`MAX_BODY_BYTES`].
    pub fn try_new(json: impl Into<Vec<u8>>) -> Result<Self, Invalid> {
        let json = json.into();
        if json.len() > MAX_BODY_BYTES {
            return Err(Invalid::BodyTooLong { bytes: json.len() });
        }
        let object = json.starts_with(b"{\"") && json.ends_with(b"}");
        if object && std::str::from_utf8(&json).is_ok() {
            Ok(Self(json))
        } else {
            Err(Invalid::Body)
        }
    }

    /// The object without its opening brace: what follows the log's own members.
    pub(crate) fn members(&self) -> &[u8] {
        self.0.get(1..).unwrap_or_default()
    }
}

/// One command's changes, stored all or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Append {
    /// Appending the same command again stores nothing and returns the first receipt.
    pub command: CommandId,
    /// A hash of what was asked, kept with the receipt, so that a caller can tell a retry from
    /// another request under a used id.
    pub fingerprint: [u8; 32],
    /// The records, stream by stream; their positions follow this order.
    pub streams: Vec<StreamAppend>,
    /// For a reaction to records: where its cursor stood and where it stands now.
    pub cursor: Option<CursorMove>,
}

/// What one append adds to one stream. Without bodies it only insists on the version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamAppend {
    /// The stream; it begins to exist with its first record.
    pub stream: StreamName,
    /// The version that the caller decided upon.
    pub expected: Version,
    /// The records to add.
    pub bodies: Vec<Body>,
}

/// A compare-and-swap of a cursor. A cursor that was never moved is at [`Position::START`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorMove {
    /// Whose cursor.
    pub name: CursorName,
    /// Where the caller believes it is.
    pub from: Position,
    /// Where it shall be: further on, and not beyond the log's end after this append.
    pub to: Position,
}

impl Append {
    /// The rules that need no knowledge of the log.
    pub(crate) fn check(&self) -> Result<(), Invalid> {
        let bodies = || self.streams.iter().flat_map(|part| &part.bodies);
        let (records, bytes) = (bodies().count(), bodies().map(|body| body.0.len()).sum());
        if records == 0 && self.cursor.is_none() {
            return Err(Invalid::AppendEmpty);
        }
        if records > MAX_APPEND_RECORDS || bytes > MAX_APPEND_BYTES {
            return Err(Invalid::AppendTooLarge { records, bytes });
        }
        let mut seen = HashSet::new();
        for part in &self.streams {
            if !seen.insert(&part.stream) {
                return Err(Invalid::StreamTwice { stream: part.stream.clone() });
            }
        }
        match &self.cursor {
            Some(step) if step.to <= step.from => {
                Err(Invalid::CursorMove { from: step.from, to: step.to })
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// The log's word that a command was appended, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The command.
    pub command: CommandId,
    /// The fingerprint it came with.
    pub fingerprint: [u8; 32],
    /// Its first record. One past `last` when it only moved a cursor.
    pub first: Position,
    /// Its last record, or the end of the log when it only moved a cursor.
    pub last: Position,
}

/// The answer to an append that the log understood. Only `Appended` stored anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Stored, and on disk.
    Appended(Receipt),
    /// The command was appended before; this is the receipt it got then.
    Duplicate(Receipt),
    /// Somebody else wrote to a stream in the meantime.
    VersionConflict {
        /// The first such stream, in the append's order.
        stream: StreamName,
        /// The version that the caller decided upon.
        expected: Version,
        /// The version that the stream has.
        actual: Version,
    },
    /// Somebody else moved the cursor.
    CursorMoved {
        /// The cursor.
        name: CursorName,
        /// Where the caller believed it to be.
        expected: Position,
        /// Where it is.
        actual: Position,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_one_compact_object_with_a_member() {
        assert!(Body::try_new(r#"{"type":"request.received"}"#).is_ok());
        for bad in ["", "{}", "{ }", "[1]", "{1}", r#"{"a":1"#, r#"{"a":1}, "#, "\"{}\""] {
            assert_eq!(Body::try_new(bad), Err(Invalid::Body), "{bad:?}");
        }
        assert_eq!(Body::try_new(*b"{\"a\":\"\xff\"}"), Err(Invalid::Body));
    }

    #[test]
    fn a_body_has_a_longest_length() {
        let of = |bytes: usize| Body::try_new(format!(r#"{{"a":"{}"}}"#, "x".repeat(bytes - 8)));
        assert!(of(MAX_BODY_BYTES).is_ok());
        let bytes = MAX_BODY_BYTES + 1;
        assert_eq!(of(bytes), Err(Invalid::BodyTooLong { bytes }));
    }
}
