//! A `WHERE` clause as it grows: fixed text, and the values apart from it.

use rusqlite::types::Value;
use std::collections::BTreeSet;
use std::fmt::Display;

/// Conditions that all hold. The text is ours; what comes from outside is always a value.
#[derive(Debug, Default)]
pub(crate) struct Clause {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Clause {
    /// One more condition, with a value for each `?` in it.
    pub(crate) fn and<const N: usize>(&mut self, condition: &str, values: [Value; N]) {
        debug_assert_eq!(condition.matches('?').count(), N, "{condition}");
        self.conditions.push(condition.to_owned());
        self.values.extend(values);
    }

    /// One more condition if there is a value for it.
    pub(crate) fn and_if(&mut self, condition: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.and(condition, [value.into()]);
        }
    }

    /// The clause, to stand after the tables.
    pub(crate) fn sql(&self) -> String {
        if self.conditions.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", self.conditions.join(" AND "))
        }
    }

    /// The values, in the order of the text.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter()
    }
}

/// Names as one value, for `json_each` to take apart again: slugs, which need no escape.
pub(crate) fn names<N: Display>(names: &BTreeSet<N>) -> Value {
    let names: Vec<_> = names.iter().map(|name| format!(r#""{name}""#)).collect();
    format!("[{}]", names.join(",")).into()
}
