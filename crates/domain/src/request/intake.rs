//! A request comes in: received, triaged, assigned and promised in one decision.

use super::assignment::accountable;
use super::command::Submit;
use super::event::{
    Assigned, AssignedBecause, Escalated, EscalatedAbout, InformationAsked, Received, RotaGapFound,
    Triaged,
};
use super::unfolding::Unfolding;
use super::{Moment, Refusal, Request};
use crate::calendar::london;
use crate::clock::Promise;
use crate::codes::Support;
use crate::desk::{Desk, Workload};
use crate::event::{Change, RequestEvent as E};
use crate::ids::TeamId;
use crate::intake::Intake;
use crate::personal::Personal;
use crate::school::School;
use crate::triage::{Facts, Route, Triage};
use jiff::Timestamp;

/// Always stored when it is well-formed: what is incomplete is asked for, and a rota
/// without anybody on it is warned about. The one refusal is a school that
/// nobody knows, or that had closed by then. The request keeps the URN of its day.
pub(super) fn receive(submit: Submit, desk: &Desk, at: Moment) -> Result<Vec<Change>, Refusal> {
    let Submit { request, child, school, team, workload, submission } = submit;
    let known = desk.schools.get(&school).ok_or(Refusal::UnknownSchool)?;
    let urn = desk.open_school(school, london::wall(at.effective_at).date())?;
    let intake = submission.intake;
    let triage = triage(&intake, known, desk);
    let received = Received { request, school, urn, child, intake };

    let mut unfolding = Unfolding::of(Request::NotReceived, desk, at);
    let clocks = promised(&triage, &received.intake)
        .flat_map(|promise| unfolding.start(promise, None))
        .collect();
    unfolding.then(
        Change::of(E::Received(received))
            .moving(clocks)
            .with(Some(Personal::Request(Box::new(submission.particulars)))),
    );
    triaged(&mut unfolding, triage);
    assign(&mut unfolding, team, &workload, desk, at);
    Ok(unfolding.changes())
}

/// What is promised on receipt, wherever the request goes. The law's weeks run from the
/// day on which the authority is asked to assess, whatever is still missing; a child who
/// lives elsewhere is the other authority's to assess.
///
/// Source: SEND Regulations 2014, regulations 5(1), 10(1) and 13(2).
fn promised(triage: &Triage, intake: &Intake) -> impl Iterator<Item = Promise> {
    let assess = intake.support_sought.contains(&Support::EhcAssessment);
    let ours = assess && triage.elsewhere.is_none();
    let statutory = Promise::STATUTORY.into_iter().filter(move |_| ours);
    [Promise::Acknowledge, Promise::Respond].into_iter().chain(statutory)
}

/// Applies the active rules to what is known.
pub(super) fn triage(intake: &Intake, school: &School, desk: &Desk) -> Triage {
    Triage::decide(intake, Facts::of(intake, school), &desk.rules, desk.authority.as_ref())
}

/// Records a triage with the promises that its outcome makes, and asks for what is missing.
pub(super) fn triaged(unfolding: &mut Unfolding<'_>, triage: Triage) {
    let outcome = triage.outcome.clone();
    let clocks = unfolding.promises_of(&outcome);
    unfolding.then(Change::of(E::Triaged(Triaged { triage })).moving(clocks));
    if let Route::Information { missing } = outcome {
        let waits = unfolding.keeper().pause();
        let asked = InformationAsked { missing, questions: vec![] };
        unfolding.then(Change::of(E::InformationAsked(asked)).moving(waits));
    }
}

/// Makes somebody accountable. The answer that names them is the acknowledgement. Where
/// working time passes before they are there, the line manager is told.
fn assign(unfolding: &mut Unfolding<'_>, team: TeamId, work: &Workload, desk: &Desk, at: Moment) {
    let need = unfolding.case().and_then(|case| case.intake.primary_need);
    let assigned = accountable(desk, team, need, work, at.effective_at);
    if is_gap(&assigned, desk, at.effective_at) {
        let (team, until) = (assigned.team.clone(), assigned.from_next_shift_at);
        unfolding.then(Change::of(E::RotaGapFound(RotaGapFound { team, until })));
        if let Some(team) = desk.teams.get(&assigned.team) {
            let (to, about) = (team.manager.clone(), EscalatedAbout::RotaGap);
            unfolding.then(Change::of(E::Escalated(Escalated { to, about })));
        }
    }
    let clocks = unfolding.keeper_at(at.recorded_at).meet(Promise::Acknowledge);
    unfolding.then(Change::of(E::Assigned(assigned)).moving(clocks));
}

/// Whether working time passes before anybody is on.
fn is_gap(assigned: &Assigned, desk: &Desk, at: Timestamp) -> bool {
    match (assigned.because, assigned.from_next_shift_at) {
        (AssignedBecause::NextShift, Some(starts_at)) => {
            desk.calendar.working_time(at, starts_at).is_positive()
        }
        (because, _) => because == AssignedBecause::EmptyRota,
    }
}
