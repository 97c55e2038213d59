//! One request, with everything that is known of it in codes.

use super::item::{ITEM, Item};
use crate::clause::Clause;
use crate::{Error, Scope, refold};
use domain::codes::{Ending, Missing};
use domain::ids::RequestId;
use domain::request::{Case, Stage};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    /// As a line of a list.
    pub item: Item,
    /// As decisions see it: the codes of the intake, the triage, the clocks, the stage.
    pub case: Case,
}

impl Detail {
    /// What is missing before it can be looked at.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        self.case.intake.missing()
    }

    /// How it ended, if it has.
    #[must_use]
    pub const fn ending(&self) -> Option<Ending> {
        if let Stage::Closed { ending } = self.case.stage { Some(ending) } else { None }
    }
}

/// The request with this id, if this scope has it.
pub(crate) fn detail(
    rows: &Connection,
    scope: &Scope,
    id: RequestId,
) -> Result<Option<Detail>, Error> {
    let mut clause = Clause::default();
    scope.restrict("r", &mut clause);
    clause.and("r.id = ?", [id.0.into_bytes().to_vec().into()]);
    let found = rows
        .prepare_cached(&format!("{ITEM} {}", clause.sql()))?
        .query_row(params_from_iter(clause.values()), |row| {
            Ok((row.get("number")?, Item::read(row)?))
        })
        .optional()?;
    let Some((number, item)) = found else { return Ok(None) };
    let state = refold::request(rows, number)?;
    Ok(state.case().cloned().map(|case| Detail { item, case }))
}
