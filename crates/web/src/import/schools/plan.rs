//! What would change: each school as the register has it, beside the school as the desk has it.
//!
//! The commands are tried on a copy of the desk while they are planned, so what is shown is
//! what will be done, and what the rules refuse is a fault of the file with its line.

use super::gias;
use super::links::Links;
use super::lives::Life;
use super::row::Row;
use crate::import::difference::{self, FieldChange};
use crate::import::{Fault, Place};
use domain::desk::{Desk, DeskCommand};
use domain::ids::{SchoolId, Urn};
use domain::school::{Closed, ClosureReason, ImportFigures};
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Builder;

/// What an import of schools would do.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SchoolsPlan {
    /// How many rows came to what.
    pub counts: Counts,
    /// Every school that would change.
    pub changes: Vec<SchoolChange>,
    /// Everything that is wrong with the file.
    pub faults: Vec<Fault>,
}

/// How many rows, or schools, came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Schools that the directory did not have.
    pub added: usize,
    /// Schools of the directory of which something else changed.
    pub changed: usize,
    /// Schools that got another URN.
    pub converted: usize,
    /// Schools that ended.
    pub closed: usize,
    /// Schools that had ended, and are open.
    pub reopened: usize,
    /// Schools that are as they were.
    pub unchanged: usize,
    /// Rows of other authorities.
    pub of_other_authorities: usize,
    /// Rows of establishments that ask no council for support.
    pub not_schools: usize,
    /// Rows of schools that are proposed only, or came to nothing.
    pub not_open_yet: usize,
    /// Schools that had closed before they were ever in the directory.
    pub closed_before: usize,
    /// Open schools of the directory of which the file says nothing. They stay as they are.
    pub not_in_file: usize,
}

/// One school that would change.
#[derive(Clone, Debug, Serialize)]
pub struct SchoolChange {
    /// The line of its present URN.
    pub line: u64,
    /// Its present URN.
    pub urn: Urn,
    /// Its name.
    pub name: String,
    /// What would become of it, in order.
    pub what: Vec<What>,
    /// The commands that do it.
    #[serde(skip)]
    pub commands: Vec<DeskCommand>,
}

/// Something that would become of a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added,
    /// It has another URN.
    Converted {
        /// Until then.
        from: Urn,
        /// From then on.
        to: Urn,
        /// The first day.
        on: Date,
    },
    /// Fields of its entry.
    Changed {
        /// Which.
        fields: Vec<FieldChange>,
    },
    /// It ended.
    Closed {
        /// Its last day.
        on: Date,
        /// Why.
        reason: ClosureReason,
        /// What took its place.
        #[serde(skip_serializing_if = "Option::is_none")]
        successor: Option<Urn>,
    },
    /// It is open after all.
    Reopened,
}

impl SchoolsPlan {
    /// Nothing would change, because of these faults.
    pub(super) fn refused(mut faults: Vec<Fault>) -> Self {
        in_order(&mut faults);
        Self { faults, ..Self::default() }
    }

    /// Whether the file as a whole could not be read.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.faults.iter().any(|fault| fault.line().is_none())
    }

    /// The commands, a piece for each school, and one that records the import; none at all
    /// when nothing would change.
    #[must_use]
    pub fn pieces(&self) -> Vec<Vec<DeskCommand>> {
        let schools = self.changes.iter().map(|change| change.commands.clone());
        let recorded = vec![DeskCommand::RecordImport(self.counts.figures())];
        schools.chain((!self.changes.is_empty()).then_some(recorded)).collect()
    }
}

/// Plans every life, each on the desk that the one before left.
pub(super) fn plan(
    lives: Vec<Life>,
    links: &Links,
    counts: Counts,
    faults: Vec<Fault>,
    desk: &Desk,
) -> SchoolsPlan {
    let mut planning = Planning {
        desk: desk.clone(),
        links,
        seen: BTreeSet::new(),
        plan: SchoolsPlan { counts, changes: Vec::new(), faults },
    };
    for life in lives {
        let parts = parts(life, desk);
        let presents: Vec<_> =
            parts.iter().filter_map(|part| Some(part.last()?.urn.clone())).collect();
        for (number, part) in parts.into_iter().enumerate() {
            planning.school(&part, presents.get(number + 1));
        }
    }
    planning.end()
}

