//! Schools from the national register: a CSV export of Get Information about Schools.
//!
//! ```text
//! bytes ─ file ─▶ rows ─ lives ─▶ schools with their URNs in order ─ plan ─▶ commands
//! ```
//!
//! A row that is broken is a fault with its line and column. All faults are found at once, and
//! nothing is carried out while there is one, unless the caller says that the rest may be.
//! Rows of one school stand or fall together: a school is never half imported.

mod cells;
mod file;
mod gias;
mod links;
mod lives;
mod plan;
mod row;
#[cfg(test)]
mod tests;

pub use plan::{Counts, SchoolChange, SchoolsPlan, What};

use super::Fault;
use domain::desk::Desk;
use domain::ids::Authority;

/// The files of one import.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The export of schools.
    pub schools: &'a [u8],
    /// The export of links between them, if there is one.
    pub links: Option<&'a [u8]>,
}

/// Reads the files and says what would change of the desk's schools. Rows of other authorities
/// are passed over. A file that cannot be read at all, or has faults while `skip_faulty` is
/// false, gives a plan without changes.
#[must_use]
pub fn plan(
    files: Files<'_>,
    authority: &Authority,
    skip_faulty: bool,
    desk: &Desk,
) -> SchoolsPlan {
    let mut faults = Vec::new();
    let links = files.links.map(|bytes| links::read(bytes, &mut faults)).unwrap_or_default();
    let read = file::read(files.schools, authority, &mut faults);
    let links_are_whole = faults.iter().all(|fault| fault.line().is_some());
    let (Some(read), true) = (read, links_are_whole) else { return SchoolsPlan::refused(faults) };
    let lives = lives::lives(read.rows, &links, &read.broken, &mut faults);
    let plan = plan::plan(lives, &links, read.counts, faults, desk);
    if plan.faults.is_empty() || skip_faulty { plan } else { SchoolsPlan::refused(plan.faults) }
}

/// A fault of the file as a whole, for a caller that has no authority to compare with.
#[must_use]
pub fn no_authority() -> Fault {
    Fault::file("whose schools? The council has no authority yet; name one")
}
