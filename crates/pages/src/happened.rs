//! What happened, in plain words: an event as a person would tell it, with as much of it as is known
//! and as whoever reads it stands to it.

mod kinds;
mod particulars;
mod sentences;

pub(crate) use kinds::kinds;

use crate::words;
use sentences::SENTENCES;
use serde_json::Value;

/// An event, and who reads of it.
#[derive(Clone, Copy)]
struct Told<'a> {
    /// All that is known of it; of its name alone, nothing.
    event: &'a Value,
    /// What it says itself.
    it: &'a Value,
    /// Whether it is told to the school that the request is of.
    own: bool,
}

/// What an event tells; of one without words, its name. It is an event, or the name of one.
pub(crate) fn told(event: &Value, reader: &Value) -> String {
    let name = event.as_str().or_else(|| event["type"].as_str()).unwrap_or_default();
    let own = reader["role"] == "school";
    let told = Told { event, it: &event["data"], own };
    if let Some(told) = particulars::of(name, told) {
        return told;
    }
    match SENTENCES.iter().find(|(it, _)| *it == name) {
        Some((_, sentence)) => told.filled(sentence),
        None => words::of(name.split_once('.').map_or(name, |(_, what)| what)),
    }
}

impl<'a> Told<'a> {
    /// A sentence with what differs in its holes.
    fn filled(self, sentence: &str) -> String {
        let mut parts = sentence.split('{');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for (hole, rest) in parts.filter_map(|part| part.split_once('}')) {
            filled.push_str(&self.hole(hole));
            filled.push_str(rest);
        }
        filled
    }

    fn hole(self, hole: &str) -> String {
        let service = self.it["service"].as_str().map(words::of);
        match hole {
            "They" => if self.own { "You" } else { "The school" }.to_owned(),
            "them" => if self.own { "you" } else { "the school" }.to_owned(),
            "Service" => service.unwrap_or_else(|| "A service".to_owned()),
            "service" => service.unwrap_or_else(|| "a service".to_owned()),
            place => self.detail(place.trim_start_matches(": ")).unwrap_or_default(),
        }
    }

    /// What the code at a place says, among those of a kind: `plan:decision`.
    fn detail(self, place: &str) -> Option<String> {
        let (kind, place) = place.split_at(place.find(':').map_or(0, |colon| colon + 1));
        Some(format!(": {}", said(&format!("{kind}{}", self.code(place)?))))
    }

    /// The code at a place of it, or the kind of what stands there.
    fn code(self, place: &str) -> Option<&'a str> {
        let there = place.split('.').fold(self.it, |it, part| &it[part]);
        there.as_str().or_else(|| there["kind"].as_str())
    }

    /// The codes in a list of it, one after the other.
    fn listed(self, list: &str) -> Option<String> {
        let codes: Vec<_> = self.it[list].as_array()?.iter().filter_map(Value::as_str).collect();
        Some(codes.into_iter().map(said).collect::<Vec<_>>().join(", ")).filter(|it| !it.is_empty())
    }
}

/// What a code says, within a sentence.
fn said(code: &str) -> String {
    words::within(&words::of(code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn to(role: &str, event: &Value) -> String {
        told(event, &json!({ "role": role }))
    }

    #[test]
    fn an_event_is_told_by_its_name_alone_and_one_without_words_is_named() {
        assert_eq!(to("auditor", &json!("request.advised")), "The duty adviser gave advice");
        assert_eq!(to("auditor", &json!("request.declined")), "A service could not take it on");
        assert_eq!(to("auditor", &json!("request.sent_to_the_moon")), "Sent to the moon");
    }

    #[test]
    fn a_school_reads_of_itself() {
        let received = || json!({"type": "request.received", "data": {}});
        assert_eq!(to("school", &received()), "You asked for help");
        assert_eq!(to("adviser", &received()), "The school asked for help");
    }

    #[test]
    fn as_much_is_told_as_the_event_says() {
        let declined = json!({"type": "request.declined",
            "data": {"service": "sensory-support", "reason": {"code": "no_capacity"}}});
        let told = "Sensory support could not take it on: there is no capacity";
        assert_eq!(to("adviser", &declined), told);
        let decided = json!({"type": "request.panel_decided", "data": {"decision": "defer"}});
        assert_eq!(to("adviser", &decided), "The panel decided: to ask the school first");
    }

    #[test]
    fn every_event_is_told_once() {
        let mut names: Vec<_> = SENTENCES.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SENTENCES.len());
    }
}
