//! Addresses with holes in them, and what fills the holes.

use crate::visit::Visit;
use axum::extract::RawPathParams;
use serde_json::Value;
use std::collections::BTreeMap;
use url::form_urlencoded;

/// What an address of a page names: `{id}` and the like.
pub(crate) type Params = BTreeMap<String, String>;

/// What stands in query or form, in order, without what was left empty.
pub(crate) type Pairs = Vec<(String, String)>;

/// The parts of an address, if each could be the name of something of ours. Whatever else
/// somebody writes there leads nowhere, and never to another address of the API.
pub(crate) fn params(raw: &RawPathParams) -> Option<Params> {
    let good = |text: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        (1..=100).contains(&text.len()) && text.bytes().all(plain) && !text.starts_with('.')
    };
    let kept = raw.iter().map(|(key, text)| good(text).then(|| (key.to_owned(), text.to_owned())));
    kept.collect()
}

/// The pairs of a query or of a form's body; what was left empty is not said.
pub(crate) fn pairs(text: &[u8]) -> Pairs {
    let pairs = form_urlencoded::parse(text).into_owned();
    pairs.filter(|(_, value)| !value.trim().is_empty()).collect()
}

/// An address of the API: `{id}` from the page's address, `{me.service}` from who asks,
/// `{answer.id}` from what was answered. None, where nothing fills a hole.
pub(crate) fn fill(
    pattern: &str,
    params: &Params,
    visit: Option<&Visit>,
    answer: &Value,
) -> Option<String> {
    let mut filled = String::with_capacity(pattern.len() + 40);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (hole, left) = after.split_once('}')?;
        filled.push_str(before);
        match hole.split_once('.') {
            Some(("me", field)) => filled.push_str(visit?.me.get(field)?.as_str()?),
            Some(("answer", field)) => filled.push_str(answer.get(field)?.as_str()?),
            _ => filled.push_str(params.get(hole)?),
        }
        rest = left;
    }
    filled.push_str(rest);
    Some(filled)
}

/// An address with a query: what was asked for goes before what the address says by itself.
pub(crate) fn with_query(address: &str, asked: &Pairs, passed: &[&str]) -> String {
    let (path, own) = address.split_once('?').unwrap_or((address, ""));
    let mut query = form_urlencoded::Serializer::new(String::new());
    let asked: Vec<_> = asked.iter().filter(|(key, _)| passed.contains(&key.as_str())).collect();
    for (key, value) in form_urlencoded::parse(own.as_bytes()) {
        if !asked.iter().any(|(it, _)| *it == key) {
            query.append_pair(&key, &value);
        }
    }
    query.extend_pairs(asked);
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
    fn a_hole_is_filled_from_the_address_and_from_the_answer() {
        let params = Params::from([("id".to_owned(), "7".to_owned())]);
        let answer = serde_json::json!({"id": "9"});
        let filled = fill("/a/{id}/b/{answer.id}", &params, None, &answer);
        assert_eq!(filled.as_deref(), Some("/a/7/b/9"));
        assert_eq!(fill("/a/{other}", &params, None, &answer), None);
    }
}