/// A life as the desk knows it: usually one school. Where two of its URNs were entered as two
/// schools before, they stay two, and the later one succeeded the earlier.
fn parts(life: Life, desk: &Desk) -> Vec<Life> {
    let mut parts: Vec<(Option<SchoolId>, Life)> = Vec::new();
    for row in life {
        let id = desk.urns.get(&row.urn).copied();
        match parts.last_mut() {
            Some((known, part)) if known.is_none() || id.is_none() || *known == id => {
                *known = known.or(id);
                part.push(row);
            }
            Some(_) | None => parts.push((id, vec![row])),
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

struct Planning<'a> {
    desk: Desk,
    links: &'a Links,
    seen: BTreeSet<SchoolId>,
    plan: SchoolsPlan,
}

impl Planning<'_> {
    fn school(&mut self, rows: &[Row], successor: Option<&Urn>) {
        let (Some(first), Some(present)) = (rows.first(), rows.last()) else { return };
        let known = rows.iter().rev().find_map(|row| self.desk.urns.get(&row.urn).copied());
        if known.is_none() && !present.is_open {
            self.plan.counts.closed_before += 1;
            return;
        }
        let id = known.unwrap_or_else(|| id_of(&first.urn));
        self.seen.insert(id);
        let mut change = SchoolChange {
            line: present.line,
            urn: present.urn.clone(),
            name: present.name.clone(),
            what: Vec::new(),
            commands: Vec::new(),
        };
        match self.steps(id, rows, successor, &mut change) {
            Err(fault) => self.plan.faults.push(fault),
            Ok(()) if change.what.is_empty() => self.plan.counts.unchanged += 1,
            Ok(()) => {
                self.plan.counts.count(&change.what);
                self.plan.changes.push(change);
            }
        }
    }

    /// Everything that makes the desk's school what the rows say.
    fn steps(
        &mut self,
        id: SchoolId,
        rows: &[Row],
        successor: Option<&Urn>,
        change: &mut SchoolChange,
    ) -> Result<(), Fault> {
        let known = self.desk.schools.get(&id).map(|school| school.urn.clone());
        let (reached, later) = match &known {
            None => rows.split_first().map_or((None, rows), |(first, rest)| (Some(first), rest)),
            Some(urn) => match rows.iter().position(|row| row.urn == *urn) {
                // The file is older than the directory: it says nothing of the school today.
                None => return Ok(()),
                Some(place) => (None, rows.get(place + 1..).unwrap_or_default()),
            },
        };
        if let Some(first) = reached {
            let enter = DeskCommand::RegisterSchool(id, first.entry(None));
            if self.try_out(enter, first.line, change)? {
                change.what.push(What::Added);
            }
        }
        for row in later {
            self.convert(id, row, change)?;
        }
        let Some(present) = rows.last() else { return Ok(()) };
        self.enter(id, present, change)?;
        self.end_or_begin(id, present, successor, change)
    }

    fn convert(&mut self, id: SchoolId, row: &Row, change: &mut SchoolChange) -> Result<(), Fault> {
        let from = self.desk.schools.get(&id).map(|school| school.urn.clone());
        let (Some(from), Some(on)) = (from, row.register.opened_on) else { return Ok(()) };
        let to = row.urn.clone();
        if self.try_out(DeskCommand::ConvertSchool(id, to.clone(), on), row.line, change)? {
            change.what.push(What::Converted { from, to, on });
        }
        Ok(())
    }

    fn enter(&mut self, id: SchoolId, row: &Row, change: &mut SchoolChange) -> Result<(), Fault> {
        let before = self.desk.schools.get(&id).cloned();
        let entry = row.entry(before.as_ref());
        let fields = difference::between(&before, &entry);
        let is_new = change.what.first() == Some(&What::Added);
        if self.try_out(DeskCommand::RegisterSchool(id, entry), row.line, change)? && !is_new {
            change.what.push(What::Changed { fields });
        }
        Ok(())
    }

    fn end_or_begin(
        &mut self,
        id: SchoolId,
        row: &Row,
        successor: Option<&Urn>,
        change: &mut SchoolChange,
    ) -> Result<(), Fault> {
        let known = self.desk.histories.get(&id).and_then(|history| history.closed.clone());
        let Some(on) = row.closed_on else {
            if !row.is_open {
                let place = Place::Cell(row.line, "CloseDate".to_owned());
                return Err(Fault::new(place, "a school of the directory closed: on which day?"));
            }
            if self.try_out(DeskCommand::ReopenSchool(id), row.line, change)? {
                change.what.push(What::Reopened);
            }
            return Ok(());
        };
        let successor = successor.or_else(|| self.links.successor(&row.urn)).cloned();
        let closed = Closed {
            on,
            reason: gias::closure(&row.why_closed),
            successor: successor.or_else(|| known?.successor),
        };
        if self.try_out(DeskCommand::CloseSchool(id, closed.clone()), row.line, change)? {
            let Closed { on, reason, successor } = closed;
            change.what.push(What::Closed { on, reason, successor });
        }
        Ok(())
    }

    /// Decides a command on the copy of the desk. Answers whether it changes anything.
    fn try_out(
        &mut self,
        command: DeskCommand,
        line: u64,
        change: &mut SchoolChange,
    ) -> Result<bool, Fault> {
        let decided = self.desk.decide(command.clone());
        let event = decided.map_err(|no| Fault::new(Place::Line(line), no.to_string()))?;
        let Some(event) = event else { return Ok(false) };
        self.desk.apply(&event, 0);
        change.commands.push(command);
        Ok(true)
    }

    fn end(self) -> SchoolsPlan {
        let Self { desk, seen, mut plan, .. } = self;
        let open = |id: &SchoolId| desk.histories.get(id).is_none_or(|it| it.closed.is_none());
        plan.counts.not_in_file =
            desk.schools.keys().filter(|id| !seen.contains(*id) && open(id)).count();
        in_order(&mut plan.faults);
        plan.changes.sort_by(|one, other| one.urn.cmp(&other.urn));
        plan
    }
}

impl Counts {
    /// As they are recorded.
    pub(crate) fn figures(&self) -> ImportFigures {
        let figure = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        ImportFigures {
            added: figure(self.added),
            changed: figure(self.changed),
            converted: figure(self.converted),
            closed: figure(self.closed),
            reopened: figure(self.reopened),
            unchanged: figure(self.unchanged),
        }
    }

    fn count(&mut self, what: &[What]) {
        let mut is_changed = false;
        let is_new = what.contains(&What::Added);
        for each in what {
            match each {
                What::Added => self.added += 1,
                What::Converted { .. } if is_new => {}
                What::Converted { .. } => self.converted += 1,
                What::Changed { .. } => is_changed = true,
                What::Closed { .. } => self.closed += 1,
                What::Reopened => self.reopened += 1,
            }
        }
        self.changed += usize::from(is_changed);
    }
}

/// The id of a school that comes from the register: a UUID of version 8 (RFC 9562) out of its
/// first URN, so that two imports of one file at a time cannot enter it twice.
fn id_of(first: &Urn) -> SchoolId {
    let digest = Sha256::digest(format!("school {first}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    SchoolId(Builder::from_custom_bytes(bytes).into_uuid())
}

/// By their lines, those of the whole file first.
fn in_order(faults: &mut [Fault]) {
    faults.sort_by(|one, other| (one.line(), one).cmp(&(other.line(), other)));
}
