//! Where in the record each account and each subject stands, so that a question about one of
//! them reads its own lines and not the whole file.
//!
//! In memory, built while the chain is checked at opening, and kept up by the writer: 8 bytes
//! for every line, and 8 more for the account and for each subject of it. It is not bounded
//! otherwise, since a question about an old access must be answered like one about a new one:
//! a county's year (1,200 requests, each on a hundred pages of fifty) is some 50 MB at worst.

use std::collections::{BTreeSet, HashMap};

use super::{Access, Subjects};
use crate::subject::Subject;

/// Which accesses are wanted, the newest first. The default wants every one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// To any of these subjects, or to everybody; empty: to whomever.
    pub subjects: Vec<Subject>,
    /// By this account.
    pub who: Option<String>,
    /// Before this entry: where the last page ended.
    pub before: Option<u64>,
}

/// What is to be done about an access that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It belongs to the answer.
    Take,
    /// It does not.
    Skip,
    /// Neither it nor any older one does.
    Stop,
}

/// Where lines begin, and which are whose.
#[derive(Debug, Default)]
pub(super) struct Index {
    starts: Vec<u64>,
    end_bytes: u64,
    by_account: HashMap<String, Vec<u64>>,
    by_subject: HashMap<Subject, Vec<u64>>,
    to_everybody: Vec<u64>,
}

impl Index {
    /// A line of so many bytes, its newline among them, was added at the end.
    pub(super) fn add(&mut self, bytes: usize, who: &str, subjects: &Subjects) {
        self.starts.push(self.end_bytes);
        self.end_bytes += u64::try_from(bytes).unwrap_or(u64::MAX);
        let number = self.entries();
        match self.by_account.get_mut(who) {
            Some(numbers) => numbers.push(number),
            None => drop(self.by_account.insert(who.to_owned(), vec![number])),
        }
        match subjects {
            Subjects::All => self.to_everybody.push(number),
            Subjects::These(subjects) => {
                for subject in subjects.iter().collect::<BTreeSet<_>>() {
                    self.by_subject.entry(*subject).or_default().push(number);
                }
            }
        }
    }

    /// The same for an access that was read.
    pub(super) fn add_read(&mut self, bytes: usize, access: &Access) {
        self.add(bytes, &access.who, &access.subjects);
    }

    pub(super) fn entries(&self) -> u64 {
        u64::try_from(self.starts.len()).unwrap_or(u64::MAX)
    }

    /// The bytes from the line before this one, if there is one, to this one's end.
    pub(super) fn place(&self, number: u64) -> Option<Place> {
        let at = usize::try_from(number.checked_sub(1)?).ok()?;
        let start = *self.starts.get(at)?;
        let end = self.starts.get(at + 1).copied().unwrap_or(self.end_bytes);
        let before = at.checked_sub(1).and_then(|before| self.starts.get(before)).copied();
        Some(Place { before, start, end })
    }

    /// The numbers of the entries that are sought, the newest first.
    pub(super) fn numbers(&self, sought: &Sought) -> Vec<u64> {
        let wanted = |number: &u64| sought.before.is_none_or(|before| *number < before);
        let by_account = |who: &String| self.by_account.get(who).map_or(&[][..], Vec::as_slice);
        let theirs = sought.who.as_ref().map(by_account);
        if sought.subjects.is_empty() {
            return match theirs {
                Some(numbers) => numbers.iter().rev().copied().filter(wanted).collect(),
                None => (1..=self.entries()).rev().filter(wanted).collect(),
            };
        }
        let of_subjects = sought.subjects.iter().filter_map(|subject| self.by_subject.get(subject));
        let numbers: BTreeSet<u64> =
            of_subjects.flatten().chain(&self.to_everybody).copied().filter(wanted).collect();
        let by_them = |number: &u64| theirs.is_none_or(|own| own.binary_search(number).is_ok());
        numbers.into_iter().rev().filter(by_them).collect()
    }
}

/// Where a line stands in the file, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The beginning of the line before, whose hash this one follows from.
    pub(super) before: Option<u64>,
    pub(super) start: u64,
    pub(super) end: u64,
}
