//! What commands answer, on standard output.

use serde::Serialize;
use std::fmt::Display;
use std::io::{ErrorKind, Write as _};

/// A line for people.
pub(crate) fn say(text: impl Display) -> anyhow::Result<()> {
    match writeln!(std::io::stdout().lock(), "{text}") {
        // Whoever was reading has seen enough, as `head` has.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// The same for programs.
pub(crate) fn say_json(answer: &impl Serialize) -> anyhow::Result<()> {
    say(serde_json::to_string_pretty(answer)?)
}
