//! Addresses with holes in them, and what fills the holes.

use crate::times;
use crate::visit::Visit;
use axum::extract::RawPathParams;
use serde_json::Value;
use std::collections::BTreeMap;
use url::form_urlencoded;

/// What an address of a page names: `{id}` and the like.
pub(crate) type Params = BTreeMap<String, String>;

/// What stands in query or form, in order, without what was left empty.
pub(crate) type Pairs = Vec<(String, String)>;

/// What was typed into a form, by field: nothing in one that was empty, and in one that may say
/// several things, each of them.
pub(crate) type Typed = BTreeMap<String, Vec<String>>;

/// The parts of an address, if each could be the name of something of ours. Whatever else
/// somebody writes there leads nowhere, and never to another address of the API.
pub(crate) fn params(raw: &RawPathParams) -> Option<Params> {
    let kept =
        raw.iter().map(|(key, text)| is_a_name(text).then(|| (key.to_owned(), text.to_owned())));
    kept.collect()
}

fn is_a_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=100).contains(&text.len()) && text.bytes().all(plain) && !text.starts_with('.')
}

/// The field of a form that an address takes a name from.
pub(crate) fn typed(pattern: &str) -> Option<&str> {
    Some(pattern.split_once("{typed.")?.1.split_once('}')?.0)
}

/// The pairs of a query; what was left empty is not said.
pub(crate) fn pairs(text: &[u8]) -> Pairs {
    let pairs = form_urlencoded::parse(text).into_owned();
    pairs.filter(|(_, value)| !value.trim().is_empty()).collect()
}

/// Whether a query says something under this name.
pub(crate) fn says(query: &Pairs, name: &str) -> bool {
    query.iter().any(|(said, _)| said.split(':').next() == Some(name))
}

/// What the API answered, by the name under which it was asked.
pub(crate) type Answers = BTreeMap<&'static str, Value>;

/// An address of the API: `{id}` from the page's address, `{me.service}` from who asks,
/// `{answer.id}` from what was answered, `{today.date}` from the calendar, `{typed.slug}` from what
/// was typed, if that is a name. None, where nothing fills a hole.
pub(crate) fn fill(
    pattern: &str,
    params: &Params,
    visit: Option<&Visit>,
    answers: &Answers,
) -> Option<String> {
    let mut filled = String::with_capacity(pattern.len() + 40);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (hole, left) = after.split_once('}')?;
        filled.push_str(before);
        match hole.split_once('.') {
            Some(("me", field)) => filled.push_str(visit?.me.get(field)?.as_str()?),
            Some(("typed", place)) => {
                let name = within(answers.get("typed")?, place).filter(|it| is_a_name(it))?;
                filled.push_str(&name);
            }
            Some((name, place)) => filled.push_str(&within(answers.get(name)?, place)?),
            None => filled.push_str(params.get(hole)?),
        }
        rest = left;
    }
    filled.push_str(rest);
    Some(filled)
}

/// What stands at `child.id` or `items.0.id` in an answer, if it is a name or a number.
fn within(answer: &Value, place: &str) -> Option<String> {
    match place.split('.').try_fold(answer, part)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn part<'a>(of: &'a Value, name: &str) -> Option<&'a Value> {
    of.get(name).or_else(|| of.get(name.parse::<usize>().ok()?))
}

/// Whether an address has a hole that only another answer fills.
pub(crate) fn leads_on(pattern: &str) -> bool {
    let mut holes = pattern.split('{').skip(1);
    holes.any(|hole| {
        let of_before = |name: &str| name.starts_with("me.") || name.starts_with("today.");
        hole.split_once('}').is_some_and(|(name, _)| name.contains('.') && !of_before(name))
    })
}

/// What a page's own query says for “no matter which”: what the page would ask by itself is not
/// asked then.
const ANY: &str = "any";

/// An address with a query: what was asked for goes before what the address says by itself.
pub(crate) fn with_query(address: &str, asked: &Pairs, passed: &[&str]) -> String {
    let (path, own) = address.split_once('?').unwrap_or((address, ""));
    let mut query = form_urlencoded::Serializer::new(String::new());
    let asked = asked.iter().map(|(name, typed)| in_query(name, typed));
    let asked: Vec<_> = asked.filter(|(key, _)| passed.contains(key)).collect();
    for (key, value) in form_urlencoded::parse(own.as_bytes()) {
        if !asked.iter().any(|(it, _)| *it == key) {
            query.append_pair(&key, &value);
        }
    }
    query.extend_pairs(asked.into_iter().filter(|(_, value)| value != ANY));
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A field in a page's own query, as the API asks for it: only times are written differently.
fn in_query<'a>(name: &'a str, typed: &str) -> (&'a str, String) {
    match name.split_once(':') {
        Some((place, "london")) => (place, times::instant(typed).unwrap_or_else(|| typed.into())),
        _ => (name, typed.to_owned()),
    }
}

