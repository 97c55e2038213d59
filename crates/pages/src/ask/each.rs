//! A question that is asked once for each of a list in an answer that is there already: the pack
//! of every item of a meeting.

use super::Ask;
use crate::look::House;
use crate::page::Told;
use crate::place::{self, Answers};
use crate::visit::Visit;
use axum::http::StatusCode;
use futures::future::join_all;
use serde_json::Value;

/// The answers in the order of the list. What is refused for one of it is nothing.
pub(super) async fn of_each(
    ask: &'static Ask,
    house: &House,
    visit: Option<&Visit>,
    (told, known): (&Told<'_>, &Answers),
) -> Result<Value, StatusCode> {
    let list = ask.each.and_then(|list| listed(known, list)).unwrap_or_default();
    let questions = list.iter().map(|one| async move {
        let one = Answers::from([("each", one.clone())]);
        let path = place::fill(ask.path, &told.params, visit, &one)?;
        let path = place::with_query(&path, &told.query, ask.passed);
        let headers = visit.map(|visit| visit.headers.clone()).unwrap_or_default();
        Some(house.api.read(&path, &headers).await)
    });
    let mut says = Vec::with_capacity(list.len());
    for answer in join_all(questions).await {
        match answer.as_ref().map(|answer| answer.status) {
            Some(status) if status.is_server_error() => {
                return Err(StatusCode::SERVICE_UNAVAILABLE);
            }
            Some(StatusCode::TOO_MANY_REQUESTS) => return Err(StatusCode::TOO_MANY_REQUESTS),
            Some(status) if status.is_success() => {
                says.push(answer.map(|answer| answer.says).unwrap_or_default());
            }
            Some(_) | None => says.push(Value::Null),
        }
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
