//! Information about other people, put apart from a child's (Data Protection Act 2018, schedule
//! 2, paragraph 16): whoever answers decides about each what may be given.
//!
//! What is another person by its shape, as whoever asked for help, is moved. What people wrote
//! in words of their own may name anybody: it stays where it is, and its place is noted.

use domain::personal::Personal;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// What holds another person, by the name of its field.
const OTHERS: &[(&str, &str)] = &[
    ("requested_by", "whoever asked for help"),
    ("key_worker", "the key worker"),
    ("lead", "who sees to a part of the package"),
    ("by", "who received it at the other authority"),
];
/// Text that is a fixed word or a number, and names nobody.
const HARMLESS: &[&str] = &["their_reference", "member"];

/// Information about another person.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct Apart {
    /// Its number, which stands where it was: `{"apart": 1}`.
    pub(crate) number: usize,
    /// Where it was.
    #[serde(rename = "where")]
    #[schema(example = "/requests/0/events/0/said/requested_by")]
    pub(crate) place: String,
    /// Who it is about, as far as its shape tells.
    pub(crate) who: &'static str,
    /// What is to be done: `redact` until somebody decides otherwise.
    #[schema(value_type = String, example = "redact")]
    pub(crate) mark: &'static str,
    /// What it says.
    #[schema(value_type = Object)]
    pub(crate) content: Value,
}

/// What was found so far.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parting {
    /// About other people.
    pub(crate) others: Vec<Apart>,
    /// Where text stands that may name others.
    pub(crate) check: Vec<String>,
}

impl Parting {
    /// What was in a box at this place, without what is about others.
    pub(crate) fn part(&mut self, personal: &Personal, place: &str) -> Option<Value> {
        let own = matches!(personal, Personal::Child(_));
        let written = serde_json::to_value(personal).ok()?;
        // A box says first of which kind it is.
        let Value::Object(kinds) = written else { return None };
        let (_, content) = kinds.into_iter().next()?;
        Some(if own { content } else { self.value(content, place) })
    }

    fn value(&mut self, value: Value, place: &str) -> Value {
        match value {
            Value::Object(members) => Value::Object(self.members(members, place)),
            Value::Array(items) => {
                let item = |(at, item)| self.value(item, &format!("{place}/{at}"));
                Value::Array(items.into_iter().enumerate().map(item).collect())
            }
            Value::String(text) => {
                self.check.push(place.to_owned());
                Value::String(text)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value,
        }
    }

    fn members(&mut self, members: Map<String, Value>, place: &str) -> Map<String, Value> {
        let member = |(name, value): (String, Value)| {
            let at = format!("{place}/{name}");
            let other = OTHERS.iter().find(|(other, _)| *other == name);
            let value = match other {
                Some((_, who)) if !value.is_null() => self.apart(at, who, value),
                _ if HARMLESS.contains(&name.as_str()) => value,
                _ => self.value(value, &at),
            };
            (name, value)
        };
        members.into_iter().map(member).collect()
    }

    fn apart(&mut self, place: String, who: &'static str, content: Value) -> Value {
        let number = self.others.len() + 1;
        self.others.push(Apart { number, place, who, mark: "redact", content });
        json!({ "apart": number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::personal::{Contact, Particulars, Words};

    #[test]
    fn whoever_asked_is_put_apart_and_what_was_written_is_to_be_checked() {
        let mut parting = Parting::default();
        let contact = Contact { name: "Rosalind Hughes".to_owned(), ..Contact::default() };
        let particulars = Particulars {
            requested_by: contact,
            summary: Some("Her brother was here too.".to_owned()),
            ..Particulars::default()
        };
        let said = parting.part(&Personal::Request(Box::new(particulars)), "/said").unwrap();
        assert_eq!(said["requested_by"], json!({"apart": 1}));
        assert!(!said.to_string().contains("Rosalind"));
        assert_eq!(parting.others[0].content["name"], "Rosalind Hughes");
        assert_eq!(parting.check, ["/said/summary"]);
    }

    #[test]
    fn words_stay_and_each_of_them_is_noted() {
        let mut parting = Parting::default();
        let words =
            Words { questions: vec!["When?".to_owned(), "Who?".to_owned()], ..Words::text("a") };
        let said = parting.part(&Personal::Words(words), "/said").unwrap();
        assert_eq!(said, json!({"text": "a", "questions": ["When?", "Who?"]}));
        assert_eq!(parting.check, ["/said/questions/0", "/said/questions/1", "/said/text"]);
    }
}
