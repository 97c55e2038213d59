//! Reading what a key is to be, and making it.

use crate::access::{Operation, Reach};
use crate::form::{Faults, Form, list, via};
use crate::problem::Problem;
use domain::account::{KeyScope, Role};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// How long a key lives unless it is said, in days.
pub(super) const USUAL_DAYS: i64 = 90;

/// The end of a key's life, unless it is said.
pub(super) fn usual_end(now: Timestamp) -> Timestamp {
    let days = SignedDuration::from_hours(24 * USUAL_DAYS);
    now.checked_add(days).unwrap_or(Timestamp::MAX)
}

/// A key that nobody can guess, after letters by which a leaked one is recognised.
pub(super) fn fresh_key() -> Result<String, Problem> {
    Ok(format!("fd_{}", engine::fresh_secret()?))
}

/// `"everything"`, `"reading"` or `{"operations": […]}`, all of which the role may do.
pub(super) fn scope(role: Role) -> impl Fn(&Value, &str, &mut Faults) -> Option<KeyScope> {
    move |value, at, faults| match value {
        Value::Object(_) => {
            let mut form = Form::of(value, at, faults)?;
            let operations = form.required("operations", faults, list(100, operation(role)));
            form.done(faults);
            let operations = operations?;
            if operations.is_empty() {
                faults.say(&format!("{at}/operations"), "at least one operation");
            }
            Some(KeyScope::Operations(operations.into_iter().collect()))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            via(value, at, faults, |text| match text {
                "everything" => Ok(KeyScope::Everything),
                "reading" => Ok(KeyScope::Reading),
                _ => Err("everything, reading, or an object with operations".to_owned()),
            })
        }
    }
}

fn operation(role: Role) -> impl Fn(&Value, &str, &mut Faults) -> Option<String> {
    move |value, at, faults| {
        via(value, at, faults, |name| {
            let known = Operation::ALL.iter().find(|operation| operation.name() == name);
            match known.map(|operation| operation.reach(role)) {
                None => Err("the API's description has no operation of this name".to_owned()),
                Some(Reach::No) => Err(format!("this operation is not for the role “{role}”")),
                Some(_) => Ok(name.to_owned()),
            }
        })
    }
}
