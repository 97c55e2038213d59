//! A form: which request to the API its fields become, and where its sender goes next.

mod work;

use crate::api::{Answer, Said};
use crate::brought::Takes;
use crate::faults::Faults;
use crate::fields::{self, Rows};
use crate::look::House;
use crate::page::{self, Page, Returned, Told};
use crate::place::{self, Answers, Pairs, Params};
use crate::sent::{self, Sent};
use crate::visit::{Unknown, Visit};
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value};
use std::sync::Arc;

/// A form.
#[derive(Debug)]
pub(crate) struct Form {
    /// Where it is sent.
    pub(crate) at: &'static str,
    /// What it does.
    pub(crate) does: Does,
    /// The page that it stands on, which is shown again when something is wrong with it.
    pub(crate) on: &'static Page,
}

impl Form {
    /// A form that asks the API to do something; then its sender goes to another page.
    pub(crate) const fn send(
        (at, on): (&'static str, &'static Page),
        method: Method,
        to: &'static str,
        then: &'static str,
    ) -> Self {
        Self { at, does: Does::Send { method, to, then }, on }
    }
}

/// What a form does.
#[derive(Debug)]
pub(crate) enum Does {
    /// Asks the API to do something; then its sender goes to another page.
    Send {
        /// How.
        method: Method,
        /// Where; `{typed.slug}` is what the form says of it.
        to: &'static str,
        /// The page that follows, with `{answer.…}` from what was answered.
        then: &'static str,
    },
    /// Lays its fields into a draft, in place of what the draft had of them; then its sender goes
    /// on, unless something of theirs is wrong and they did not ask to come back later.
    Fold {
        /// The draft.
        into: &'static str,
        /// Where in it the parts are, `services.{place}`; empty: they are its own.
        under: &'static str,
        /// Which parts of it the form has all fields of.
        parts: &'static [&'static str],
        /// The page that follows.
        then: &'static str,
    },
    /// Asks the API to do something, and shows its page with `answer`: what is told once and
    /// must not be in an address, such as a new key.
    Tell {
        /// How.
        method: Method,
        /// Where.
        to: &'static str,
    },
    /// Takes a file to the API; then its sender goes to another page or, without one, sees its
    /// own again with `answer`. The form is sent as `multipart/form-data`, and its file is chosen
    /// in `file`, the last of its fields.
    Bring {
        /// Where.
        to: &'static str,
        /// What the API takes.
        takes: Takes,
        /// The page that follows.
        then: Option<&'static str>,
    },
    /// Asks for its page with what was typed, which is personal and must not be in an address.
    Look,
    /// Asks the API what a part of it would come to, which changes nothing, and shows its page
    /// with what was typed and the `answer`.
    Work {
        /// Which part of what its fields say.
        part: &'static str,
        /// Where.
        to: &'static str,
    },
    /// Does something that cannot be taken back, once its sender has typed or ticked each of
    /// these, whether or not the API would insist on it.
    Sure {
        /// Fields that must say something, each with what is said to whoever left it empty. One
        /// that is the page's own begins with `_`.
        first: &'static [(&'static str, &'static str)],
        /// What it then does.
        does: &'static Does,
    },
}

impl Does {
    /// What file comes with it.
    fn takes(&self) -> Option<Takes> {
        match self {
            Self::Bring { takes, .. } => Some(*takes),
            Self::Sure { does, .. } => does.takes(),
            Self::Send { .. }
            | Self::Fold { .. }
            | Self::Tell { .. }
            | Self::Look
            | Self::Work { .. } => None,
        }
    }
}

/// What the API knows a form by, so that sending it twice does it once.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// What tells the API that a form with a file, which any site can send, is of a page of ours.
const CSRF_TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");

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
    let sent = match sent::read(request, &visit, form.does.takes()).await {
        Ok(sent) => sent,
        Err(status) => return house.failed(status, Some(&visit)),
    };
    carry_out(&form.does, Taken { form, house: &house, visit: &visit, here: &here }, params, sent)
        .await
}

/// A form that was taken in, and from whom.
#[derive(Clone, Copy)]
struct Taken<'a> {
    form: &'static Form,
    house: &'a House,
    visit: &'a Visit,
    here: &'a str,
}

