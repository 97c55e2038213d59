//! One row of the register: a school under one URN.

use super::cells::Cells;
use super::gias::{self, Status};
use crate::import::Fault;
use domain::codes::{Phase, SchoolKind};
use domain::ids::Urn;
use domain::school::{Register, School};
use jiff::civil::Date;

/// A row that was read.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) urn: Urn,
    pub(super) name: String,
    phase: Phase,
    kind: SchoolKind,
    district: Option<String>,
    pupils: Option<u32>,
    pub(super) register: Register,
    pub(super) is_open: bool,
    pub(super) closed_on: Option<Date>,
    pub(super) why_closed: String,
}

/// What a row turned out to be.
pub(super) enum Kept {
    School(Box<Row>),
    /// A type of establishment that asks no council.
    NotASchool,
    /// Not open yet, or never.
    NotYet,
}

/// Reads a row of our authority. `None`: it has faults.
pub(super) fn read(cells: &Cells<'_>, urn: Urn, faults: &mut Vec<Fault>) -> Option<Kept> {
    let before = faults.len();
    let sort = word(cells, "TypeOfEstablishment (name)", faults, gias::sort);
    let status = word(cells, "EstablishmentStatus (name)", faults, gias::status);
    match (sort, status) {
        (Some(None), _) => return Some(Kept::NotASchool),
        (_, Some(Status::NotYet)) => return Some(Kept::NotYet),
        _ => {}
    }
    let name = cells.text("EstablishmentName", faults);
    if name.is_none() && cells.raw("EstablishmentName").is_none() {
        cells.say("EstablishmentName", "it is empty; every school has a name", faults);
    }
    let register = register(cells, faults);
    let pupils = cells.read("NumberOfPupils", "a whole number", faults);
    let district = cells.text("DistrictAdministrative (name)", faults);
    let closed_on = cells.date("CloseDate", faults);
    if let (Some(opened), Some(closed)) = (register.opened_on, closed_on)
        && closed < opened
    {
        cells.say("CloseDate", format!("it closed before it opened, on {opened}"), faults);
    }
    let phase = sort.flatten().and_then(|sort| {
        let (lowest, highest) = (register.lowest_age, register.highest_age);
        let read = |name: &str| gias::phase(sort, name, lowest, highest);
        word(cells, "PhaseOfEducation (name)", faults, read)
    });
    if faults.len() > before {
        return None;
    }
    let why_closed = cells.raw("ReasonEstablishmentClosed (name)").unwrap_or_default().to_owned();
    Some(Kept::School(Box::new(Row {
        line: cells.line,
        urn,
        name: name?,
        phase: phase?,
        kind: sort.flatten()?.kind,
        district,
        pupils,
        register,
        is_open: status? == Status::Open,
        closed_on,
        why_closed,
    })))
}

fn register(cells: &Cells<'_>, faults: &mut Vec<Fault>) -> Register {
    let age = "a whole number of years";
    Register {
        authority: cells.read("LA (code)", "a number of three digits", faults),
        establishment: cells.read("EstablishmentNumber", "a number of four digits", faults),
        sort: cells.text("TypeOfEstablishment (name)", faults),
        postcode: cells.text("Postcode", faults),
        lowest_age: cells.read("StatutoryLowAge", age, faults),
        highest_age: cells.read("StatutoryHighAge", age, faults),
        opened_on: cells.date("OpenDate", faults),
    }
}

/// A word of one of the register's own lists.
fn word<T>(
    cells: &Cells<'_>,
    column: &str,
    faults: &mut Vec<Fault>,
    known: impl FnOnce(&str) -> Result<T, &'static str>,
) -> Option<T> {
    let name = cells.raw(column).unwrap_or_default();
    let shown: String = name.chars().filter(|letter| !letter.is_control()).take(60).collect();
    let say = |why| cells.say(column, format!("“{shown}”: {why}"), faults);
    known(name).map_err(say).ok()
}

impl Row {
    /// The school's entry by this row. A cell that says nothing leaves what is known.
    pub(super) fn entry(&self, known: Option<&School>) -> School {
        let kept = known.map(|known| known.register.clone()).unwrap_or_default();
        let read = self.register.clone();
        School {
            urn: self.urn.clone(),
            name: self.name.clone(),
            phase: self.phase,
            kind: self.kind,
            district: (self.district.clone())
                .or_else(|| known.map(|known| known.district.clone()))
                .unwrap_or_default(),
            pupils: self.pupils.or_else(|| known.map(|known| known.pupils)).unwrap_or_default(),
            register: Register {
                authority: read.authority.or(kept.authority),
                establishment: read.establishment.or(kept.establishment),
                sort: read.sort.or(kept.sort),
                postcode: read.postcode.or(kept.postcode),
                lowest_age: read.lowest_age.or(kept.lowest_age),
                highest_age: read.highest_age.or(kept.highest_age),
                opened_on: read.opened_on.or(kept.opened_on),
            },
        }
    }
}
