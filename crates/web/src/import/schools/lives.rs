//! Rows that are one school: what became an academy, in the order of its URNs.

use super::file::Broken;
use super::gias;
use super::links::Links;
use super::row::Row;
use crate::import::{Fault, Place};
use domain::ids::Urn;
use std::collections::{BTreeMap, BTreeSet};

/// The rows of one school, the oldest first; never empty.
pub(super) type Life = Vec<Row>;

/// Puts rows together. The rows of a school of which one is broken are left out with it, and
/// said so: without the broken one they would look like another school.
pub(super) fn lives(
    rows: Vec<Row>,
    links: &Links,
    broken: &Broken,
    faults: &mut Vec<Fault>,
) -> Vec<Life> {
    let next = conversions(&rows, links);
    let goes_on: BTreeSet<_> = next.values().cloned().collect();
    let mut by_urn: BTreeMap<Urn, Row> =
        rows.into_iter().map(|row| (row.urn.clone(), row)).collect();
    let firsts: Vec<_> = by_urn.keys().filter(|urn| !goes_on.contains(*urn)).cloned().collect();
    let mut lives = Vec::with_capacity(firsts.len());
    for first in firsts {
        let mut life = Vec::new();
        let mut urn = Some(&first);
        while let Some(row) = urn.and_then(|urn| by_urn.remove(urn)) {
            life.push(row);
            urn = life.last().and_then(|row: &Row| next.get(&row.urn));
        }
        if life.iter().any(|row| touches(row, links, broken)) {
            faults.extend(life.iter().map(|row| {
                let detail = "left out: a line that cannot be read may be the same school";
                Fault::new(Place::Line(row.line), detail)
            }));
        } else {
            lives.push(life);
        }
    }
    lives
}

fn touches(row: &Row, links: &Links, broken: &Broken) -> bool {
    let numbered = row.register.establishment.as_ref();
    numbered.is_some_and(|number| broken.establishments.contains(number))
        || links.sole_successor(&row.urn).is_some_and(|urn| broken.urns.contains(urn))
        || broken.urns.iter().any(|urn| links.sole_successor(urn) == Some(&row.urn))
}

/// The next URN of each that has one: said by a link; or else found, since a school that
/// becomes an academy keeps its number within the authority, and closes by the day on which
/// the academy opens. A later URN always opened later, so that no school precedes itself.
fn conversions(rows: &[Row], links: &Links) -> BTreeMap<Urn, Urn> {
    let mut next = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let by_urn: BTreeMap<_, _> = rows.iter().map(|row| (&row.urn, row)).collect();
    for row in rows {
        let linked = links.sole_successor(&row.urn).and_then(|urn| by_urn.get(urn));
        if let Some(later) = linked.filter(|later| follows(row, later)) {
            next.insert(row.urn.clone(), later.urn.clone());
            taken.insert(later.urn.clone());
        }
    }
    let mut by_opening: Vec<_> = rows.iter().collect();
    by_opening.sort_by_key(|row| row.register.opened_on);
    for row in rows {
        if next.contains_key(&row.urn) || !gias::goes_on(&row.why_closed) {
            continue;
        }
        let later = by_opening.iter().find(|later| {
            row.register.establishment.is_some()
                && later.register.establishment == row.register.establishment
                && !taken.contains(&later.urn)
                && follows(row, later)
        });
        if let Some(later) = later {
            next.insert(row.urn.clone(), later.urn.clone());
            taken.insert(later.urn.clone());
        }
    }
    next
}

fn follows(row: &Row, later: &Row) -> bool {
    let (closed, opened) = (row.closed_on, later.register.opened_on);
    !row.is_open
        && closed.is_some_and(|closed| opened.is_some_and(|opened| closed <= opened))
        && row.register.opened_on < opened
}
