//! One request, with everything that is known of it in codes.

use super::item::{ITEM, Item, sealed_box};
use crate::clause::Clause;
use crate::{Error, Scope, refold};
use domain::codes::{Ending, Missing};
use domain::ids::RequestId;
use domain::request::{Case, Stage};
use engine::SealedBox;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    /// As a line of a list.
    pub item: Item,
    /// As decisions see it: the codes of the intake, the triage, the clocks, the stage.
    pub case: Case,
    /// What people asked of the school, sealed: a box for each event that asked.
    pub asked: Vec<SealedBox>,
    /// What its package of support is in words, sealed.
    pub described: Option<SealedBox>,
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
    let Some(case) = state.case().cloned() else { return Ok(None) };
    let asked = asked(rows, number)?;
    let described = described(rows, &case)?;
    Ok(Some(Detail { item, case, asked, described }))
}

fn described(rows: &Connection, case: &Case) -> Result<Option<SealedBox>, Error> {
    let Some(support) = &case.support else { return Ok(None) };
    let sql = "SELECT id, sealed FROM timeline
               WHERE request = (SELECT number FROM requests WHERE id = ?) AND id = ?";
    let ids = [case.id.0.as_bytes(), support.described_in.0.as_bytes()];
    let found = rows.prepare_cached(sql)?.query_row(ids, |row| sealed_box(row, "id", "sealed"));
    Ok(found.optional()?.flatten())
}

fn asked(rows: &Connection, number: i64) -> Result<Vec<SealedBox>, Error> {
    let sql = "SELECT id, sealed FROM timeline
               WHERE request = ? AND name = 'request.information_asked' ORDER BY position";
    let mut statement = rows.prepare_cached(sql)?;
    let boxes = statement.query_map([number], |row| sealed_box(row, "id", "sealed"))?;
    Ok(boxes.filter_map(Result::transpose).collect::<rusqlite::Result<_>>()?)
}
