//! Schools of the desk: found by any URN they ever had, entered, converted, closed.

use super::{Desk, DeskRefusal};
use crate::event::{DeskEvent, SchoolClosed, SchoolConverted, SchoolRegistered, SchoolReopened};
use crate::ids::{SchoolId, Urn};
use crate::request::Refusal;
use crate::school::{Closed, School};
use jiff::civil::Date;

type Decided = Result<Option<DeskEvent>, DeskRefusal>;

impl Desk {
    /// The school with this URN, present or past.
    #[must_use]
    pub fn school_by_urn(&self, urn: &Urn) -> Option<(SchoolId, &School)> {
        let id = *self.urns.get(urn)?;
        Some((id, self.schools.get(&id)?))
    }

    /// The URN that an open school has on a day.
    pub fn open_school(&self, id: SchoolId, day: Date) -> Result<Urn, Refusal> {
        let school = self.schools.get(&id).ok_or(Refusal::UnknownSchool)?;
        let history = self.histories.get(&id);
        if let Some(history) = history.filter(|history| !history.is_open_on(day))
            && let Some(closed) = history.closed.clone()
        {
            return Err(Refusal::SchoolClosed(closed));
        }
        let urn = history.and_then(|history| history.urn_on(day));
        Ok(urn.unwrap_or(&school.urn).clone())
    }

    pub(super) fn enter_school(&mut self, id: SchoolId, school: &School) {
        self.urns.insert(school.urn.clone(), id);
        self.histories.entry(id).or_default().enter(school);
        self.schools.insert(id, school.clone());
    }

    pub(super) fn convert_school(&mut self, id: SchoolId, to: &Urn, on: Date) {
        self.urns.insert(to.clone(), id);
        self.histories.entry(id).or_default().convert(to.clone(), on);
        if let Some(school) = self.schools.get_mut(&id) {
            school.urn = to.clone();
            school.register.opened_on = Some(on);
        }
    }

    pub(super) fn register(&self, id: SchoolId, school: School) -> Decided {
        let known = self.schools.get(&id);
        match (known, self.urns.get(&school.urn)) {
            (_, Some(holder)) if *holder != id => Err(DeskRefusal::UrnTaken(school.urn)),
            (Some(known), _) if known.urn != school.urn => {
                Err(DeskRefusal::UrnChanges(known.urn.clone()))
            }
            (Some(known), _) if *known == school => Ok(None),
            _ => Ok(Some(DeskEvent::SchoolRegistered(SchoolRegistered { id, school }))),
        }
    }

    pub(super) fn convert(&self, id: SchoolId, to: Urn, on: Date) -> Decided {
        let school = self.schools.get(&id).ok_or(DeskRefusal::UnknownSchool)?;
        if school.urn == to {
            return Ok(None);
        }
        if self.urns.contains_key(&to) {
            return Err(DeskRefusal::UrnTaken(to));
        }
        self.has_opened_by(id, on)?;
        let from = school.urn.clone();
        Ok(Some(DeskEvent::SchoolConverted(SchoolConverted { id, from, to, on })))
    }

    pub(super) fn close(&self, id: SchoolId, closed: Closed) -> Decided {
        if !self.schools.contains_key(&id) {
            return Err(DeskRefusal::UnknownSchool);
        }
        self.has_opened_by(id, closed.on)?;
        let known = self.histories.get(&id).and_then(|history| history.closed.as_ref());
        let anew = known != Some(&closed);
        Ok(anew.then_some(DeskEvent::SchoolClosed(SchoolClosed { id, closed })))
    }

    pub(super) fn reopen(&self, id: SchoolId) -> Decided {
        if !self.schools.contains_key(&id) {
            return Err(DeskRefusal::UnknownSchool);
        }
        let closed = self.histories.get(&id).is_some_and(|history| history.closed.is_some());
        Ok(closed.then_some(DeskEvent::SchoolReopened(SchoolReopened { id })))
    }

    fn has_opened_by(&self, id: SchoolId, day: Date) -> Result<(), DeskRefusal> {
        let since = self.histories.get(&id).and_then(crate::school::History::since);
        match since {
            Some(since) if day < since => Err(DeskRefusal::BeforeItOpened(since)),
            Some(_) | None => Ok(()),
        }
    }
}
