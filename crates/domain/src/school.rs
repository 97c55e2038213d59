//! Schools, as the directory knows them.

use crate::codes::{Phase, SchoolKind};
use crate::ids::Urn;
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
}
