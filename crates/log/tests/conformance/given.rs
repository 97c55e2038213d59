//! Appends, in few words.

use std::sync::atomic::{AtomicU64, Ordering};

use frontdoor_log::{
    Append, Body, CommandId, CursorMove, CursorName, Log, Outcome, Position, Receipt, Record,
    StreamAppend, StreamName, Version,
};
use uuid::Uuid;

pub(crate) fn stream(name: &str) -> StreamName {
    StreamName::try_new(name).unwrap()
}

pub(crate) fn cursor(name: &str) -> CursorName {
    CursorName::try_new(name).unwrap()
}

pub(crate) fn body(text: &str) -> Body {
    Body::try_new(format!(r#"{{"text":"{text}"}}"#)).unwrap()
}

pub(crate) fn position(place: u64) -> Position {
    Position::new(place)
}

pub(crate) fn version(place: u32) -> Version {
    Version::new(place)
}

/// A new command that appends nothing yet.
pub(crate) fn command() -> Append {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    Append {
        command: CommandId::new(Uuid::from_u64_pair(0, id)),
        fingerprint: [7; 32],
        streams: Vec::new(),
        cursor: None,
    }
}

/// A command that appends one record per text.
pub(crate) fn append(name: &str, expected: u32, texts: &[&str]) -> Append {
    and(command(), name, expected, texts)
}

/// The same command, with records for another stream.
pub(crate) fn and(mut append: Append, name: &str, expected: u32, texts: &[&str]) -> Append {
    append.streams.push(StreamAppend {
        stream: stream(name),
        expected: version(expected),
        bodies: texts.iter().map(|text| body(text)).collect(),
    });
    append
}

/// The same command, with a cursor move.
pub(crate) fn moving(mut append: Append, name: &str, from: u64, to: u64) -> Append {
    let (from, to) = (position(from), position(to));
    append.cursor = Some(CursorMove { name: cursor(name), from, to });
    append
}

/// Appends what must be appended.
pub(crate) async fn appended(log: &dyn Log, append: Append) -> Receipt {
    let outcome = log.append(append).await.unwrap();
    let Outcome::Appended(receipt) = outcome else { panic!("not appended: {outcome:?}") };
    receipt
}

/// A log of `records` records in a few streams.
pub(crate) async fn filled(log: &dyn Log, records: u32) {
    for nth in 0..records {
        let name = format!("s{}", nth % 3);
        appended(log, append(&name, nth / 3, &[&format!("record {nth}")])).await;
    }
}

/// Everything in the log.
pub(crate) async fn all(log: &dyn Log) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    loop {
        let after = records.last().map_or(Position::START, |record| record.position);
        let more = log.read(after, usize::MAX).await.unwrap();
        if more.is_empty() {
            return records;
        }
        records.extend(more);
    }
}

/// The bytes of a record as text.
pub(crate) fn text(record: &Record) -> &str {
    std::str::from_utf8(&record.bytes).unwrap()
}
