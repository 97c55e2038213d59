//! Panels' queues: one row for each request that a panel has before it and has not decided.

use crate::column::{nanoseconds, to_json};
use crate::queue::QueueState;
use domain::clock::{Clock, Promise};
use domain::ids::MeetingId;
use domain::request::{Case, Stage};
use rusqlite::{Result, Transaction, params};

/// Writes where this request stands before a panel, instead of anything before.
pub(super) fn write(rows: &Transaction<'_>, request: i64, case: &Case) -> Result<()> {
    let awaits = case.awaits().zip(case.awaits_since).zip(state(case));
    let Some(((panel, since), state)) = awaits else {
        rows.prepare_cached("DELETE FROM panel_queue WHERE request = ?")?.execute([request])?;
        return Ok(());
    };
    let open = |clock: &&Clock| clock.stopped_at.is_none();
    let promise = case.clocks.latest(Promise::PanelDecision).filter(open);
    let suggestion = case.suggested_depth();
    rows.prepare_cached(
        "INSERT OR REPLACE INTO panel_queue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        request,
        panel.as_str(),
        state.as_str(),
        case.agenda().map(MeetingId::as_str),
        nanoseconds(since),
        promise.and_then(|clock| clock.due_at).map(nanoseconds),
        case.depth_set.unwrap_or(suggestion.depth).code(),
        case.depth_set.is_some(),
        suggestion.depth.code(),
        to_json(&suggestion.reasons)?,
        case.deferrals,
    ])?;
    Ok(())
}

/// What is decided and awaits an officer waits for the panel no longer.
fn state(case: &Case) -> Option<QueueState> {
    if case.is_waiting() {
        Some(QueueState::AwaitingInformation)
    } else if case.agenda().is_some() {
        Some(QueueState::OnAgenda)
    } else {
        matches!(case.stage, Stage::AwaitingPanel { .. }).then_some(QueueState::Queued)
    }
}
