//! The file of keys: JSON Lines, every key wrapped by the master key.
//!
//! ```json
//! {"frontdoor_keys":1,"fingerprint":"<wrapped key>"}
//! {"subject":"…","key":"…","wrapped":"<wrapped key>"}
//! {"subject":"…","key":"…","wrapped":null}
//! ```
//!
//! The first line also tells whether a master key is the right one. A line without a wrapped
//! key is a tombstone. Each key is bound to its subject and id, so lines cannot be swapped. A
//! last line without a newline was never acknowledged and does not count.

use std::{collections::BTreeSet, io, path::Path};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    cipher::{Ciphertext, Key},
    error::Error,
    master::MasterKey,
    ring::{Ring, Slot, Slots},
    subject::{KeyId, Subject},
};

const FORMAT: u32 = 1;
const FINGERPRINT_CONTEXT: &[u8] = b"fingerprint key";
/// A little more than any line takes, so that buffers of lines need not grow.
const LINE_BYTES: usize = 256;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    frontdoor_keys: u32,
    fingerprint: Ciphertext,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    subject: Subject,
    key: Option<KeyId>,
    /// Spelt out even when null: a line that merely lost its key is damaged, not a tombstone.
    #[serde(deserialize_with = "Option::deserialize")]
    wrapped: Option<Ciphertext>,
}

/// The whole file, as it replaces the old one or starts a new one.
pub(crate) fn whole<'a>(
    master: &MasterKey,
    fingerprint: &Key,
    slots: impl Iterator<Item = (&'a Subject, &'a Slot)>,
) -> io::Result<Vec<u8>> {
    let wrapped = master.key().seal(FINGERPRINT_CONTEXT, fingerprint.as_bytes());
    let header = Header { frontdoor_keys: FORMAT, fingerprint: wrapped.map_err(io::Error::other)? };
    let mut text = Vec::with_capacity(LINE_BYTES * (1 + slots.size_hint().0));
    push_line(&mut text, &header)?;
    text.append(&mut lines(master, slots)?);
    Ok(text)
}

/// The lines of some subjects, as they are appended to the file.
pub(crate) fn lines<'a>(
    master: &MasterKey,
    slots: impl Iterator<Item = (&'a Subject, &'a Slot)>,
) -> io::Result<Vec<u8>> {
    let mut text = Vec::with_capacity(LINE_BYTES * slots.size_hint().0);
    for (&subject, slot) in slots {
        let line = match slot {
            Slot::Live { id, key } => {
                let wrapped = master.key().seal(&context(subject, *id), key.as_bytes());
                Line { subject, key: Some(*id), wrapped: Some(wrapped.map_err(io::Error::other)?) }
            }
            Slot::Shredded { id } => Line { subject, key: *id, wrapped: None },
        };
        push_line(&mut text, &line)?;
    }
    Ok(text)
}

/// Reads a file of keys. Also answers how many of its bytes count: the rest is a torn line.
pub(crate) fn read(path: &Path, text: &[u8], master: MasterKey) -> Result<(Ring, usize), Error> {
    let whole_bytes = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    let mut lines = (1..).zip(text[..whole_bytes].split_inclusive(|byte| *byte == b'\n'));

    let (number, header) = lines.next().unwrap_or((1, b""));
    let header: Header = parse(path, number, header)?;
    if header.frontdoor_keys != FORMAT {
        let what = format!("its format {} is unknown", header.frontdoor_keys);
        return Err(damaged(path, number, &what));
    }
    let fingerprint = unwrap(&master, FINGERPRINT_CONTEXT, &header.fingerprint)
        .ok_or_else(|| Error::WrongMaster { path: path.to_owned() })?;

    let mut slots = Slots::new();
    for (number, line) in lines {
        let line: Line = parse(path, number, line)?;
        let subject = line.subject;
        let slot = slot_of(&master, line).map_err(|what| damaged(path, number, what))?;
        if slots.insert(subject, slot).is_some() {
            return Err(damaged(path, number, &format!("{subject} is there twice")));
        }
    }
    Ok((Ring { master, fingerprint, slots }, whole_bytes))
}

/// Which of these subjects have a key in a directory of keys that is not open. It takes no master
/// key to see that, and none to prove of an erased child that there is no key. Blocks while it
/// reads.
pub fn live_among(dir: &Path, subjects: &BTreeSet<Subject>) -> Result<Vec<Subject>, Error> {
    let path = dir.join("keys.jsonl");
    let text = match std::fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        read => read.map_err(Error::io("read", &path))?,
    };
    let whole = text.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let mut alive = Vec::new();
    for (number, line) in (1..).zip(whole).skip(1) {
        let line: Line = parse(&path, number, line)?;
        if line.wrapped.is_some() && subjects.contains(&line.subject) {
            alive.push(line.subject);
        }
    }
    Ok(alive)
}

fn parse<T: DeserializeOwned>(path: &Path, number: u64, line: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(line.trim_ascii_end())
        .map_err(|error| Error::malformed(path, number, &error))
}

fn damaged(path: &Path, line: u64, what: &str) -> Error {
    Error::Malformed { path: path.to_owned(), line, what: what.to_owned() }
}

fn slot_of(master: &MasterKey, line: Line) -> Result<Slot, &'static str> {
    match (line.key, line.wrapped) {
        (id, None) => Ok(Slot::Shredded { id }),
        (None, Some(_)) => Err("a key without its id"),
        (Some(id), Some(wrapped)) => unwrap(master, &context(line.subject, id), &wrapped)
            .map(|key| Slot::Live { id, key })
            .ok_or("the key was altered or belongs to another subject"),
    }
}

fn unwrap(master: &MasterKey, context: &[u8], wrapped: &Ciphertext) -> Option<Key> {
    master.key().open(context, wrapped).ok().and_then(|bytes| Key::from_bytes(&bytes))
}

fn context(subject: Subject, id: KeyId) -> [u8; 32] {
    let mut context = [0; 32];
    context[..16].copy_from_slice(subject.as_uuid().as_bytes());
    context[16..].copy_from_slice(id.as_uuid().as_bytes());
    context
}

fn push_line(text: &mut Vec<u8>, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *text, line)?;
    text.push(b'\n');
    Ok(())
}
