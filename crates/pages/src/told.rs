//! Whatever the API answers, told to somebody who reads no JSON: a value in words, and the place
//! in an answer where it stands.

use crate::{money, times, words};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// Parts of an answer's places that their own letters do not tell.
const PLACES: &[(&str, &str)] = &[
    ("child_codes", "child"),
    ("as_at", "moment"),
    ("respond_by", "answer promised by"),
    ("due_at", "due"),
    ("tried", "what was tried"),
    ("provision_cost_per_year", "provision a year"),
    ("sen_provision", "SEN provision"),
    ("ruleset_version", "version of the criteria"),
    ("school_urn", "school"),
    ("clocks", "promise"),
    ("ways_in", "way in"),
];

/// A value in words: days and times as people write them, codes in their words, lists and parts
/// one after the other.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(true) => "Yes".to_owned(),
        Value::Bool(false) => "No".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => self::text(text),
        Value::Array(items) if items.is_empty() => "None".to_owned(),
        Value::Array(items) => items.iter().map(self::value).collect::<Vec<_>>().join(", "),
        Value::Object(parts) => {
            if let Some(pence) = parts.get("pence").and_then(Value::as_i64) {
                return money::written(pence);
            }
            let said = parts.iter().filter(|(_, part)| !part.is_null());
            let part =
                |(name, part): (&String, &Value)| format!("{}: {}", place(name), self::value(part));
            said.map(part).collect::<Vec<_>>().join("; ")
        }
    }
}

fn text(text: &str) -> String {
    if text.len() == 10 && text.parse::<Date>().is_ok() {
        return times::day(text);
    }
    if text.parse::<Timestamp>().is_ok() {
        return times::moment(text);
    }
    let code = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-');
    if text.bytes().all(code) || words::is_known(text) { words::of(text) } else { text.to_owned() }
}

/// The place that a JSON pointer (RFC 6901) names: `/child_codes/sen_provision` as `Child: SEN
/// provision`. Numbers of a list count from one.
pub(crate) fn place(pointer: &str) -> String {
    let parts = pointer.split('/').filter(|part| !part.is_empty());
    let named = parts.map(|part| {
        if let Ok(number) = part.parse::<usize>() {
            return (number + 1).to_string();
        }
        let part = part.replace("~1", "/").replace("~0", "~").replace('.', " ");
        let known = PLACES.iter().find(|(it, _)| *it == part);
        known.map_or_else(|| words::plain(&part), |(_, words)| (*words).to_owned())
    });
    let mut told = String::new();
    for part in named {
        let number = part.bytes().all(|byte| byte.is_ascii_digit());
        told.push_str(if told.is_empty() {
            ""
        } else if number {
            " "
        } else {
            ": "
        });
        told.push_str(&if told.is_empty() { words::plain(&part) } else { words::within(&part) });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_told_in_words() {
        for (said, told) in [
            (json!(null), "–"),
            (json!(true), "Yes"),
            (json!("with_service"), "With a service"),
            (json!("HI"), "Hearing impairment"),
            (json!("2026-12-04"), "4 December 2026"),
            (json!("2026-12-04T09:30:00Z"), "4 December 2026 at 9:30am"),
            (json!("FD-MSTD4-0D5AF"), "FD-MSTD4-0D5AF"),
            (json!(["advice", "equipment"]), "Advice, Equipment"),
            (
                json!({"kind": "panel", "panel": "semh", "why": null}),
                "Kind: Panel; Panel: Social, emotional and mental health",
            ),
            (json!({"cost": {"pence": 1650}}), "Cost: £16.50"),
        ] {
            assert_eq!(value(&said), told);
        }
    }

    #[test]
    fn a_pointer_is_told_as_a_place() {
        assert_eq!(place("/child_codes/sen_provision"), "Child: SEN provision");
        assert_eq!(place("/clocks/1/state"), "Promise 2: state");
        assert_eq!(place("/triage/facts/needs.primary"), "Triage: facts: needs primary");
    }
}
