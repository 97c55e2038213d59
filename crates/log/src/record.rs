//! A record: what the caller said, stamped with where the log keeps it.

use std::sync::Arc;

use crate::append::Body;
use crate::{Position, StreamName, Version};

/// One record as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its place in the log.
    pub position: Position,
    /// The stream it belongs to.
    pub stream: StreamName,
    /// Its place in the stream.
    pub version: Version,
    /// One JSON object, `{"position":N,"stream":"…","version":V,` and then the body's members.
    /// These bytes, exactly, are the leaf of the Merkle tree.
    pub bytes: Arc<[u8]>,
}

impl Record {
    /// Puts the log's members in front of the body's.
    pub(crate) fn stamp(
        position: Position,
        stream: StreamName,
        version: Version,
        body: &Body,
    ) -> Self {
        let bytes = [prefix(position, &stream, version).as_bytes(), body.members()].concat();
        Self { position, stream, version, bytes: bytes.into() }
    }

    /// Reads where a record says it belongs. `None` when it has no proper stamp.
    pub(crate) fn from_bytes(bytes: Arc<[u8]>) -> Option<Self> {
        let (position, stream, version) = stamp_of(&bytes)?;
        Some(Self { position, stream, version, bytes })
    }
}

fn prefix(position: Position, stream: &StreamName, version: Version) -> String {
    format!(r#"{{"position":{position},"stream":"{stream}","version":{version},"#)
}

fn stamp_of(bytes: &[u8]) -> Option<(Position, StreamName, Version)> {
    // Three numbers and a bounded name: longer than this is no stamp.
    let start = bytes.get(..bytes.len().min(256))?;
    let text = start.utf8_chunks().next()?.valid();
    let (position, rest) = text.strip_prefix(r#"{"position":"#)?.split_once(r#","stream":""#)?;
    let (stream, rest) = rest.split_once(r#"","version":"#)?;
    let (version, _) = rest.split_once(',')?;

    let position = Position::new(position.parse().ok()?);
    let stream = StreamName::try_new(stream).ok()?;
    let version = Version::new(version.parse().ok()?);
    // Only one spelling counts: `+7` and `007` also parse.
    text.starts_with(&prefix(position, &stream, version)).then_some((position, stream, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_comes_first_and_reads_back() {
        let body = Body::try_new(r#"{"type":"request.received","data":{"é":1}}"#).unwrap();
        let stream = StreamName::try_new("request-1").unwrap();
        let record = Record::stamp(Position::new(7), stream, Version::new(2), &body);

        assert_eq!(
            std::str::from_utf8(&record.bytes).unwrap(),
            r#"{"position":7,"stream":"request-1","version":2,"type":"request.received","data":{"é":1}}"#
        );
        assert_eq!(Record::from_bytes(record.bytes.clone()), Some(record));
    }

    #[test]
    fn a_stamp_has_one_spelling() {
        for bad in [
            r#"{"type":"x"}"#,
            r#"{"position":+7,"stream":"s","version":2,"type":"x"}"#,
            r#"{"position":07,"stream":"s","version":2,"type":"x"}"#,
            r#"{"position":7,"stream":"S","version":2,"type":"x"}"#,
            r#"{"position":7,"stream":"s","version":2}"#,
            r#"{"position":7,"version":2,"stream":"s","type":"x"}"#,
            "",
        ] {
            assert_eq!(Record::from_bytes(bad.as_bytes().into()), None, "{bad}");
        }
    }
}
