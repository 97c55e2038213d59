//! Requests: every event into the timeline at once, every request that moved into its row at
//! the end of the batch, when several events have often moved it.

use super::{feedback, gaps, packages, panels, parts, promises, queue, stays};
use crate::column::{integer, nanoseconds, to_json};
use crate::refold;
use crate::requests::{Owed, RouteKind};
use domain::clock::Promise;
use domain::event::{Event, RequestEvent};
use domain::ids::{AccountId, PanelId, RequestId, ServiceSlug};
use domain::need::Need;
use domain::request::{Case, Request};
use engine::Recorded;
use rusqlite::{OptionalExtension, Result, Transaction, params};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Requests whose state is kept between batches: some 30 MB of those that move now. The
/// state of any other is folded again from its timeline.
const KEPT_AT_MOST: usize = 10_000;

/// Requests as they stand after the last event.
#[derive(Debug, Default)]
pub(super) struct Requests {
    known: HashMap<RequestId, Known>,
    moved: Vec<RequestId>,
}

#[derive(Debug)]
struct Known {
    number: i64,
    state: Request,
    version: u32,
    position: u64,
    has_moved: bool,
}

impl Requests {
    /// Follows one event of a request's stream. What precedes its receipt has no place.
    pub(super) fn follow(
        &mut self,
        rows: &Transaction<'_>,
        id: RequestId,
        recorded: &Recorded,
    ) -> Result<()> {
        let Some(known) = self.known(rows, id, recorded)? else { return Ok(()) };
        write_down(rows, known.number, recorded)?;
        feedback::follow(rows, known.number, recorded)?;
        gaps::follow(rows, known.number, recorded)?;
        known.version = recorded.version;
        known.position = recorded.position;
        let newly_moved = !std::mem::replace(&mut known.has_moved, true);
        if let Some(happened) = recorded.happened() {
            let before = known.state.case().map(Case::status);
            known.state = std::mem::take(&mut known.state).evolve(&happened);
            if let Some(case) = known.state.case() {
                let moved = (before, case.status());
                stays::follow(rows, known.number, moved, recorded)?;
            }
            if let (Some(case), false) = (known.state.case(), happened.clocks.is_empty()) {
                promises::write(rows, known.number, case, &happened)?;
            }
        }
        if newly_moved {
            self.moved.push(id);
        }
        Ok(())
    }

    /// The request as the rows have it; `None` before its receipt.
    fn known(
        &mut self,
        rows: &Transaction<'_>,
        id: RequestId,
        recorded: &Recorded,
    ) -> Result<Option<&mut Known>> {
        let entry = match self.known.entry(id) {
            Entry::Occupied(known) => return Ok(Some(known.into_mut())),
            Entry::Vacant(entry) => entry,
        };
        let number: Option<i64> = rows
            .prepare_cached("SELECT number FROM requests WHERE id = ?")?
            .query_row([id.0.as_bytes()], |row| row.get(0))
            .optional()?;
        let received = matches!(&recorded.event, Some(Event::Request(RequestEvent::Received(_))));
        let (number, state) = match number {
            Some(number) => (number, refold::request(rows, number)?),
            None if received => (integer(recorded.position), Request::default()),
            None => return Ok(None),
        };
        let (version, position) = (recorded.version, recorded.position);
        Ok(Some(entry.insert(Known { number, state, version, position, has_moved: false })))
    }

    /// Writes the row of every request that has moved since the last time.
    pub(super) fn write(&mut self, rows: &Transaction<'_>) -> Result<()> {
        for id in self.moved.drain(..) {
            let Some(known) = self.known.get_mut(&id) else { continue };
            known.has_moved = false;
            if let Some(case) = known.state.case() {
                write(rows, known, case)?;
                parts::write(rows, known.number, case)?;
                panels::write(rows, known.number, case)?;
                queue::write(rows, known.number, case)?;
                packages::write(rows, known.number, case)?;
                promises::pass_on(rows, known.number, case)?;
            }
        }
        Ok(())
    }

    /// Forgets states when there are many, between batches only.
    pub(super) fn forget_some(&mut self) {
        if self.known.len() > KEPT_AT_MOST {
            self.known.clear();
        }
    }
}

/// One event, whole.
fn write_down(rows: &Transaction<'_>, request: i64, recorded: &Recorded) -> Result<()> {
    let moves = !recorded.clocks.is_empty();
    rows.prepare_cached("INSERT INTO timeline VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(
        params![
            integer(recorded.position),
            request,
            recorded.version,
            recorded.id.0.as_bytes(),
            recorded.name,
            recorded.recorded_at.to_string(),
            recorded.effective_at.to_string(),
            to_json(&recorded.actor)?,
            recorded.event.as_ref().map(to_json).transpose()?,
            moves.then(|| to_json(&recorded.clocks)).transpose()?,
            recorded.sealed.as_ref().map(to_json).transpose()?,
        ],
    )?;
    Ok(())
}

fn write(rows: &Transaction<'_>, known: &Known, case: &Case) -> Result<()> {
    let respond = case.clocks.latest(Promise::Respond);
    let owed = Owed::of(case);
    let mut statement = rows.prepare_cached(
        "INSERT INTO requests VALUES
             (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
              (SELECT since FROM stays WHERE request = ?1 AND until IS NULL),
              ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (number) DO UPDATE SET
             status = excluded.status, stands_since = excluded.stands_since,
             waits_for_school = excluded.waits_for_school,
             route = excluded.route, route_kind = excluded.route_kind,
             service = excluded.service, panel = excluded.panel, adviser = excluded.adviser,
             rota_version = excluded.rota_version, respond_by = excluded.respond_by,
             respond_open = excluded.respond_open, owed = excluded.owed,
             due_at = excluded.due_at, version = excluded.version, position = excluded.position",
    )?;
    statement.execute(params![
        known.number,
        case.id.0.as_bytes(),
        case.id.reference(),
        case.school.0.as_bytes(),
        case.urn.as_str(),
        case.intake.about.code(),
        case.child.map(|child| child.0.into_bytes()),
        case.intake.primary_need.map(Need::code),
        case.intake.primary_need.map(|need| need.area().code()),
        to_json(&case.intake.support_sought)?,
        nanoseconds(case.received_at),
        case.status().code(),
        case.waits_for_school(),
        case.route.as_ref().map(to_json).transpose()?,
        case.route.as_ref().map(|route| RouteKind::of(route).as_str()),
        case.route.as_ref().and_then(RouteKind::service).map(ServiceSlug::as_str),
        case.route.as_ref().and_then(RouteKind::panel).map(PanelId::as_str),
        case.adviser.as_ref().map(AccountId::as_str),
        case.rota_version,
        case.respond_by().map(nanoseconds),
        respond.is_some_and(|clock| clock.stopped_at.is_none()),
        owed.as_ref().map(to_json).transpose()?,
        owed.as_ref().and_then(Owed::falls_due_at).map(nanoseconds),
        known.version,
        integer(known.position),
    ])?;
    Ok(())
}
