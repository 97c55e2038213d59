//! What a form asks the API to do, in one go: as the JSON that its fields stand for, or as a file.

use super::Takes;
use super::taken::Taken;
use crate::api::{Answer, Said};
use crate::fields;
use crate::place::{self, Answers, Pairs};
use axum::http::Method;
use axum::response::Response;

/// Sends what its fields say. Without a page that follows, its own shows the answer.
pub(super) async fn send(
    taken: Taken<'_>,
    method: &Method,
    to: &str,
    then: Option<&str>,
) -> Response {
    let mut body = fields::body(&taken.sent.fields);
    let Some(path) = taken.filled(to, &Answers::from([("typed", body.clone())])) else {
        return match place::typed(to) {
            Some(field) => taken.back(Answer::no_name(field)).await,
            None => taken.nowhere(),
        };
    };
    // What the address says, the body does not say again.
    if let (Some(field), Some(said)) = (place::typed(to), body.as_object_mut()) {
        said.remove(field);
    }
    asked(taken, method, &path, Said::json(&body), then).await
}

/// Brings its file.
pub(super) async fn bring(
    taken: Taken<'_>,
    to: &str,
    wanted: Takes,
    then: Option<&str>,
) -> Response {
    let Some(path) = taken.filled(to, &Answers::new()) else { return taken.nowhere() };
    let (file, fields) = (taken.sent.file.as_ref(), &taken.sent.fields);
    let faults = wanted.faults(file);
    let Some(file) = file.filter(|_| faults.is_empty()) else { return taken.again(faults).await };
    let said = wanted.said(fields, file, &(taken.house.fresh_key)());
    let path = wanted.at(&path, fields);
    asked(taken, &Method::POST, &path, said, then).await
}

async fn asked(
    taken: Taken<'_>,
    method: &Method,
    path: &str,
    said: Said,
    then: Option<&str>,
) -> Response {
    let answer = taken.house.api.send(method.clone(), path, taken.headers(), said).await;
    match then {
        _ if !answer.status.is_success() => taken.back(answer).await,
        Some(then) => taken.onward(then, answer),
        None => taken.page(Pairs::new(), None, Some(answer.says)).await,
    }
}
