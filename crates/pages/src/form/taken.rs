//! A form that was taken in: from whom, on which page, with what in it; and the pages that can
//! follow whatever it does.

use super::sent::{self, Sent};
use super::{Does, Form, fold, send, work};
use crate::api::Answer;
use crate::faults::Faults;
use crate::look::House;
use crate::page::{self, Returned, Told};
use crate::place::{self, Answers, Pairs, Params};
use crate::visit::{Unknown, Visit};
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use std::sync::Arc;

/// What the API knows a form by, so that sending it twice does it once.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// What tells the API that a form with a file, which any site can send, is of a page of ours.
const CSRF_TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");

/// A form that was taken in.
pub(super) struct Taken<'a> {
    pub(super) form: &'static Form,
    pub(super) house: &'a House,
    pub(super) visit: &'a Visit,
    pub(super) here: &'a str,
    pub(super) params: Params,
    pub(super) sent: Sent,
}

/// Takes a form in.
pub(crate) async fn take(
    form: &'static Form,
    State(house): State<Arc<House>>,
    raw: RawPathParams,
    request: Request,
) -> Response {
    let visit = match Visit::of(request.headers(), &house.api).await {
        Ok(visit) => visit,
        Err(Unknown::Stranger) => return house.to_the_door(request.uri()),
        Err(Unknown::OutOfOrder) => return house.failed(StatusCode::SERVICE_UNAVAILABLE, None),
    };
    let Some(params) = place::params(&raw) else {
        return house.failed(StatusCode::NOT_FOUND, Some(&visit));
    };
    let here = request.uri().path().to_owned();
    match sent::read(request, &visit, form.takes().map(|it| it.most_bytes)).await {
        Ok(sent) => {
            let (house, visit, here) = (&house, &visit, here.as_str());
            carry_out(Taken { form, house, visit, here, params, sent }).await
        }
        Err(status) => house.failed(status, Some(&visit)),
    }
}

async fn carry_out(taken: Taken<'_>) -> Response {
    let form = taken.form;
    let faults = Faults::missing(form.first, &taken.sent.fields);
    if !faults.is_empty() {
        return taken.again(faults).await;
    }
    match &form.does {
        Does::Send { method, to, then } => send::send(taken, method, to, Some(then)).await,
        Does::Tell { method, to } => send::send(taken, method, to, None).await,
        Does::Bring { to, takes: wanted, then } => send::bring(taken, to, *wanted, *then).await,
        Does::Fold { draft, then } => fold::fold(taken, draft, then).await,
        Does::Work { part, to } => work::work(taken, part, to).await,
        Does::Look => {
            let (query, back) = (taken.sent.fields.clone(), taken.returned(Faults::default()));
            taken.page(query, Some(back), None).await
        }
    }
}

impl Taken<'_> {
    /// An address of the API or of a page.
    pub(super) fn filled(&self, pattern: &str, answers: &Answers) -> Option<String> {
        place::fill(pattern, &self.params, Some(self.visit), answers)
    }

    /// What the API hears with it.
    pub(super) fn headers(&self) -> HeaderMap {
        let mut headers = self.visit.headers.clone();
        let sent = &self.sent;
        for (name, said) in [
            (IDEMPOTENCY_KEY, &sent.key),
            (CSRF_TOKEN, &sent.token),
            (header::IF_MATCH, &sent.version),
        ] {
            if let Some(said) = said.as_deref().and_then(|it| HeaderValue::try_from(it).ok()) {
                headers.insert(name, said);
            }
        }
        headers
    }

    /// As it goes back to its sender.
    pub(super) fn returned(&self, faults: Faults) -> Returned {
        let right = faults.is_empty();
        let status = if right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Returned { typed: self.sent.typed(), faults, status, key: (self.house.fresh_key)() }
    }

    /// The page that it stands on.
    pub(super) async fn page(
        self,
        query: Pairs,
        form: Option<Returned>,
        answer: Option<Value>,
    ) -> Response {
        let file = self.form.takes().zip(self.sent.file.as_ref());
        let carried = file.and_then(|(takes, file)| takes.carried(file));
        let told = Told { params: self.params, query, here: self.here, form, answer, carried };
        page::answer(self.form.on, self.house, Some(self.visit), told).await
    }

    /// The page that follows on what was answered.
    pub(super) fn onward(&self, then: &str, answer: Answer) -> Response {
        let next = self.filled(then, &Answers::from([("answer", answer.says)]));
        let cookie = answer.headers.get(header::SET_COOKIE);
        self.house.onward(next.as_deref().unwrap_or("/"), cookie)
    }

    /// No page at all.
    pub(super) fn nowhere(&self) -> Response {
        self.house.failed(StatusCode::NOT_FOUND, Some(self.visit))
    }
}