/// An address with what is said as its query: `link("/requests", {"status": "closed"})`. What is
/// said of nothing is left out.
pub(crate) fn link(path: &str, said: &minijinja::Value) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in said.try_iter().into_iter().flatten() {
        let value = said.get_item(&name).unwrap_or_default();
        if !value.is_undefined() && !value.is_none() && value.as_str() != Some("") {
            query.append_pair(&name.to_string(), &value.to_string());
        }
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Pairs {
        pairs(text.as_bytes())
    }

    #[test]
    fn what_somebody_asks_for_goes_before_what_the_page_would_ask() {
        let own = "/requests?sort=respond_by&limit=50";
        let asked = said("sort=-received_at&need=HI&done=advised&area=");
        let address = with_query(own, &asked, &["sort", "need", "area"]);
        assert_eq!(address, "/requests?limit=50&sort=-received_at&need=HI");
    }

    #[test]
    fn whoever_does_not_mind_is_not_asked_for_one_of_them() {
        let address = with_query("/requests?open=true&limit=50", &said("open=any"), &["open"]);
        assert_eq!(address, "/requests?limit=50");
    }

    #[test]
    fn a_hole_is_filled_from_the_address_and_from_the_answer() {
        let params = Params::from([("id".to_owned(), "7".to_owned())]);
        let answers = Answers::from([(
            "answer",
            serde_json::json!({"id": "9", "at": {"no": 4}, "of": [{"no": 5}, {"no": 6}]}),
        )]);
        let filled = |pattern| fill(pattern, &params, None, &answers);
        assert_eq!(filled("/a/{id}/b/{answer.id}").as_deref(), Some("/a/7/b/9"));
        assert_eq!(filled("/a/{answer.at.no}").as_deref(), Some("/a/4"));
        assert_eq!(filled("/a/{answer.of.1.no}").as_deref(), Some("/a/6"));
        for nothing in [
            "/a/{other}",
            "/a/{answer.none}",
            "/a/{none.id}",
            "/a/{answer.at}",
            "/a/{answer.of.2.no}",
        ] {
            assert_eq!(filled(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn what_was_typed_fills_a_hole_only_if_it_is_a_name() {
        let filled = |slug: &str| {
            let typed = Answers::from([("typed", serde_json::json!({ "slug": slug }))]);
            fill("/services/{typed.slug}", &Params::new(), None, &typed)
        };
        assert_eq!(filled("sensory-support").as_deref(), Some("/services/sensory-support"));
        for other in ["../accounts", "a/b", "a?b", "", ".."] {
            assert_eq!(filled(other), None, "{other}");
        }
        assert_eq!(typed("/services/{typed.slug}"), Some("slug"));
    }

    #[test]
    fn only_a_hole_that_another_answer_fills_leads_on() {
        assert!(leads_on("/children/{request.child.id}"));
        assert!(!leads_on("/requests/{id}") && !leads_on("/services/{me.service}/inbox"));
        assert!(!leads_on("/meetings?from={today.date}"));
    }

    #[test]
    fn a_link_says_what_is_known_and_nothing_of_the_rest() {
        let said = serde_json::json!({"district": "Hill & Vale", "of": null, "from_year": 2026});
        let said = minijinja::Value::from(minijinja::value::Serde(said));
        let nothing =
            minijinja::Value::from(minijinja::value::Serde(serde_json::json!({"key": ""})));
        assert_eq!(link("/a", &said), "/a?district=Hill+%26+Vale&from_year=2026");
        assert_eq!(link("/a", &nothing), "/a");
    }

    #[test]
    fn a_time_in_a_query_is_london_s() {
        let asked = said("as_at:london=2026-07-01T09:30");
        let address = with_query("/audit/requests/7", &asked, &["as_at"]);
        assert_eq!(address, "/audit/requests/7?as_at=2026-07-01T08%3A30%3A00Z");
    }
}
