//! What a meeting could take up beside what is on its agenda: from the queue as it stands, by
//! the domain's own order.

use crate::app::App;
use crate::problem::Problem;
use domain::calendar::london;
use domain::clock::Promise;
use domain::desk::Desk;
use domain::meeting::Sitting;
use domain::panel::{Panel, Proposal, Waiting};
use domain::request::{Case, Stage};
use jiff::{SignedDuration, Timestamp};

/// What is proposed for the time that is left.
pub(super) async fn proposal(app: &App, sitting: &Sitting) -> Result<Proposal, Problem> {
    let desk = app.engine.desk().await?;
    let (terms, _) = desk.terms(&sitting.panel).ok_or_else(Problem::not_found)?;
    let waiting = app.engine.docket().await?.all();
    let waiting = waiting.iter().filter_map(|docketed| waits(&docketed.case, terms)).collect();
    // What the chair decided for the panel takes a moment each, too.
    let delegated = u32::try_from(desk.diary(&terms.id).delegated.len()).unwrap_or(u32::MAX);
    let to_ratify = delegated.saturating_mul(u32::from(terms.minutes_for.consent));
    let planned: u32 = sitting.items.iter().map(|item| u32::from(item.minutes)).sum();
    let taken = planned.saturating_add(to_ratify);
    let next = decides_next_at(&desk, terms, sitting);
    Ok(Proposal::of(waiting, u32::from(sitting.minutes), taken, next))
}

/// A request of the panel's queue.
fn waits(case: &Case, terms: &Panel) -> Option<Waiting> {
    let Stage::AwaitingPanel { panel } = &case.stage else { return None };
    if *panel != terms.id {
        return None;
    }
    let depth = case.depth();
    Some(Waiting {
        request: case.id,
        due_at: case.clocks.latest(Promise::PanelDecision).and_then(|clock| clock.due_at),
        since: case.awaits_since.unwrap_or(case.received_at),
        depth,
        minutes: terms.minutes_for.depth(depth),
    })
}

/// When the meeting after this one is over: one that was called, or else by the cycle.
fn decides_next_at(desk: &Desk, terms: &Panel, sitting: &Sitting) -> Option<Timestamp> {
    let diary = desk.diary(&terms.id);
    if let Some((_, slot)) = diary.next_after(sitting.starts_at) {
        return Some(slot.ends_at);
    }
    let tomorrow = london::wall(sitting.starts_at).date().tomorrow().ok()?;
    let date = *terms.cycle.next_dates(&desk.calendar, tomorrow, 1).first()?;
    let lasts = SignedDuration::from_mins(i64::from(terms.minutes_available));
    terms.cycle.starts_at(date).checked_add(lasts).ok()
}
