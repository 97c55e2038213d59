//! The export of links: which URN succeeded which.

use super::cells::Table;
use crate::import::Fault;
use crate::import::text;
use domain::ids::Urn;
use std::collections::{BTreeMap, BTreeSet};

/// Successors by predecessor, and the other way round.
#[derive(Debug, Default)]
pub(super) struct Links {
    successors: BTreeMap<Urn, BTreeSet<Urn>>,
    predecessors: BTreeMap<Urn, BTreeSet<Urn>>,
}

impl Links {
    fn add(&mut self, from: Urn, to: Urn) {
        self.successors.entry(from.clone()).or_default().insert(to.clone());
        self.predecessors.entry(to).or_default().insert(from);
    }

    /// The one school that succeeded this one alone: several that were joined into one, or one
    /// that was split, are none of it.
    pub(super) fn sole_successor(&self, of: &Urn) -> Option<&Urn> {
        let successors = self.successors.get(of).filter(|urns| urns.len() == 1)?;
        let successor = successors.first()?;
        let sole = self.predecessors.get(successor).is_some_and(|urns| urns.len() == 1);
        sole.then_some(successor)
    }

    /// The school that took its place, if there is one.
    pub(super) fn successor(&self, of: &Urn) -> Option<&Urn> {
        self.successors.get(of)?.first()
    }
}

/// Reads an export of links: `URN`, `LinkURN`, `LinkType`. Links that are about no succession
/// are passed over, whatever else is in them.
pub(super) fn read(bytes: &[u8], faults: &mut Vec<Fault>) -> Links {
    let mut links = Links::default();
    let text = match text::decode(bytes) {
        Ok(text) => text,
        Err(fault) => {
            faults.push(Fault::file(format!("the file of links: {}", fault.detail)));
            return links;
        }
    };
    let Some(table) = Table::of(&text, &["URN", "LinkURN", "LinkType"], faults) else {
        return links;
    };
    let mut found = Vec::new();
    table.each(&mut found, |cells, faults| {
        let kind = cells.raw("LinkType").unwrap_or_default().to_ascii_lowercase();
        let (is_successor, is_predecessor) =
            (kind.starts_with("successor"), kind.starts_with("predecessor"));
        if !is_successor && !is_predecessor {
            return;
        }
        let expected = "a URN of six digits";
        let urn = cells.required("URN", expected, faults);
        let other = cells.required("LinkURN", expected, faults);
        let (Some(urn), Some(other)) = (urn, other) else { return };
        if is_successor { links.add(urn, other) } else { links.add(other, urn) }
    });
    // Lines of this file are not lines of the other.
    faults
        .extend(found.into_iter().map(|fault| Fault::file(format!("the file of links, {fault}"))));
    links
}
