//! What a file of read models must have been made by to be used: this schema, this fold,
//! these events. Anything else is rebuilt.

use domain::event::Event;
use std::fmt::Write;

/// The tables and indexes.
pub(crate) const SCHEMA: &str = include_str!("schema.sql");

/// Counts up when the fold puts other things into the same columns.
const FOLD: u32 = 3;

/// Everything that rows depend on besides the log. An event that an older program did not
/// know was passed over by it, so the events known are part of it.
pub(crate) fn made_by() -> String {
    let mut made_by = format!("fold {FOLD}\n{SCHEMA}");
    for (name, schema) in Event::NAMES {
        // Writing to a string does not fail.
        let _ = writeln!(made_by, "{name} @ {schema}");
    }
    made_by
}
