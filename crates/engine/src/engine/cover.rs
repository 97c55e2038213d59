//! Somebody on a rota is away: what waits for them goes to whoever is on duty.
//!
//! A sweep over the open requests, that may be made at any time, by any number of processes,
//! and again after a crash. The move of one request for one absence has a command id of its
//! own, made from the two: so it happens once, and a person who hands the request back is not
//! argued with.

use super::{Context, Engine};
use crate::actor::Actor;
use crate::failure::Failure;
use domain::desk::Desk;
use domain::ids::AbsenceId;
use domain::request::{Case, Command};
use domain::rota::{Absence, Month, Rota};
use jiff::Timestamp;
use uuid::{Builder, Uuid};

impl Engine {
    /// Hands on every open request that waits for somebody who is away now and would have to
    /// act before they are back. Answers how many were handed on.
    pub async fn cover_absences(&self) -> Result<usize, Failure> {
        let (desk, now) = (self.desk().await?, self.now());
        // On most days nobody is away, and there is nothing to look for.
        if !absences(&desk).any(|absence| absence.covers(now)) {
            return Ok(0);
        }
        let mut handed_on = 0;
        for docketed in self.docket().await?.all() {
            if let Some(absence) = absence_of(&docketed.case, &desk, now)
                && docketed.case.needs_adviser_before(absence.to)
            {
                handed_on += usize::from(self.cover(&docketed.case, absence).await?);
            }
        }
        Ok(handed_on)
    }

    /// When the next absence of somebody with an open request begins.
    pub async fn next_absence(&self) -> Result<Option<Timestamp>, Failure> {
        let (desk, now) = (self.desk().await?, self.now());
        let docket = self.docket().await?;
        let to_come = absences(&desk).filter(|absence| absence.from > now);
        let theirs = to_come.filter(|absence| docket.has_work(&absence.adviser));
        Ok(theirs.map(|absence| absence.from).min())
    }

    async fn cover(&self, case: &Case, absence: &Absence) -> Result<bool, Failure> {
        let workload = self.docket().await?.workload();
        let context = self.for_the_absence(absence.id, case);
        let command = Command::Cover(absence.adviser.clone(), absence.to, workload);
        match self.act(&context, case.id, command).await {
            Ok(done) => Ok(!done.replayed && done.case.adviser != case.adviser),
            // What stands in the way of one request, such as an erasure, is not in the way of
            // the others.
            Err(Failure::Refused(_) | Failure::Erased) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// As whom a request is handed on, under an id that is always the same for an absence.
    fn for_the_absence(&self, absence: AbsenceId, case: &Case) -> Context {
        let asked = format!("cover\0{absence}\0{}", case.id);
        let fingerprint = self.fingerprint(asked.as_bytes());
        let mut command = Uuid::nil().into_bytes();
        command.copy_from_slice(&fingerprint[..16]);
        Context {
            actor: Actor::front_door("rota"),
            command: Builder::from_custom_bytes(command).into_uuid(),
            fingerprint,
            effective_at: None,
            expected_version: None,
        }
    }
}

/// Every absence that any rota knows of.
fn absences(desk: &Desk) -> impl Iterator<Item = &Absence> {
    desk.rotas.values().flat_map(Rota::months).flat_map(|(_, month)| &month.absences)
}

/// The absence for which whoever is accountable is away now.
fn absence_of<'a>(case: &Case, desk: &'a Desk, now: Timestamp) -> Option<&'a Absence> {
    let adviser = case.adviser.as_ref()?;
    let month = desk.rotas.get(&case.team)?.month(Month::at(now))?;
    let mut absences = month.absences.iter().filter(|absence| absence.adviser == *adviser);
    absences.find(|absence| absence.covers(now))
}
