//! What a part of a form would come to, before its sender sends it: asked of the API, which
//! changes nothing, and shown beside what was typed.

use super::taken::Taken;
use crate::api::Said;
use crate::faults::Faults;
use crate::fields;
use crate::place::{Answers, Pairs};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::json;

/// What a part would come to.
pub(super) async fn work(taken: Taken<'_>, part: &str, to: &str) -> Response {
    let Some(path) = taken.filled(to, &Answers::new()) else { return taken.nowhere() };
    let said = fields::body(&taken.sent.fields).get(part).cloned().unwrap_or_else(|| json!({}));
    let (api, headers) = (&taken.house.api, taken.visit.headers.clone());
    let answer = api.send(Method::POST, &path, headers, Said::json(&said)).await;
    let (faults, says) = match answer.status {
        status if status.is_success() => (Faults::default(), Some(answer.says)),
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => {
            return taken.nowhere();
        }
        _ => (Faults::of(&answer.says).under(part), None),
    };
    let back = taken.returned(faults);
    taken.page(Pairs::new(), Some(back), says).await
}
