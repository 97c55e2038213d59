//! What differs between an entry as it is and as it would be, field by field.

use serde::Serialize;
use serde_json::{Map, Value};

/// A field that would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which, `register/postcode` for one inside another.
    pub field: String,
    /// What it is; null when nothing.
    pub from: Value,
    /// What it would be.
    pub to: Value,
}

/// The differences of two entries, as they are stored.
pub(super) fn between(from: &impl Serialize, to: &impl Serialize) -> Vec<FieldChange> {
    let (from, to) = (serde_json::to_value(from), serde_json::to_value(to));
    let mut found = Vec::new();
    compare("", &from.unwrap_or_default(), &to.unwrap_or_default(), &mut found);
    found
}

fn compare(field: &str, from: &Value, to: &Value, found: &mut Vec<FieldChange>) {
    let nothing = Map::new();
    let inside = match (from, to) {
        (Value::Object(from), Value::Object(to)) => Some((from, to)),
        (Value::Null, Value::Object(to)) => Some((&nothing, to)),
        (Value::Object(from), Value::Null) => Some((from, &nothing)),
        _ => None,
    };
    let Some((from_fields, to_fields)) = inside else {
        if from != to {
            let (from, to) = (from.clone(), to.clone());
            found.push(FieldChange { field: field.to_owned(), from, to });
        }
        return;
    };
    let gone = from_fields.keys().filter(|name| !to_fields.contains_key(*name));
    for name in to_fields.keys().chain(gone) {
        let (from, to) = (from_fields.get(name), to_fields.get(name));
        let field = if field.is_empty() { name.clone() } else { format!("{field}/{name}") };
        compare(&field, from.unwrap_or(&Value::Null), to.unwrap_or(&Value::Null), found);
    }
}
