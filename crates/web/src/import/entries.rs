//! What an import of a short list would change: a service, a bank holiday.

use super::{Fault, FieldChange};
use domain::desk::DeskCommand;
use serde::Serialize;

/// What an import of a list would do.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EntriesPlan {
    /// Every entry that would change.
    pub changes: Vec<EntryChange>,
    /// Entries that are as they were.
    pub unchanged: usize,
    /// Everything that is wrong with the file; then nothing would change.
    pub faults: Vec<Fault>,
    /// The commands that do it, all in one append.
    #[serde(skip)]
    pub commands: Vec<DeskCommand>,
}

/// One entry that would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryChange {
    /// A service's slug, a holiday's date.
    pub entry: String,
    /// Its name.
    pub name: String,
    /// What would become of it.
    pub became: Became,
    /// Which fields of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
}

/// What would become of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It is new.
    Added,
    /// Some of it is otherwise.
    Changed,
    /// It is there no longer.
    Removed,
}

impl EntriesPlan {
    /// Nothing would change, because of these faults.
    pub(super) fn refused(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::default() }
    }
}
