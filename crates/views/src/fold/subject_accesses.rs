//! Requests for access, each as the domain says that it stands.

use crate::column::to_json;
use crate::subject_accesses::read;
use domain::event::ChildEvent;
use domain::ids::{ChildId, SubjectAccessId};
use domain::subject_access::SubjectAccess;
use rusqlite::{OptionalExtension as _, Result, Transaction, params};

/// Follows one event of a child that is about a request for access.
pub(super) fn follow(rows: &Transaction<'_>, child: ChildId, event: &ChildEvent) -> Result<()> {
    let Some(request) = SubjectAccess::spoken_of(event) else { return Ok(()) };
    let begun = if let ChildEvent::SubjectAccessAsked(asked) = event {
        Some(SubjectAccess::begun(asked))
    } else {
        known(rows, request)?
    };
    let Some(mut standing) = begun else { return Ok(()) };
    standing.evolve(event);
    rows.prepare_cached(
        "INSERT INTO subject_accesses (id, child, received_on, due_on, open, standing)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET due_on = excluded.due_on, open = excluded.open,
             standing = excluded.standing",
    )?
    .execute(params![
        request.0.as_bytes(),
        child.0.as_bytes(),
        standing.received_on.to_string(),
        standing.due_on.map(|day| day.to_string()),
        standing.answered.is_none(),
        to_json(&standing)?,
    ])?;
    Ok(())
}

fn known(rows: &Transaction<'_>, request: SubjectAccessId) -> Result<Option<SubjectAccess>> {
    let mut statement = rows.prepare_cached("SELECT * FROM subject_accesses WHERE id = ?")?;
    let found = statement.query_row([request.0.as_bytes()], read).optional()?;
    Ok(found.map(|listed| listed.standing))
}
