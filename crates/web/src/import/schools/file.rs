//! The export of schools: which rows are ours, and what is wrong with them.

use super::cells::{Cells, Table};
use super::plan::Counts;
use super::row::{self, Kept, Row};
use crate::import::Fault;
use crate::import::text;
use domain::ids::{Authority, EstablishmentNumber, Urn};
use std::collections::{BTreeMap, BTreeSet};

/// Without these columns nothing can be said of a school.
const REQUIRED: [&str; 6] = [
    "URN",
    "LA (code)",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (name)",
    "PhaseOfEducation (name)",
];

/// What was read.
pub(super) struct Read {
    pub(super) rows: Vec<Row>,
    pub(super) broken: Broken,
    pub(super) counts: Counts,
}

/// What can still be said of rows that cannot be read: what else belongs to them.
#[derive(Debug, Default)]
pub(super) struct Broken {
    pub(super) urns: BTreeSet<Urn>,
    pub(super) establishments: BTreeSet<EstablishmentNumber>,
}

/// Reads an export. `None`: it is no export of schools at all.
pub(super) fn read(bytes: &[u8], ours: &Authority, faults: &mut Vec<Fault>) -> Option<Read> {
    let text = text::decode(bytes).map_err(|fault| faults.push(fault)).ok()?;
    let table = Table::of(&text, &REQUIRED, faults)?;
    let mut read = Read { rows: Vec::new(), broken: Broken::default(), counts: Counts::default() };
    let mut first_lines = BTreeMap::new();
    table.each(faults, |cells, faults| read.take(&cells, ours, &mut first_lines, faults));
    let twice = std::mem::take(&mut read.broken.urns);
    read.rows.retain(|row| !twice.contains(&row.urn));
    read.broken.urns = twice;
    Some(read)
}

impl Read {
    fn take(
        &mut self,
        cells: &Cells<'_>,
        ours: &Authority,
        first_lines: &mut BTreeMap<Urn, u64>,
        faults: &mut Vec<Fault>,
    ) {
        let on_this_line = |fault: &Fault| fault.line() == Some(cells.line);
        let before = faults.len();
        let authority =
            cells.required::<Authority>("LA (code)", "a number of three digits", faults);
        if authority.is_some_and(|authority| authority != *ours) {
            // What is wrong with another authority's row is theirs to put right.
            while faults.pop_if(|fault| on_this_line(fault)).is_some() {}
            self.counts.of_other_authorities += 1;
            return;
        }
        let urn = cells.required::<Urn>("URN", "a URN of six digits", faults);
        if let Some(urn) = &urn
            && let Some(line) = first_lines.insert(urn.clone(), cells.line)
        {
            cells.say("URN", format!("{urn} stands on line {line} too"), faults);
        }
        let kept = urn.clone().and_then(|urn| row::read(cells, urn, faults));
        if !cells.is_whole {
            // That cells are missing has been said; which, nobody can know.
            faults.truncate(before);
        }
        if !cells.is_whole || faults.last().is_some_and(on_this_line) {
            self.broken.urns.extend(urn);
            let number = cells.raw("EstablishmentNumber").and_then(|cell| cell.parse().ok());
            self.broken.establishments.extend(number);
            return;
        }
        match kept {
            Some(Kept::School(row)) => self.rows.push(*row),
            Some(Kept::NotASchool) => self.counts.not_schools += 1,
            Some(Kept::NotYet) => self.counts.not_open_yet += 1,
            None => {}
        }
    }
}
