//! How pages look: a template filled in with what was answered, and the answer that carries it.

mod escaped;
mod language;

use crate::api::Api;
use crate::faults::Faults;
use crate::menu::Menu;
use crate::place::{Answers, Pairs, Params, Typed};
use crate::visit::Visit;
use crate::{Door, World, asset};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use minijinja::Environment;
use minijinja::value::Serde;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use url::form_urlencoded;

/// A page loads our own style and scripts, sends its forms to us, and does nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// What every page is made with.
pub(crate) struct House {
    pub(crate) api: Api,
    pub(crate) fresh_key: fn() -> String,
    pub(crate) now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    door: Door,
    look: Environment<'static>,
}

/// What one page shows.
pub(crate) struct Shown<'a> {
    pub(crate) answers: Answers,
    pub(crate) params: Params,
    pub(crate) query: Pairs,
    pub(crate) here: &'a str,
    pub(crate) typed: Typed,
    pub(crate) faults: Faults,
    pub(crate) key: String,
}

impl House {
    pub(crate) fn new(world: World) -> Self {
        let World { api, now, fresh_key, door } = world;
        Self { api: Api::new(api), fresh_key, look: language::spoken(&now), now, door }
    }

    /// A page.
    pub(crate) fn page(
        &self,
        template: &str,
        status: StatusCode,
        visit: Option<&Visit>,
        shown: Shown<'_>,
    ) -> Response {
        let query: BTreeMap<_, _> = shown.query.iter().cloned().collect();
        let mut told = self.frame(visit, shown.here, &shown.key);
        told.extend(shown.params.into_iter().map(|(name, part)| (name, Value::String(part))));
        told.extend(shown.answers.into_iter().map(|(name, says)| (name.to_owned(), says)));
        told.insert("address".into(), json!(address(shown.here, &shown.query)));
        told.insert("query".into(), json!(query));
        told.insert("typed".into(), json!(shown.typed));
        told.insert("faults".into(), json!(shown.faults));
        let context = minijinja::Value::from(Serde(told));
        let page = self.look.get_template(template).and_then(|it| it.render(context));
        match page {
            Ok(page) => dressed(status, page, visit),
            Err(error) => {
                let (name, line) = innermost(&error);
                // What it says may quote what it was to show: where it was is enough.
                tracing::error!(kind = ?error.kind(), name, line, "a page failed");
                dressed(StatusCode::INTERNAL_SERVER_ERROR, Self::words_of(500), visit)
            }
        }
    }

    /// What every page knows.
    fn frame(&self, visit: Option<&Visit>, here: &str, key: &str) -> Map<String, Value> {
        let frame = json!({
            "me": visit.map(|visit| &visit.me),
            "may": visit.map(may),
            "token": visit.map(|visit| &visit.token),
            "door": self.door(),
            "assets": asset::PLACE,
            "now": (self.now)().to_string(),
            "origin": visit.and_then(Visit::origin),
            "key": key,
            "here": here,
            "menu": visit.map(|visit| Menu::of(visit, here)),
            "query": {},
            "typed": {},
            "etags": {},
            "faults": [],
        });
        frame.as_object().cloned().unwrap_or_default()
    }

    /// The page for what could not be shown.
    pub(crate) fn failed(&self, status: StatusCode, visit: Option<&Visit>) -> Response {
        dressed(status, self.failure(status, visit), visit)
    }

    fn failure(&self, status: StatusCode, visit: Option<&Visit>) -> String {
        let mut told = self.frame(visit, "", "");
        told.insert("status".into(), json!(status.as_u16()));
        let context = minijinja::Value::from(Serde(told));
        let page = self.look.get_template("failed.html").and_then(|it| it.render(context));
        page.unwrap_or_else(|_| Self::words_of(status.as_u16()))
    }

    /// When even the page for failures fails.
    fn words_of(status: u16) -> String {
        format!(
            "<!doctype html><html lang=\"en\"><title>Front Door</title><h1>Sorry ({status})</h1>"
        )
    }

    /// To where one signs in, and back from there.
    pub(crate) fn to_the_door(&self, uri: &Uri) -> Response {
        if self.door == Door::KeysOnly {
            return self.failed(StatusCode::NOT_FOUND, None);
        }
        let back = form_urlencoded::byte_serialize(uri.path().as_bytes()).collect::<String>();
        self.onward(&format!("/sign-in?return_to={back}"), None)
    }

    /// To another page of ours.
    pub(crate) fn onward(&self, to: &str, cookie: Option<&HeaderValue>) -> Response {
        let Ok(to) = HeaderValue::try_from(to) else {
            return self.failed(StatusCode::NOT_FOUND, None);
        };
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
        if let Some(cookie) = cookie {
            response.headers_mut().insert(header::SET_COOKIE, cookie.clone());
        }
        response
    }

    fn door(&self) -> &'static str {
        match self.door {
            Door::Demo => "demo",
            Door::Provider => "provider",
            Door::KeysOnly => "keys_only",
        }
    }
}

/// Where in which template something went wrong, which others include.
fn innermost(error: &minijinja::Error) -> (&str, Option<usize>) {
    let inner = std::error::Error::source(error).and_then(|it| it.downcast_ref());
    inner.map_or((error.name().unwrap_or_default(), error.line()), innermost)
}

fn dressed(status: StatusCode, page: String, visit: Option<&Visit>) -> Response {
    let mut response = (status, Html(page)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // To no other site; to us, so that a browser says where a form is from.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if let Some(cookie) = visit.and_then(|visit| visit.renewed.as_ref()) {
        headers.insert(header::SET_COOKIE, cookie.clone());
    }
    response
}

fn may(visit: &Visit) -> BTreeMap<&str, bool> {
    visit.may.iter().map(|operation| (operation.as_str(), true)).collect()
}

/// The page's own address with its query, less the place in a list and what was just done.
fn address(here: &str, query: &Pairs) -> String {
    let mut address = form_urlencoded::Serializer::new(format!("{here}?"));
    address.extend_pairs(query.iter().filter(|(key, _)| key != "cursor" && key != "done"));
    address.finish()
}

#[cfg(test)]
mod tests {
    use super::language::Templates;
    use super::*;

    #[test]
    fn a_page_loads_what_is_ours_and_nothing_inside_it_runs() {
        let answer = dressed(StatusCode::OK, String::new(), None);
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"));
        for name in Templates::iter() {
            let text = String::from_utf8(Templates::get(&name).unwrap().data.into_owned()).unwrap();
            let inline =
                text.contains("<script>") || text.contains(" style=") || text.contains(" onclick=");
            assert!(!inline, "{name} has a script or a style inside it");
        }
    }
}
