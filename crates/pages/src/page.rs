//! A page: where it stands, what it asks of the API, and how the answers are shown.

use crate::ask::{Ask, Asker};
use crate::faults::Faults;
use crate::look::{House, Shown};
use crate::names::Names;
use crate::place::{self, Pairs, Params, Typed};
use crate::visit::{Unknown, Visit};
use axum::extract::{RawPathParams, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;
use std::sync::Arc;

/// A page.
#[derive(Debug)]
pub(crate) struct Page {
    /// Its address, with `{…}` for what it is about.
    pub(crate) at: &'static str,
    /// What shows it, in `templates/`.
    pub(crate) template: &'static str,
    /// What it asks, all at once.
    pub(crate) asks: &'static [Ask],
    /// Who may come.
    pub(crate) open_to: OpenTo,
}

/// Who may come to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenTo {
    /// Whoever comes.
    Everybody,
    /// Who has signed in, and may do this operation of the API's table.
    Who(&'static str),
}

/// Shows a page.
pub(crate) async fn show(
    page: &'static Page,
    State(house): State<Arc<House>>,
    raw: RawPathParams,
    request: Request,
) -> Response {
    let visit = match Visit::of(request.headers(), &house.api).await {
        Ok(visit) => Some(visit),
        Err(Unknown::OutOfOrder) => return house.failed(StatusCode::SERVICE_UNAVAILABLE, None),
        Err(Unknown::Stranger) if page.open_to == OpenTo::Everybody => None,
        Err(Unknown::Stranger) => return house.to_the_door(request.uri()),
    };
    let Some(params) = place::params(&raw) else {
        return house.failed(StatusCode::NOT_FOUND, visit.as_ref());
    };
    let query = place::pairs(request.uri().query().unwrap_or_default().as_bytes());
    let told =
        Told { params, query, here: request.uri().path(), form: None, answer: None, carried: None };
    answer(page, &house, visit.as_ref(), told).await
}

/// What there is no page for: the API says so itself, of its own paths.
pub(crate) async fn nowhere(State(house): State<Arc<House>>, request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || !request.method().is_safe() {
        return house.api.pass(request).await;
    }
    let visit = Visit::of(request.headers(), &house.api).await.ok();
    house.failed(StatusCode::NOT_FOUND, visit.as_ref())
}

/// What a page is told besides the API's answers.
pub(crate) struct Told<'a> {
    pub(crate) params: Params,
    pub(crate) query: Pairs,
    pub(crate) here: &'a str,
    /// What was wrong with the form that was sent to it, and what it said.
    pub(crate) form: Option<Returned>,
    /// What the API answered to the form that was sent to it, which is told once.
    pub(crate) answer: Option<Value>,
    /// The file that came with it, to be sent again.
    pub(crate) carried: Option<String>,
}

/// A form that came back to its sender.
pub(crate) struct Returned {
    pub(crate) typed: Typed,
    pub(crate) faults: Faults,
    pub(crate) status: StatusCode,
    /// Under which key it is sent again.
    pub(crate) key: String,
}

impl Returned {
    /// A page that no form came back to.
    fn not(house: &House) -> Self {
        let (typed, faults) = (Typed::new(), Faults::default());
        Self { typed, faults, status: StatusCode::OK, key: (house.fresh_key)() }
    }
}

/// A page with all that it asked for.
pub(crate) async fn answer(
    page: &'static Page,
    house: &House,
    visit: Option<&Visit>,
    told: Told<'_>,
) -> Response {
    let allowed = match (page.open_to, visit) {
        (OpenTo::Everybody, _) => true,
        (OpenTo::Who(operation), Some(visit)) => visit.may.contains(operation),
        (OpenTo::Who(_), None) => false,
    };
    if !allowed {
        return house.failed(StatusCode::NOT_FOUND, visit);
    }
    let asker = Asker { house, visit, params: &told.params, query: &told.query };
    match asker.all(page.asks).await {
        Ok((mut answers, faults)) => {
            answers.extend(told.answer.map(|says| ("answer", says)));
            answers.extend(told.carried.map(|file| ("carried", Value::String(file))));
            let back = told.form.unwrap_or_else(|| Returned::not(house));
            let wrong = !faults.is_empty();
            let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { back.status };
            let faults = if back.faults.is_empty() { faults } else { back.faults };
            let shown = Shown {
                faults: faults.by_name(&Names::of(&answers)),
                answers,
                params: told.params,
                query: told.query,
                here: told.here,
                typed: back.typed,
                key: back.key,
            };
            house.page(page.template, status, visit, shown)
        }
        Err(status) => house.failed(status, visit),
    }
}
