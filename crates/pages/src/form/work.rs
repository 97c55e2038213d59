//! What a part of a form would come to, before its sender sends it: asked of the API, which
//! changes nothing, and shown beside what was typed.

use super::Form;
use crate::api::Said;
use crate::faults::Faults;
use crate::fields;
use crate::look::House;
use crate::page::{self, Told};
use crate::place::{self, Answers};
use crate::sent::Sent;
use crate::visit::Visit;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};

/// What a part would come to, beside what was typed.
pub(super) async fn work(
    house: &House,
    visit: &Visit,
    (form, part, to): (&'static Form, &str, &str),
    told: Told<'_>,
    sent: Sent,
) -> Response {
    let Some(path) = place::fill(to, &told.params, Some(visit), &Answers::new()) else {
        return house.failed(StatusCode::NOT_FOUND, Some(visit));
    };
    let said = fields::body(&sent.fields).get(part).cloned();
    let said = said.unwrap_or_else(|| Value::Object(Map::new()));
    let answer =
        house.api.send(Method::POST, &path, visit.headers.clone(), Said::json(&said)).await;
    let told = match answer.status {
        status if status.is_success() => {
            let told = told.with(sent.fields, Faults::default(), (house.fresh_key)());
            Told { answer: Some(answer.says), ..told }
        }
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => {
            return house.failed(StatusCode::NOT_FOUND, Some(visit));
        }
        _ => told.with(sent.fields, Faults::of(&answer.says).under(part), (house.fresh_key)()),
    };
    page::answer(form.on, house, Some(visit), told).await
}
