//! Where in a body a field's value goes: the lists and parts on the way there are made.

use super::kind::text;
use serde_json::{Map, Value, json};

/// A list has no more places than this: the longest that a form shows has the days of a year.
const MOST_PLACES: usize = 400;

/// Puts a value there.
pub(super) fn put(body: &mut Value, place: &str, value: Value) {
    if let Some(slot) = slot(body, place) {
        *slot = value;
    }
}

/// Puts text into a list there.
pub(super) fn push(body: &mut Value, place: &str, typed: &str) {
    let Some(list) = slot(body, place) else { return };
    match list.as_array_mut() {
        Some(list) => list.push(text(typed)),
        None => *list = json!([text(typed)]),
    }
}

/// Where a value goes; all of the body, for no place. None, for a place that no form of ours names.
pub(crate) fn slot<'a>(body: &'a mut Value, place: &str) -> Option<&'a mut Value> {
    let mut at = body;
    for part in place.split('.').filter(|_| !place.is_empty()) {
        at = match part.parse::<usize>() {
            Ok(index) if index < MOST_PLACES => {
                if !at.is_array() {
                    *at = Value::Array(Vec::new());
                }
                let list = at.as_array_mut()?;
                while list.len() <= index {
                    list.push(Value::Null);
                }
                list.get_mut(index)?
            }
            Ok(_) => return None,
            Err(_) => {
                if !at.is_object() {
                    *at = Value::Object(Map::new());
                }
                at.as_object_mut()?.entry(part).or_insert(Value::Null)
            }
        };
    }
    Some(at)
}