async fn carry_out(does: &'static Does, taken: Taken<'_>, params: Params, sent: Sent) -> Response {
    let Taken { form, house, visit, here } = taken;
    match does {
        Does::Sure { first, does } => {
            let faults = Faults::missing(first, &sent.fields);
            if faults.is_empty() {
                Box::pin(carry_out(does, taken, params, sent)).await
            } else {
                again(taken, params, (sent, faults)).await
            }
        }
        Does::Look => {
            let told = Told::new(params, sent.fields.clone(), here);
            let told = told.with(sent.fields, Faults::default(), (house.fresh_key)());
            page::answer(form.on, house, Some(visit), told).await
        }
        Does::Work { part, to } => {
            let told = Told::new(params, Pairs::new(), here);
            work::work(house, visit, (form, part, to), told, sent).await
        }
        Does::Send { method, to, then } => {
            let way = Way { form, method, to, then: Some(then), here };
            send(house, visit, way, params, sent).await
        }
        Does::Tell { method, to } => {
            let way = Way { form, method, to, then: None, here };
            send(house, visit, way, params, sent).await
        }
        Does::Bring { to, then, .. } => {
            let way = Way { form, method: &Method::POST, to, then: *then, here };
            send(house, visit, way, params, sent).await
        }
        Does::Fold { into, under, parts, then } => {
            let draft = Draft { form, into, under, parts, then, here };
            fold(house, visit, draft, params, sent).await
        }
    }
}

/// The way that a form goes.
struct Way<'a> {
    form: &'static Form,
    method: &'a Method,
    to: &'static str,
    /// The page that follows; none: its own, with the answer.
    then: Option<&'static str>,
    here: &'a str,
}

async fn send(house: &House, visit: &Visit, way: Way<'_>, params: Params, sent: Sent) -> Response {
    let mut body = fields::body(&sent.fields);
    let typed = Answers::from([("typed", body.clone())]);
    let Some(path) = place::fill(way.to, &params, Some(visit), &typed) else {
        return match place::typed(way.to) {
            Some(field) => back(house, visit, way, params, (sent, Answer::no_name(field))).await,
            None => house.failed(StatusCode::NOT_FOUND, Some(visit)),
        };
    };
    // What the address says, the body does not say again.
    if let (Some(field), Some(said)) = (place::typed(way.to), body.as_object_mut()) {
        said.remove(field);
    }
    let headers = headers(visit, &sent);
    let (path, said) = match way.form.does.takes() {
        None => (path, Said::json(&body)),
        Some(takes) => match (takes.faults(sent.file.as_ref()), &sent.file) {
            (faults, Some(file)) if faults.is_empty() => {
                let said = takes.said(&sent.fields, file, &(house.fresh_key)());
                (takes.at(&path, &sent.fields), said)
            }
            (faults, _) => {
                let back = Taken { form: way.form, house, visit, here: way.here };
                return again(back, params, (sent, faults)).await;
            }
        },
    };
    let answer = house.api.send(way.method.clone(), &path, headers, said).await;
    if !answer.status.is_success() {
        return back(house, visit, way, params, (sent, answer)).await;
    }
    let Some(then) = way.then else {
        let told = Told::new(params, Pairs::new(), way.here);
        let told = Told { answer: Some(answer.says), ..told };
        return page::answer(way.form.on, house, Some(visit), told).await;
    };
    let next = place::fill(then, &params, Some(visit), &answered(answer.says));
    house.onward(next.as_deref().unwrap_or("/"), answer.headers.get(header::SET_COOKIE))
}

fn answered(says: Value) -> Answers {
    Answers::from([("answer", says)])
}

/// What the API hears with a form.
fn headers(visit: &Visit, sent: &Sent) -> HeaderMap {
    let mut headers = visit.headers.clone();
    let said = |text: &Option<String>| HeaderValue::try_from(text.as_deref()?).ok();
    if let Some(key) = said(&sent.key) {
        headers.insert(IDEMPOTENCY_KEY, key);
    }
    if let Some(token) = said(&sent.token) {
        headers.insert(CSRF_TOKEN, token);
    }
    if let Some(version) = said(&sent.version) {
        headers.insert(header::IF_MATCH, version);
    }
    headers
}

