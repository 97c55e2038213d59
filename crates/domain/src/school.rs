//! Schools, as the directory knows them.
//!
//! A school lives longer than its number: an academy conversion gives it another URN, and it
//! stays the school that asked last year. So it has an id of its own; which URN was its on
//! which day, and whether it has closed, stands in its [`History`].

mod history;

pub use history::{Closed, ClosureReason, DatedUrn, History};

use crate::codes::{Phase, SchoolKind};
use crate::ids::{Authority, EstablishmentNumber, Urn};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A school that may ask for support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    /// Its present unique reference number.
    pub urn: Urn,
    /// Its name.
    pub name: String,
    /// Its phase of education.
    pub phase: Phase,
    /// How it is run.
    pub kind: SchoolKind,
    /// The district it lies in.
    pub district: String,
    /// Pupils on roll.
    pub pupils: u32,
    /// What the national register says besides.
    #[serde(default, skip_serializing_if = "Register::is_empty")]
    pub register: Register,
}

/// What the national register (Get Information about Schools) says of a school besides what
/// decisions need. Published, and about nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// The authority in whose area it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,
    /// Its number within that authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub establishment: Option<EstablishmentNumber>,
    /// The type of establishment in the register's words, `Academy converter`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// The school's own postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// The lowest age, in years, for which it has places by law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowest_age: Option<u8>,
    /// The highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest_age: Option<u8>,
    /// The day on which it opened under its present URN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_on: Option<Date>,
}

/// How many schools an import came to, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFigures {
    /// Schools that the directory did not have.
    pub added: u32,
    /// Schools of which an entry changed.
    pub changed: u32,
    /// Schools that got another URN.
    pub converted: u32,
    /// Schools that ended.
    pub closed: u32,
    /// Schools that had ended, and are open.
    pub reopened: u32,
    /// Schools that stayed as they were.
    pub unchanged: u32,
}

impl Register {
    /// Whether it says nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
