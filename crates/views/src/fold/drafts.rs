//! Drafts: that there is one, whose, and since when. Its words are in the log alone, so that
//! they are gone everywhere with its key.

use crate::column::nanoseconds;
use domain::event::DraftEvent;
use engine::Recorded;
use rusqlite::{Result, Transaction, params};

/// Follows one event of a draft.
pub(super) fn follow(
    rows: &Transaction<'_>,
    event: &DraftEvent,
    recorded: &Recorded,
) -> Result<()> {
    let Some(draft) = recorded.draft().map(|draft| draft.0) else { return Ok(()) };
    match event {
        DraftEvent::Saved(saved) => {
            let at = nanoseconds(recorded.recorded_at);
            rows.prepare_cached(
                "INSERT INTO drafts (id, school, begun_at, saved_at, version)
                 VALUES (?1, ?2, ?3, ?3, ?4)
                 ON CONFLICT DO UPDATE SET saved_at = excluded.saved_at, version = excluded.version",
            )?
            .execute(params![draft.as_bytes(), saved.school.0.as_bytes(), at, recorded.version])?;
        }
        DraftEvent::Submitted(_) | DraftEvent::Discarded(_) => {
            rows.prepare_cached("DELETE FROM drafts WHERE id = ?")?.execute([draft.as_bytes()])?;
        }
    }
    Ok(())
}
