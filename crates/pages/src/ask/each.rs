//! A question that is asked once for each of a list in an answer that is there already: the pack
//! of every item of a meeting.

use super::{Ask, Asker};
use crate::api::Answer;
use crate::place::Answers;
use axum::http::StatusCode;
use futures::future::join_all;
use serde_json::Value;

/// The answers in the order of the list. What is refused for one of it is nothing.
pub(super) async fn of_each(
    ask: &'static Ask,
    asker: Asker<'_>,
    known: &Answers,
) -> Result<Value, StatusCode> {
    let list = ask.each.and_then(|list| listed(known, list)).unwrap_or_default();
    let questions = list
        .iter()
        .map(|one| async move { asker.one(ask, &Answers::from([("each", one.clone())])).await });
    let mut says = Vec::with_capacity(list.len());
    for answer in join_all(questions).await {
        let answer = answer.unwrap_or_else(Answer::nowhere);
        says.push(match answer.status {
            status if status.is_success() => answer.says,
            status if status.is_server_error() => return Err(StatusCode::SERVICE_UNAVAILABLE),
            StatusCode::TOO_MANY_REQUESTS => return Err(StatusCode::TOO_MANY_REQUESTS),
            _ => Value::Null,
        });
    }
    Ok(Value::Array(says))
}

/// The list at `meeting.items`, in what was answered.
fn listed<'a>(known: &'a Answers, place: &str) -> Option<&'a [Value]> {
    let (name, within) = place.split_once('.')?;
    let list = within.split('.').try_fold(known.get(name)?, |at, part| at.get(part))?;
    list.as_array().map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_is_found_in_an_answer_by_its_place() {
        let known = Answers::from([("meeting", json!({"items": [1, 2], "id": "x"}))]);
        assert_eq!(listed(&known, "meeting.items"), Some(&[json!(1), json!(2)][..]));
        for nothing in ["meeting", "meeting.id", "meeting.none", "other.items"] {
            assert_eq!(listed(&known, nothing), None, "{nothing}");
        }
    }
}
