//! Every kind of event that there is, for whoever looks for one.

use super::sentences::SENTENCES;
use super::told;
use serde_json::{Value, json};

/// To what events happen, by the first part of their names.
const THINGS: &[(&str, &str)] = &[
    ("request", "A request"),
    ("child", "A child’s record"),
    ("panel", "A panel"),
    ("meeting", "A meeting"),
    ("diary", "A panel’s diary"),
    ("team", "A team"),
    ("rota", "A rota"),
    ("ruleset", "The criteria"),
    ("calendar", "The calendar"),
    ("policy", "The promises"),
    ("retention", "The retention schedule"),
    ("council", "The council"),
    ("service", "A service"),
    ("school", "A school"),
    ("schools", "The directory of schools"),
    ("account", "An account"),
    ("keys", "The keys"),
    ("draft", "A draft"),
    ("notice", "A message"),
    ("updates", "How somebody is told"),
];

/// Every kind of event that there is, in words, by what it happens to: for whoever looks for one.
pub(crate) fn kinds() -> Value {
    let of = |thing: &str| -> Vec<Value> {
        let names = SENTENCES.iter().map(|(name, _)| *name);
        let names = names.filter(|name| name.split('.').next() == Some(thing));
        names.map(|name| json!([name, told(&json!(name), &Value::Null)])).collect()
    };
    THINGS
        .iter()
        .map(|(thing, says)| json!({"thing": thing, "says": says, "kinds": of(thing)}))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn whoever_looks_for_a_kind_of_event_can_choose_any_that_is_ever_stored() {
        let stored = include_str!("../../../domain/src/event.rs").lines();
        let stored = stored.filter_map(|line| line.split_once("\" @ ")?.0.split_once(" = \""));
        let stored: BTreeSet<&str> = stored.map(|(_, name)| name).collect();
        let kinds = kinds();
        let offered =
            kinds.as_array().unwrap().iter().flat_map(|it| it["kinds"].as_array().unwrap());
        let offered: BTreeSet<&str> = offered.map(|kind| kind[0].as_str().unwrap()).collect();
        assert_eq!(offered, stored);
    }
}
