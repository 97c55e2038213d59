//! What is kept beside the log and chained line by line: the record of accesses and the ledger of
//! erasures. Neither is in the tree, so each is checked by itself, and the ledger against the log
//! and the keys.
//!
//! An erasure is written in this order: the ledger, the keys, the log. So the log never says more
//! than the ledger, nor that somebody was erased whose key is there: either is damage. The ledger
//! alone may know of an erasure, after a crash or a restore: then it is outstanding, and whatever
//! opens the data next ends it.

use super::history::History;
use crate::storage::Place;
use log::{Hash, TreeHead};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use uuid::Uuid;
use vault::{Chained, Erased, Erasures, Error, Head, Journal, Subject};

/// What was found beside the log, all of it sound.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Beside {
    pub(super) accesses: ChainShown,
    pub(super) erasures: ChainShown,
    /// Who stands in the ledger and not yet in the log.
    pub(super) outstanding_erasures: Vec<Uuid>,
}

/// A file of chained lines.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct ChainShown {
    /// How many lines it has.
    pub(super) lines: u64,
    /// The hash of the last one, and through it of all, in base 64. Kept elsewhere, it shows
    /// later whether the end was cut off.
    pub(super) chain: String,
    /// How many bytes follow the last whole line: what a crash left of one, which was never
    /// answered for, or what somebody left of one who cut it.
    pub(super) torn_bytes: u64,
}

/// The first thing that is not as it was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The file.
    pub(super) file: String,
    /// The line, from 1, if it is one of them.
    pub(super) line: Option<u64>,
    pub(super) what: String,
}

/// Checks all of it; `noted` is how far the record of accesses had come when somebody wrote it
/// down. An error when it could not be looked at.
pub(super) fn check(
    place: &Place,
    history: &History,
    noted: &[TreeHead],
) -> anyhow::Result<Result<Beside, Fault>> {
    let accesses = match accesses(&place.accesses(), noted)? {
        Ok(accesses) => accesses,
        Err(fault) => return Ok(Err(fault)),
    };
    let (chained, lines) = match found(&place.erasures(), Erasures::check(&place.erasures()))? {
        Ok(found) => found,
        Err(fault) => return Ok(Err(fault)),
    };
    // A copy that lies on a disk that is away is not looked at; one that is there is no other.
    for copy in place.erasure_ledger_copy.iter().filter(|copy| copy.exists()) {
        if let Err(fault) = found(copy, Erasures::check(copy))? {
            return Ok(Err(fault));
        }
    }
    Ok(match erasures(place, history, &lines)? {
        Some(fault) => Err(fault),
        None => Ok(Beside {
            accesses,
            erasures: chained.into(),
            outstanding_erasures: outstanding(history, &lines),
        }),
    })
}

fn accesses(file: &Path, noted: &[TreeHead]) -> anyhow::Result<Result<ChainShown, Fault>> {
    let mut others: Vec<&TreeHead> = noted.iter().filter(|head| head.size > 0).collect();
    let same = |head: &TreeHead, at: Head| head.size == at.entries && head.root == Hash(at.chain);
    let checked = Journal::check(file, |at| others.retain(|head| !same(head, at)));
    Ok(found(file, checked)?.and_then(|chained| match others.first() {
        None => Ok(chained.into()),
        Some(head) => Err(Fault {
            file: file.display().to_string(),
            line: Some(head.size.min(chained.head.entries.saturating_add(1))),
            what: format!("{} lines with another hash were written down", head.size),
        }),
    }))
}

/// The ledger against the log and the keys: the first line, or position, that disagrees.
fn erasures(place: &Place, history: &History, lines: &[Erased]) -> anyhow::Result<Option<Fault>> {
    let named: BTreeSet<Uuid> = lines.iter().flat_map(|line| line.children.clone()).collect();
    let ledger = || place.erasures().display().to_string();
    let missing = history.erased.iter().filter(|(child, _)| !named.contains(child));
    if let Some((child, position)) = missing.min_by_key(|(_, position)| **position) {
        let what = format!(
            "the log says at position {position} that {child} was erased, and no line does: lines \
             were cut off or taken out"
        );
        return Ok(Some(Fault { file: ledger(), line: None, what }));
    }
    let told = |line: &Erased| line.children.iter().any(|it| history.erased.contains_key(it));
    let gone = lines.iter().filter(|line| told(line)).flat_map(Erased::subjects).collect();
    let live = match found(&place.keys(), vault::live_among(&place.keys(), &gone))? {
        Ok(live) => live,
        Err(fault) => return Ok(Some(fault)),
    };
    Ok(live.first().map(|subject| Fault {
        file: ledger(),
        line: line_of(lines, *subject),
        what: format!(
            "the key of {subject} is there, though the log says that it was destroyed; any command \
             that opens the keys destroys it again"
        ),
    }))
}

fn line_of(lines: &[Erased], subject: Subject) -> Option<u64> {
    (1..).zip(lines).find(|(_, line)| line.subjects().any(|it| it == subject)).map(|(at, _)| at)
}

/// Whom the log has heard of and not that they were erased.
fn outstanding(history: &History, lines: &[Erased]) -> Vec<Uuid> {
    let children = lines.iter().flat_map(|line| line.children.iter().copied());
    let children: BTreeSet<Uuid> = children.collect();
    let unsaid = |it: &Uuid| history.children.contains(it) && !history.erased.contains_key(it);
    children.into_iter().filter(unsaid).collect()
}

/// Tells what is not as it was written from what could not be looked at.
fn found<T>(file: &Path, checked: Result<T, Error>) -> anyhow::Result<Result<T, Fault>> {
    let fault = |line, what: &str| {
        Ok(Err(Fault { file: file.display().to_string(), line, what: what.to_owned() }))
    };
    match checked {
        Ok(found) => Ok(Ok(found)),
        Err(Error::Altered { line, .. }) => {
            fault(Some(line), "it was altered, or a line before it was taken out")
        }
        Err(Error::Malformed { line, what, .. }) => fault(Some(line), &what),
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            fault(None, "it is missing")
        }
        Err(error) => Err(error.into()),
    }
}

impl From<Chained> for ChainShown {
    fn from(Chained { head, torn_bytes }: Chained) -> Self {
        Self { lines: head.entries, chain: Hash(head.chain).to_string(), torn_bytes }
    }
}

impl Beside {
    /// In words.
    pub(super) fn says(&self) -> String {
        let Self { accesses, erasures, outstanding_erasures } = self;
        let mut says = vec![
            format!(
                "Accesses on record: {}; erasures in the ledger: {}; both chains hold.",
                accesses.lines, erasures.lines
            ),
            format!("Chain of accesses: {}:{}", accesses.lines, accesses.chain),
        ];
        for (what, chain) in [("record of accesses", accesses), ("ledger", erasures)] {
            if chain.torn_bytes > 0 {
                says.push(format!(
                    "Line {} of the {what} is half there: a crash leaves such, or a cut. It counts \
                     for nothing.",
                    chain.lines.saturating_add(1)
                ));
            }
        }
        if !outstanding_erasures.is_empty() {
            says.push(format!(
                "Erasures that the log is still to be told of: {}. Whatever opens the data next \
                 does that.",
                outstanding_erasures.len()
            ));
        }
        says.join("\n")
    }
}
