//! A list that is chosen from what a page offers: an agenda from what waits.
//!
//! Each row is named by what it is: `items.01a1….minutes`, so that a row keeps what was typed in it
//! when the page offers something else next time. `items:choice` says that the list is such a
//! one; rows that are `:taken` are in it, in the order of their `:place`, and the others are not.

use super::slot::{put, slot};
use crate::place::Pairs;
use serde_json::{Map, Value};

/// Puts a list of the rows that were taken in place of all rows.
pub(super) fn settle(body: &mut Value, pairs: &Pairs) {
    for list in lists(pairs) {
        let mut rows = match slot(body, list) {
            Some(Value::Object(rows)) => std::mem::take(rows),
            _ => Map::new(),
        };
        let taken = taken(pairs, list).into_iter().filter_map(|row| rows.remove(row));
        let taken = taken.collect();
        put(body, list, Value::Array(taken));
    }
}

/// A field as the form names it, of one that the API names by its place in the list that it got.
pub(crate) fn as_sent(field: &str, pairs: &Pairs) -> String {
    let row = |list: &str| {
        let rest = field.strip_prefix(list)?.strip_prefix('.')?;
        let (place, field) = rest.split_once('.').unwrap_or((rest, "place"));
        let row = *taken(pairs, list).get(place.parse::<usize>().ok()?)?;
        Some(format!("{list}.{row}.{field}"))
    };
    lists(pairs).find_map(row).unwrap_or_else(|| field.to_owned())
}

fn lists(pairs: &Pairs) -> impl Iterator<Item = &str> {
    pairs.iter().filter_map(|(name, _)| name.strip_suffix(":choice"))
}

/// The rows of a list that were taken, in the order of their places; those without one last.
fn taken<'a>(pairs: &'a Pairs, list: &str) -> Vec<&'a str> {
    let row =
        |name: &'a str, kind: &str| name.strip_prefix(list)?.strip_prefix('.')?.strip_suffix(kind);
    let place = |wanted: &str| {
        let typed = pairs.iter().find(|(name, _)| row(name, ":place") == Some(wanted));
        typed.and_then(|(_, typed)| typed.trim().parse::<u32>().ok()).unwrap_or(u32::MAX)
    };
    let mut rows: Vec<_> = pairs.iter().filter_map(|(name, _)| row(name, ":taken")).collect();
    rows.sort_by_key(|row| place(row));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::body;
    use serde_json::json;

    const OFFERED: &[(&str, &str)] = &[
        ("items:choice", "yes"),
        ("items.a.request", "a"),
        ("items.a:place", "2"),
        ("items.a:taken", "yes"),
        ("items.b.request", "b"),
        ("items.b:place", "3"),
        ("items.c.request", "c"),
        ("items.c.minutes:number", "20"),
        ("items.c:place", "1"),
        ("items.c:taken", "yes"),
    ];

    fn pairs(fields: &[(&str, &str)]) -> Pairs {
        fields.iter().map(|(name, typed)| ((*name).into(), (*typed).into())).collect()
    }

    #[test]
    fn what_is_taken_is_sent_in_the_order_that_was_typed_and_the_rest_is_not() {
        let expected = json!({"items": [{"request": "c", "minutes": 20}, {"request": "a"}]});
        assert_eq!(body(&pairs(OFFERED)), expected);
    }

    #[test]
    fn a_list_of_which_nothing_is_taken_is_empty_and_not_unsaid() {
        let fields = [("items:choice", "yes"), ("items.a.request", "a")];
        assert_eq!(body(&pairs(&fields)), json!({"items": []}));
    }

    #[test]
    fn a_fault_is_about_the_row_that_was_sent_at_that_place() {
        let named = |field| as_sent(field, &pairs(OFFERED));
        assert_eq!(named("items.0.minutes"), "items.c.minutes");
        assert_eq!(named("items.1"), "items.a.place");
        for other in ["items", "items.7.minutes", "other.0.minutes"] {
            assert_eq!(named(other), other);
        }
    }
}
