//! Some parts of a draft, laid into the rest of it: the draft is read, changed and written whole,
//! so that a page need not carry what it does not show.

use super::taken::Taken;
use crate::api::Said;
use crate::faults::Faults;
use crate::fields::{self, Rows};
use crate::place::{self, Answers};
use axum::http::{Method, header};
use axum::response::Response;
use serde_json::{Map, Value};

/// What of a draft a form has all fields of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft {
    /// The draft.
    pub(crate) into: &'static str,
    /// Where in it the parts are, `services.{place}`; empty: they are its own.
    pub(crate) under: &'static str,
    /// Which parts.
    pub(crate) parts: &'static [&'static str],
}

/// Lays what its fields say into the draft.
pub(super) async fn fold(taken: Taken<'_>, draft: &Draft, then: &str) -> Response {
    let filled = |pattern| taken.filled(pattern, &Answers::new());
    let (Some(path), Some(under)) = (filled(draft.into), filled(draft.under)) else {
        return taken.nowhere();
    };
    let api = &taken.house.api;
    let before = api.read(&path, &taken.visit.headers).await;
    if !before.status.is_success() {
        return taken.back(before).await;
    }
    let mut content = before.says.get("content").cloned().unwrap_or_default();
    let Some(part) = fields::slot(&mut content, &under) else { return taken.nowhere() };
    lay(part, fields::body(&taken.sent.fields), draft.parts);
    let mut headers = taken.headers();
    // What another window saved meanwhile is not lost.
    if let Some(version) = before.headers.get(header::ETAG) {
        headers.insert(header::IF_MATCH, version.clone());
    }
    let answer = api.send(Method::PUT, &path, headers, Said::json(&content)).await;
    if !answer.status.is_success() {
        return taken.back(answer).await;
    }
    if taken.sent.again.is_some() {
        // What is wrong with the rows is said when their sender is done with them.
        let next = place::with_query(taken.here, &taken.sent.query(), &["rows"]);
        return taken.house.onward(&format!("{next}#row-{}", taken.sent.rows()), None);
    }
    let mut faults = Faults::within(answer.says.get("faults"), &under, draft.parts);
    // A page that counts its rows shows them as they were typed; others, as they were saved.
    if taken.sent.rows() > 0 {
        faults.stand_as_typed(&Rows::of(&taken.sent.fields));
    }
    if taken.sent.later || faults.is_empty() {
        return taken.onward(then, answer);
    }
    taken.again(faults).await
}

/// Puts parts in place of those that were there; a part of which nothing is said is gone.
fn lay(content: &mut Value, mut said: Value, parts: &[&str]) {
    if content.is_null() {
        *content = Value::Object(Map::new());
    }
    let (Some(content), Some(said)) = (content.as_object_mut(), said.as_object_mut()) else {
        return;
    };
    for part in parts {
        match said.remove(*part) {
            Some(value) => content.insert((*part).to_owned(), value),
            None => content.remove(*part),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_part_takes_the_place_of_what_was_there_and_leaves_the_rest() {
        let mut draft =
            json!({"about": "child", "needs": {"primary": "HI"}, "concerns": ["medical"]});
        let said = json!({"needs": {"primary": "VI"}, "about": "group"});
        lay(&mut draft, said, &["needs", "concerns"]);
        assert_eq!(draft, json!({"about": "child", "needs": {"primary": "VI"}}));
    }
}
