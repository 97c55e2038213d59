//! What differs between two JSON values, member by member.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A member that is not what it was.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Changed {
    /// Which: a JSON pointer (RFC 6901).
    #[schema(example = "/status")]
    pub(super) pointer: String,
    /// What it was; null when it was not there.
    #[schema(value_type = Object)]
    pub(super) before: Value,
    /// What it is; null when it is gone.
    #[schema(value_type = Object)]
    pub(super) after: Value,
}

/// Everything that differs, the smallest members, in the order of their names and places.
pub(super) fn changes(before: &Value, after: &Value) -> Vec<Changed> {
    let mut found = Vec::new();
    compare("", before, after, &mut found);
    found
}

fn compare(pointer: &str, before: &Value, after: &Value, found: &mut Vec<Changed>) {
    match (before, after) {
        (before, after) if before == after => {}
        (Value::Object(one), Value::Object(other)) => {
            let names: BTreeSet<_> = one.keys().chain(other.keys()).collect();
            for name in names {
                let at = |map: &serde_json::Map<String, Value>| map.get(name).cloned();
                let pointer = format!("{pointer}/{}", escaped(name));
                member(&pointer, at(one), at(other), found);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            for place in 0..one.len().max(other.len()) {
                let at = |items: &[Value]| items.get(place).cloned();
                member(&format!("{pointer}/{place}"), at(one), at(other), found);
            }
        }
        (before, after) => {
            let (before, after) = (before.clone(), after.clone());
            found.push(Changed { pointer: pointer.to_owned(), before, after });
        }
    }
}

/// A member that may be missing on one side.
fn member(pointer: &str, before: Option<Value>, after: Option<Value>, found: &mut Vec<Changed>) {
    compare(pointer, &before.unwrap_or_default(), &after.unwrap_or_default(), found);
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pointers(before: &Value, after: &Value) -> Vec<String> {
        changes(before, after).into_iter().map(|it| it.pointer).collect()
    }

    #[test]
    fn only_the_smallest_members_that_differ_are_named() {
        let before = json!({"status": "with_service", "duty": {"adviser": "a", "team": "t"}});
        let after = json!({"status": "closed", "duty": {"adviser": "b", "team": "t"}});
        assert_eq!(pointers(&before, &after), ["/duty/adviser", "/status"]);
        assert_eq!(pointers(&after, &after), [""; 0]);
    }

    #[test]
    fn what_came_or_went_is_null_on_the_other_side() {
        let found = changes(&json!({"a/b": [1]}), &json!({"a/b": [1, {"x~": 2}]}));
        let came =
            Changed { pointer: "/a~1b/1".to_owned(), before: Value::Null, after: json!({"x~": 2}) };
        assert_eq!(found, [came]);
    }
}
