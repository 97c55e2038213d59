//! The rows of a form's lists, counted as the API is told them: one that was left empty, or that is
//! to be left out, is not there, and those after it move up. What the API then says of a row is said
//! of the one that was typed.

use super::slot::put;
use crate::place::Pairs;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What says of a row that it is to be left out.
pub(crate) const LEFT_OUT: &str = ":left_out";
/// What says a row's number, which is nothing by itself.
const BESIDE: &str = ":beside";

/// How the rows of a form's lists are counted.
pub(crate) struct Rows {
    left_out: Vec<String>,
    /// Those of which nothing is said but the number beside them.
    empty: Vec<String>,
    /// The rows that are there, by the name of their list.
    there: BTreeMap<String, Vec<usize>>,
}

impl Rows {
    pub(crate) fn of(pairs: &Pairs) -> Self {
        let names = || pairs.iter().map(|(name, _)| name.as_str());
        let left_out = names().filter_map(|name| name.strip_suffix(LEFT_OUT)).map(str::to_owned);
        let empty = names().filter_map(|name| Some(name.strip_suffix(BESIDE)?.rsplit_once('.')?.0));
        let said = |row: &str| {
            let within = |name: &str| name.strip_prefix(row).is_some_and(|it| it.starts_with('.'));
            names().any(|name| !name.ends_with(BESIDE) && within(name))
        };
        let empty = empty.filter(|row| !said(row)).map(str::to_owned).collect();
        let mut rows = Self { left_out: left_out.collect(), empty, there: BTreeMap::new() };
        let mut there: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for name in names().filter(|name| !rows.leaves_out(name)) {
            walk(name, |list, row| {
                there.entry(list.to_owned()).or_default().insert(row);
                (row, row)
            });
        }
        let sorted = |(list, rows): (String, BTreeSet<usize>)| (list, rows.into_iter().collect());
        rows.there = there.into_iter().map(sorted).collect();
        rows
    }

    pub(super) fn leaves_out(&self, name: &str) -> bool {
        self.left_out.iter().chain(&self.empty).any(|row| {
            name.strip_prefix(row.as_str()).is_some_and(|rest| rest.starts_with(['.', ':']))
        })
    }

    /// A body of lists that every row can be left out of.
    pub(super) fn emptied(&self) -> Value {
        let mut body = Value::Object(Map::new());
        let lists = self.left_out.iter().filter_map(|row| Some(row.rsplit_once('.')?.0));
        for list in lists.filter(|list| !self.leaves_out(&format!("{list}."))) {
            put(&mut body, &self.counted(list), json!([]));
        }
        body
    }

    /// The name of a field as the API is told it.
    pub(super) fn counted(&self, name: &str) -> String {
        walk(name, |list, row| {
            let there = self.there.get(list);
            (row, there.map_or(row, |there| there.iter().filter(|it| **it < row).count()))
        })
    }

    /// The name of a field that the API speaks of, as it stands in the form.
    pub(crate) fn as_typed(&self, field: &str) -> String {
        walk(field, |list, row| {
            let typed = self.there.get(list).and_then(|there| there.get(row)).copied();
            (typed.unwrap_or(row), typed.unwrap_or(row))
        })
    }
}

/// Goes along a field's name and puts another number in place of each. What is told of a number
/// is its list, as the form names it; what is asked is its number in the form, and the other one.
fn walk(name: &str, mut numbers: impl FnMut(&str, usize) -> (usize, usize)) -> String {
    let (place, kind) = name.split_at(name.find(':').unwrap_or(name.len()));
    let (mut list, mut walked) = (String::new(), String::new());
    for (at, part) in place.split('.').enumerate() {
        let dot = if at == 0 { "" } else { "." };
        let (typed, other) = match part.parse::<usize>() {
            Ok(row) => {
                let (typed, other) = numbers(&list, row);
                (typed.to_string(), other.to_string())
            }
            Err(_) => (part.to_owned(), part.to_owned()),
        };
        list = list + dot + &typed;
        walked = walked + dot + &other;
    }
    walked + kind
}

/// How many rows of a list were typed.
pub(crate) fn rows<'a>(names: impl Iterator<Item = &'a str>, list: &str) -> usize {
    let row = |name: &str| {
        let rest = name.strip_prefix(list)?.strip_prefix('.')?;
        rest.split(['.', ':']).next()?.parse::<usize>().ok()
    };
    names.filter_map(row).max().map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::body;

    #[test]
    fn a_fault_of_a_row_that_moved_up_stands_at_the_row_that_was_typed() {
        let names = ["rows.0:left_out", "rows.0.to", "rows.4.ways.2.to", "rows.4.ways.5.to"];
        let pairs = names.map(|name| (name.to_owned(), "x".to_owned())).to_vec();
        let sent = json!({"rows": [{"ways": [{"to": "x"}, {"to": "x"}]}]});
        assert_eq!(body(&pairs), sent);
        let rows = Rows::of(&pairs);
        assert_eq!(rows.as_typed("rows.0.ways.1.to"), "rows.4.ways.5.to");
        assert_eq!(rows.as_typed("rows.9.ways.1.to"), "rows.9.ways.1.to");
    }

    #[test]
    fn the_rows_that_were_typed_are_counted() {
        let names = ["rows.0.on", "rows.2:left_out", "rows_of_others.9", "other"];
        assert_eq!(rows(names.into_iter(), "rows"), 3);
        assert_eq!(rows(names.into_iter(), "none"), 0);
    }
}