/// To the page that it came from, with what was wrong.
async fn back(
    house: &House,
    visit: &Visit,
    way: Way<'_>,
    params: Params,
    (sent, answer): (Sent, Answer),
) -> Response {
    let mut faults = match answer.status {
        StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED => {
            return house.failed(StatusCode::NOT_FOUND, Some(visit));
        }
        StatusCode::PRECONDITION_FAILED => {
            let mut faults = Faults::default();
            faults.say(
                "Somebody changed this while you wrote. What you see now is as it is; look at it \
                 and send yours again.",
            );
            faults
        }
        // Who may see the page but may not do this, or not as things stand, is told so there.
        _ => Faults::of(&answer.says).named(|field| fields::as_sent(field, &sent.fields)),
    };
    faults.stand_as_typed(&Rows::of(&sent.fields));
    if let Some(takes) = way.form.does.takes() {
        takes.placed(&mut faults);
    }
    // Whether it was done is not known: it is sent again under its own key, and done once.
    let unknown = answer.status.is_server_error();
    let key = sent.key.clone().filter(|_| unknown).unwrap_or_else(|| (house.fresh_key)());
    let query = sent.query();
    let back = Returned { typed: sent.fields, faults, status: answer.status, key };
    let told = Told { form: Some(back), ..Told::new(params, query, way.here) };
    page::answer(way.form.on, house, Some(visit), told).await
}

/// To the page that it came from, with what the API was not even asked for.
async fn again(
    Taken { form, house, visit, here }: Taken<'_>,
    params: Params,
    (sent, faults): (Sent, Faults),
) -> Response {
    let (query, key) = (sent.query(), (house.fresh_key)());
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let back = Returned { typed: sent.fields, faults, status, key };
    let told = Told { form: Some(back), ..Told::new(params, query, here) };
    page::answer(form.on, house, Some(visit), told).await
}

/// The way that a part of a draft goes.
struct Draft<'a> {
    form: &'static Form,
    into: &'static str,
    under: &'static str,
    parts: &'static [&'static str],
    then: &'static str,
    here: &'a str,
}

async fn fold(
    house: &House,
    visit: &Visit,
    draft: Draft<'_>,
    params: Params,
    sent: Sent,
) -> Response {
    let Draft { form, into, under, parts, then, here } = draft;
    let way = Way { form, method: &Method::PUT, to: into, then: Some(then), here };
    let filled = |pattern| place::fill(pattern, &params, Some(visit), &Answers::new());
    let (Some(path), Some(under)) = (filled(into), filled(under)) else {
        return house.failed(StatusCode::NOT_FOUND, Some(visit));
    };
    let before = house.api.read(&path, &visit.headers).await;
    if !before.status.is_success() {
        return back(house, visit, way, params, (sent, before)).await;
    }
    let mut content = before.says.get("content").cloned().unwrap_or_default();
    let Some(part) = fields::slot(&mut content, &under) else {
        return house.failed(StatusCode::NOT_FOUND, Some(visit));
    };
    lay(part, fields::body(&sent.fields), parts);
    let mut headers = headers(visit, &sent);
    // What another window saved meanwhile is not lost.
    if let Some(version) = before.headers.get(header::ETAG) {
        headers.insert(header::IF_MATCH, version.clone());
    }
    let answer = house.api.send(Method::PUT, &path, headers, Said::json(&content)).await;
    if !answer.status.is_success() {
        return back(house, visit, way, params, (sent, answer)).await;
    }
    if sent.again.is_some() {
        // What is wrong with the rows is said when their sender is done with them.
        let next = place::with_query(here, &sent.query(), &["rows"]);
        return house.onward(&format!("{next}#row-{}", sent.rows), None);
    }
    let faults = Faults::within(answer.says.get("faults"), &under, parts);
    if sent.later || faults.is_empty() {
        let next = place::fill(then, &params, Some(visit), &answered(answer.says));
        return house.onward(next.as_deref().unwrap_or("/"), None);
    }
    again(Taken { form, house, visit, here }, params, (sent, faults)).await
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
