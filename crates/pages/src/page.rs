//! A page: where it stands, what it asks of the API, and how the answers are shown.

use crate::faults::Faults;
use crate::look::{House, Shown};
use crate::place::{self, Pairs, Params};
use crate::visit::{Unknown, Visit};
use axum::extract::{RawPathParams, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use futures::future::join_all;
use serde_json::Value;
use std::collections::BTreeMap;
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

/// Something that a page asks of the API.
#[derive(Debug)]
pub(crate) struct Ask {
    /// As which the template knows it.
    pub(crate) name: &'static str,
    /// Where it stands in the API.
    pub(crate) path: &'static str,
    /// What of the page's own query is passed on.
    pub(crate) passed: &'static [&'static str],
    /// Whether the page is nothing without it.
    pub(crate) need: Need,
}

/// Whether a page is nothing without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Who may not have it may not see that there is such a page.
    Must,
    /// Who may do this operation of the API's table is shown it. Nobody else asks: a question
    /// that is refused is told to whoever watches the door.
    May(&'static str),
}

/// What a page must have.
pub(crate) const fn must(name: &'static str, path: &'static str) -> Ask {
    Ask { name, path, passed: &[], need: Need::Must }
}

/// What a page shows to whom it may.
pub(crate) const fn may(name: &'static str, path: &'static str, operation: &'static str) -> Ask {
    Ask { name, path, passed: &[], need: Need::May(operation) }
}

impl Ask {
    /// With these of the page's query.
    pub(crate) const fn with(mut self, passed: &'static [&'static str]) -> Self {
        self.passed = passed;
        self
    }
}

/// Answers to all that a page asked, by name; a list of faults, when its query had some; or how
/// it failed.
type Asked = Result<(BTreeMap<&'static str, Value>, Faults), StatusCode>;

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
    let here = request.uri().path();
    answer(page, &house, visit.as_ref(), Told { params, query, here, form: None }).await
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
}

/// A form that came back to its sender.
pub(crate) struct Returned {
    pub(crate) typed: Pairs,
    pub(crate) faults: Faults,
    pub(crate) status: StatusCode,
    /// Under which key it is sent again.
    pub(crate) key: String,
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
    match ask(page, house, visit, &told).await {
        Ok((answers, faults)) => {
            let (typed, of_form, status, key) = match told.form {
                Some(back) => (back.typed, back.faults, back.status, back.key),
                None => (Pairs::new(), Faults::default(), StatusCode::OK, (house.fresh_key)()),
            };
            let status = if faults.is_empty() { status } else { StatusCode::UNPROCESSABLE_ENTITY };
            let shown = Shown {
                answers,
                params: told.params,
                query: told.query,
                here: told.here,
                typed,
                faults: if of_form.is_empty() { faults } else { of_form },
                key,
            };
            house.page(page.template, status, visit, shown)
        }
        Err(status) => house.failed(status, visit),
    }
}

async fn ask(page: &'static Page, house: &House, visit: Option<&Visit>, told: &Told<'_>) -> Asked {
    let may = |operation: &str| visit.is_some_and(|visit| visit.may.contains(operation));
    let asks = page.asks.iter().filter(|ask| match ask.need {
        Need::Must => true,
        Need::May(operation) => may(operation),
    });
    let questions = asks.map(|ask| async move {
        let Some(path) = place::fill(ask.path, &told.params, visit, &Value::Null) else {
            return (ask, None);
        };
        let path = place::with_query(&path, &told.query, ask.passed);
        let headers = visit.map(|visit| visit.headers.clone()).unwrap_or_default();
        (ask, Some(house.api.read(&path, &headers).await))
    });
    let (mut answers, mut faults) = (BTreeMap::new(), Faults::default());
    for (ask, answer) in join_all(questions).await {
        let status = answer.as_ref().map_or(StatusCode::NOT_FOUND, |answer| answer.status);
        let says = answer.map(|answer| answer.says).unwrap_or_default();
        let says = match status {
            status if status.is_success() => says,
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
                faults.add(&says);
                Value::Null
            }
            status if status.is_server_error() => return Err(StatusCode::SERVICE_UNAVAILABLE),
            StatusCode::TOO_MANY_REQUESTS => return Err(status),
            _ if ask.need != Need::Must => Value::Null,
            _ => return Err(StatusCode::NOT_FOUND),
        };
        answers.insert(ask.name, says);
    }
    Ok((answers, faults))
}
