//! One thing that is wrong with a file, and where.

use crate::problem;
use serde::Serialize;
use std::fmt;

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// All of it.
    File,
    /// A line, counted from 1, the header included.
    Line(u64),
    /// A line and a column by its name.
    Cell(u64, String),
    /// A JSON pointer (RFC 6901).
    Pointer(String),
    /// An event of a calendar, by its UID.
    Event(String),
}

/// What is wrong with a file, in one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What to put right.
    pub detail: String,
}

impl Fault {
    pub(crate) fn new(place: Place, detail: impl Into<String>) -> Self {
        Self { place, detail: detail.into() }
    }

    pub(crate) fn file(detail: impl Into<String>) -> Self {
        Self::new(Place::File, detail)
    }

    /// The line it is in, if it is in one.
    #[must_use]
    pub const fn line(&self) -> Option<u64> {
        match self.place {
            Place::Line(line) | Place::Cell(line, _) => Some(line),
            Place::File | Place::Pointer(_) | Place::Event(_) => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::File => write!(f, "the file: {}", self.detail),
            Place::Line(line) => write!(f, "line {line}: {}", self.detail),
            Place::Cell(line, column) => write!(f, "line {line}, {column}: {}", self.detail),
            Place::Pointer(pointer) => write!(f, "{pointer}: {}", self.detail),
            Place::Event(uid) => write!(f, "event “{uid}”: {}", self.detail),
        }
    }
}

/// As the API says it: the place in a table is `/<line>/<column>`.
impl From<Fault> for problem::Fault {
    fn from(fault: Fault) -> Self {
        let pointer = match fault.place {
            Place::File => String::new(),
            Place::Line(line) => format!("/{line}"),
            Place::Cell(line, column) => format!("/{line}/{column}"),
            Place::Pointer(pointer) | Place::Event(pointer) => pointer,
        };
        Self { pointer, detail: fault.detail }
    }
}
