//! Children: a pseudonym, the box that says who it is, and whether anybody can open it still.

use super::subject_accesses;
use crate::column::to_json;
use domain::event::ChildEvent;
use domain::ids::ChildId;
use engine::Recorded;
use rusqlite::{Result, Transaction, params};

/// Follows one event of a child. An erasure changes nothing else here: every figure stays.
pub(super) fn follow(
    rows: &Transaction<'_>,
    event: &ChildEvent,
    recorded: &Recorded,
) -> Result<()> {
    let Some(child) = recorded.child().map(|child| child.0) else { return Ok(()) };
    match event {
        ChildEvent::Registered(_) => {
            let sealed = recorded.sealed.as_ref().map(to_json).transpose()?;
            rows.prepare_cached(
                "INSERT INTO children (id, event, sealed) VALUES (?, ?, ?)
                 ON CONFLICT DO UPDATE SET event = excluded.event, sealed = excluded.sealed",
            )?
            .execute(params![child.as_bytes(), recorded.id.0.as_bytes(), sealed])?;
        }
        ChildEvent::Erased(_) => {
            rows.prepare_cached(
                "INSERT INTO children (id, erased) VALUES (?, 1)
                 ON CONFLICT DO UPDATE SET erased = 1",
            )?
            .execute([child.as_bytes()])?;
        }
        ChildEvent::Linked(linked) => {
            rows.prepare_cached("INSERT OR IGNORE INTO links (child, other) VALUES (?, ?)")?
                .execute([child.as_bytes(), linked.other.0.as_bytes()])?;
        }
        ChildEvent::Unlinked(unlinked) => {
            rows.prepare_cached("DELETE FROM links WHERE child = ? AND other = ?")?
                .execute([child.as_bytes(), unlinked.other.0.as_bytes()])?;
        }
        ChildEvent::ConsentRecorded(_) | ChildEvent::Held(_) | ChildEvent::HoldReleased(_) => {}
        ChildEvent::SubjectAccessAsked(_)
        | ChildEvent::SubjectAccessPaused(_)
        | ChildEvent::SubjectAccessResumed(_)
        | ChildEvent::SubjectAccessExtended(_)
        | ChildEvent::SubjectAccessAnswered(_) => {
            subject_accesses::follow(rows, ChildId(child), event)?;
        }
    }
    Ok(())
}
