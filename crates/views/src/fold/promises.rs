//! Promises: one row for each, with what the figures are grouped by.
//!
//! What a group is, is fixed when the promise is made: a school that moves to another district
//! later rewrites no figure. Only the service may not be known at once: then it is the first
//! that gets the request while the promise is open. The answer to the school is whoever's gives
//! it: a service that declined or handed the request over has none of it. Until there is one,
//! and if it is not a service that gives it, it counts for the one that has the request.

use crate::column::nanoseconds;
use domain::calendar::london;
use domain::clock::{Clock, Promise};
use domain::ids::ServiceSlug;
use domain::need::Need;
use domain::promises::ClockChange;
use domain::request::{Case, Happened};
use rusqlite::{Result, Transaction, params};

/// What the event that stopped a promise says of it.
#[derive(Clone, Copy, Default)]
struct Verdict {
    met: Option<bool>,
    kept: Option<bool>,
    working_minutes: Option<i64>,
}

impl Verdict {
    fn on(clock: &Clock, changes: &[ClockChange]) -> Self {
        let mut changes = changes.iter().filter(|change| change.promise() == clock.promise);
        let stopped = changes.find_map(|change| match *change {
            ClockChange::Stopped { met, kept, working_minutes, .. } => Some(Self {
                met: Some(met),
                kept: Some(kept),
                working_minutes: Some(working_minutes),
            }),
            ClockChange::Started { .. }
            | ClockChange::Paused { .. }
            | ClockChange::Resumed { .. }
            | ClockChange::Recalculated { .. } => None,
        });
        stopped.unwrap_or_default()
    }
}

/// Writes the promises that were open before this event, or that it made, as it left them.
pub(super) fn write(
    rows: &Transaction<'_>,
    request: i64,
    case: &Case,
    happened: &Happened<'_>,
) -> Result<()> {
    let mut statement = rows.prepare_cached(
        "INSERT INTO promises VALUES
             (?1, ?2, ?3, ?4, ?5, ?6, (SELECT district FROM schools WHERE id = ?6),
              ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT DO UPDATE SET
             service = iif(promise = ?15, excluded.service, coalesce(service, excluded.service)),
             due_at = excluded.due_at,
             stopped_at = excluded.stopped_at, met = excluded.met, kept = excluded.kept,
             working_minutes = excluded.working_minutes",
    )?;
    let need = case.intake.primary_need;
    for (number, clock) in (1_u32..).zip(case.clocks.iter()) {
        if clock.stopped_event.is_some_and(|event| event != happened.id.0) {
            continue;
        }
        let stopped = clock.stopped_at.is_some();
        let verdict =
            if stopped { Verdict::on(clock, happened.clocks) } else { Verdict::default() };
        statement.execute(params![
            clock.promise.as_str(),
            nanoseconds(clock.started_at),
            request,
            number,
            london::wall(clock.started_at).strftime("%Y-%m").to_string(),
            case.school.0.as_bytes(),
            need.map(|need| need.area().code()),
            need.map(Need::code),
            case.leading().map(ServiceSlug::as_str),
            clock.due_at.map(nanoseconds),
            clock.stopped_at.map(nanoseconds),
            verdict.met,
            verdict.kept,
            verdict.working_minutes,
            Promise::Respond.as_str(),
        ])?;
    }
    Ok(())
}

/// The answer that is still open is that of the service that now has the request.
pub(super) fn pass_on(rows: &Transaction<'_>, request: i64, case: &Case) -> Result<()> {
    let open = |clock: &&Clock| clock.stopped_at.is_none();
    let Some(clock) = case.clocks.latest(Promise::Respond).filter(open) else { return Ok(()) };
    rows.prepare_cached(
        "UPDATE promises SET service = ?
         WHERE promise = ? AND started_at = ? AND request = ? AND stopped_at IS NULL",
    )?
    .execute(params![
        case.leading().map(ServiceSlug::as_str),
        clock.promise.as_str(),
        nanoseconds(clock.started_at),
        request,
    ])?;
    Ok(())
}
