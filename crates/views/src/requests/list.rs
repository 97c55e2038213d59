//! A page of requests.

use super::item::{ITEM, Item};
use super::{Filter, Sort, SortBy};
use crate::clause::Clause;
use crate::listing::{Key, Listing, Page, Place};
use crate::{Error, Scope};
use rusqlite::{Connection, params_from_iter};

/// A page of the requests of this scope that pass this filter.
pub(crate) fn list(
    rows: &Connection,
    scope: &Scope,
    filter: &Filter,
    sort: Sort,
    page: &Page,
) -> Result<Listing<Item>, Error> {
    let place = page.place(&sort.to_string())?;
    let mut found = Vec::new();
    for (part, after) in parts(sort.by, place.as_ref()) {
        let wanted = page.rows() - found.len();
        if wanted > 0 {
            let mut clause = Clause::default();
            scope.restrict("r", &mut clause);
            filter.restrict(&mut clause);
            part.restrict(sort, after, &mut clause);
            read(rows, &clause, sort, wanted, &mut found)?;
        }
    }
    Ok(page.of(found))
}

/// A stretch of a list that one index gives in order. Requests without a due instant are a
/// stretch of their own, so that they come last both ways without sorting everything.
#[derive(Clone, Copy)]
enum Part {
    /// Every request.
    Whole,
    /// Those that have the sort value.
    With,
    /// Those that have not.
    Without,
}

/// The stretches that are left after this place, each with where to begin in it.
fn parts(by: SortBy, place: Option<&Place>) -> Vec<(Part, Option<&Place>)> {
    match (by, place) {
        (SortBy::ReceivedAt | SortBy::Reference, place) => vec![(Part::Whole, place)],
        (SortBy::RespondBy | SortBy::DueAt, Some(place)) if place.value == Key::Null => {
            vec![(Part::Without, Some(place))]
        }
        (SortBy::RespondBy | SortBy::DueAt, place) => {
            vec![(Part::With, place), (Part::Without, None)]
        }
    }
}

impl Part {
    fn restrict(self, sort: Sort, after: Option<&Place>, clause: &mut Clause) {
        let column = sort.by.as_str();
        let beyond = if sort.descending { "<" } else { ">" };
        match self {
            Self::Whole => {}
            Self::With => clause.and(&format!("r.{column} IS NOT NULL"), []),
            Self::Without => clause.and(&format!("r.{column} IS NULL"), []),
        }
        let Some(Place { value, key, .. }) = after else { return };
        match self {
            Self::Whole | Self::With => {
                let condition = format!("(r.{column}, r.number) {beyond} (?, ?)");
                clause.and(&condition, [value.into(), key.into()]);
            }
            Self::Without => clause.and(&format!("r.number {beyond} ?"), [key.into()]),
        }
    }
}

fn read(
    rows: &Connection,
    clause: &Clause,
    sort: Sort,
    wanted: usize,
    found: &mut Vec<(Item, Place)>,
) -> Result<(), Error> {
    let column = sort.by.as_str();
    let direction = if sort.descending { "DESC" } else { "ASC" };
    // The page is chosen by its keys, so that only its own rows are joined to their boxes.
    let order = format!("ORDER BY r.{column} {direction}, r.number {direction}");
    let sql = format!(
        "{ITEM} WHERE r.number IN
             (SELECT r.number FROM requests r {} {order} LIMIT {wanted})
         {order}",
        clause.sql(),
    );
    let mut statement = rows.prepare_cached(&sql)?;
    let mut selected = statement.query(params_from_iter(clause.values()))?;
    while let Some(row) = selected.next()? {
        let (value, key) = (row.get(column)?, row.get("number")?);
        found.push((Item::read(row)?, Place { order: sort.to_string(), value, key }));
    }
    Ok(())
}
