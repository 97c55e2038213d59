//! Requests for access to what is held about a child, and by when each must be answered. Which
//! child it is stands here by pseudonym; what was asked for stays in its box.

use crate::Error;
use crate::column::{id, json};
use crate::words::words;
use domain::ids::{ChildId, SubjectAccessId};
use domain::subject_access::SubjectAccess;
use rusqlite::{Connection, OptionalExtension as _, Result as Rows, Row};

words! {
    /// Which requests for access.
    AccessState {
        /// Those that are to be answered.
        Open = "open";
        /// Those that were.
        Answered = "answered";
    }
}

/// A request for access, and whom it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectAccessListed {
    /// The child, by the pseudonym that was asked about.
    pub child: ChildId,
    /// Where it stands.
    pub standing: SubjectAccess,
}

/// Requests for access, that which is due first at the top; what waits for whoever asked comes
/// after, and what was answered last.
pub(crate) fn listed(
    rows: &Connection,
    state: Option<AccessState>,
) -> Result<Vec<SubjectAccessListed>, Error> {
    let mut statement = rows.prepare_cached(
        "SELECT * FROM subject_accesses WHERE ?1 IS NULL OR open = ?1
         ORDER BY open DESC, due_on IS NULL, due_on, received_on, id",
    )?;
    let open = state.map(|state| state == AccessState::Open);
    let found = statement.query_map([open], read)?;
    Ok(found.collect::<Rows<_>>()?)
}

/// One request for access.
pub(crate) fn one(
    rows: &Connection,
    request: SubjectAccessId,
) -> Result<Option<SubjectAccessListed>, Error> {
    let mut statement = rows.prepare_cached("SELECT * FROM subject_accesses WHERE id = ?")?;
    Ok(statement.query_row([request.0.as_bytes()], read).optional()?)
}

pub(crate) fn read(row: &Row<'_>) -> Rows<SubjectAccessListed> {
    Ok(SubjectAccessListed { child: ChildId(id(row, "child")?), standing: json(row, "standing")? })
}
