//! What a refusal quotes by its code, said by its name.
//!
//! The API quotes an account, a service, a meeting or a code in “…” or in backticks, for programs.
//! A page has been answered who is called what, and says that to people.

use crate::place::Answers;
use crate::{faults, times, words};
use serde_json::Value;
use std::collections::BTreeMap;

/// What something is known by.
const CODES: [&str; 3] = ["account", "slug", "id"];

/// The names on one page.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    /// All that the answers on a page give.
    pub(crate) fn of(answers: &Answers) -> Self {
        let mut names = Self::default();
        for answer in answers.values() {
            names.learn(answer);
        }
        names
    }

    fn learn(&mut self, answer: &Value) {
        match answer {
            Value::Object(fields) => {
                let text = |field: &str| fields.get(field).and_then(Value::as_str);
                let name = text("name").map(str::to_owned);
                // A meeting has no name: people call it by its time.
                let name = name.or_else(|| text("starts_at").map(times::moment));
                let codes = CODES.iter().filter_map(|field| text(field));
                for (code, name) in codes.zip(name.iter().cycle()) {
                    self.0.entry(code.to_owned()).or_insert_with(|| name.clone());
                }
                fields.values().for_each(|part| self.learn(part));
            }
            Value::Array(parts) => parts.iter().for_each(|part| self.learn(part)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// A sentence of the API's, to people.
    pub(crate) fn say(&self, says: &str) -> String {
        let mut said = String::with_capacity(says.len());
        let mut rest = says;
        while let Some((before, code, after)) = quoted(rest) {
            said.push_str(before);
            match self.0.get(code) {
                Some(name) => said.push_str(name),
                None if words::is_id(code) => said.truncate(said.trim_end_matches(": ").len()),
                None => {
                    let known = if words::is_known(code) { words::of(code) } else { code.into() };
                    said.extend(["“", &known, "”"]);
                }
            }
            rest = after;
        }
        said.push_str(rest);
        let instants = said.split_inclusive(' ').map(on_the_clock);
        faults::sentence(&instants.collect::<String>())
    }
}

/// The next thing that is quoted, with what stands before and after it.
fn quoted(says: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = says.split_once(['“', '`'])?;
    let (code, after) = from.split_once(['”', '`'])?;
    Some((before, code, after))
}

/// An instant as people write it; whatever else stands there stays as it is.
fn on_the_clock(word: &str) -> String {
    let instant = word.trim_end_matches([' ', ':', ',', '.', ';']);
    match instant.parse::<jiff::Timestamp>() {
        Ok(_) => word.replacen(instant, &times::moment(instant), 1),
        Err(_) => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(says: &str) -> String {
        let answers = Answers::from([
            ("panel", json!({"members": [{"account": "ada-lorne", "name": "Dr Ada Lorne"}]})),
            ("services", json!({"items": [{"slug": "early-help", "name": "Early Help"}]})),
            ("next", json!({"id": MEETING, "starts_at": "2026-12-08T13:00:00Z"})),
        ]);
        Names::of(&answers).say(says)
    }

    const MEETING: &str = "01a1f385-bab0-7f85-8fc1-ea2b4046eb34";

    #[test]
    fn who_is_quoted_by_an_account_is_called_by_name() {
        assert_eq!(
            said("“ada-lorne” is in the room already"),
            "Dr Ada Lorne is in the room already"
        );
        assert_eq!(
            said("an interest is not settled: “ada-lorne” (own service)"),
            "An interest is not settled: Dr Ada Lorne (own service)"
        );
    }

    #[test]
    fn a_service_a_meeting_and_a_code_are_said_as_people_say_them() {
        assert_eq!(
            said("it is with the service “early-help”"),
            "It is with the service Early Help"
        );
        assert_eq!(
            said(&format!("the panel meets then: “{MEETING}”")),
            "The panel meets then: 8 December 2026 at 1pm"
        );
        assert_eq!(said("while its status is `closed`"), "While its status is “Closed”");
    }

    #[test]
    fn an_id_that_nothing_on_the_page_explains_is_left_out() {
        let unknown = MEETING.replace('0', "1");
        assert_eq!(said(&format!("the panel meets then: “{unknown}”")), "The panel meets then");
    }

    #[test]
    fn an_instant_is_told_by_the_clock_in_london() {
        assert_eq!(
            said("something was decided at 2026-07-01T13:05:00Z: it stands"),
            "Something was decided at 1 July 2026 at 2:05pm: it stands"
        );
    }

    #[test]
    fn what_was_typed_and_means_nothing_here_is_quoted_as_it_was() {
        assert_eq!(said("“noonish” is no time"), "“noonish” is no time");
    }
}
