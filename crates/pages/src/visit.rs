//! Who asks for a page: what their browser sent that the API must hear too, and who that is.

use crate::api::Api;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::Value;
use std::collections::BTreeSet;
use subtle::ConstantTimeEq as _;

/// What goes on to the API: the cookie, and what tells our own pages from another site's.
const PASSED_ON: [HeaderName; 5] = [
    header::COOKIE,
    header::ORIGIN,
    header::HOST,
    header::ACCEPT_LANGUAGE,
    HeaderName::from_static("sec-fetch-site"),
];

/// Somebody who signed in, and asks.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    /// Who they are, as `GET /me` says.
    pub(crate) me: Value,
    /// The operations that they may ask for.
    pub(crate) may: BTreeSet<String>,
    /// What forms of their session carry.
    pub(crate) token: String,
    /// What the API hears of the browser.
    pub(crate) headers: HeaderMap,
    /// The cookie of a session that goes on.
    pub(crate) renewed: Option<HeaderValue>,
}

/// Why there is no visit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// Nobody is signed in.
    Stranger,
    /// The API cannot say.
    OutOfOrder,
}

impl Visit {
    /// Whoever asks with these headers.
    pub(crate) async fn of(sent: &HeaderMap, api: &Api) -> Result<Self, Unknown> {
        let headers = passed_on(sent);
        if !headers.contains_key(header::COOKIE) {
            return Err(Unknown::Stranger);
        }
        let (me, session) =
            futures::join!(api.read("/me", &headers), api.read("/me/session", &headers));
        match me.status {
            StatusCode::OK => {}
            status if status.is_client_error() => return Err(Unknown::Stranger),
            _ => return Err(Unknown::OutOfOrder),
        }
        let token = session.says.get("csrf_token").and_then(Value::as_str).map(str::to_owned);
        let renewed = me.headers.get(header::SET_COOKIE).cloned();
        let may = operations(&me.says);
        Ok(Self { me: me.says, may, token: token.ok_or(Unknown::Stranger)?, headers, renewed })
    }

    /// Where our pages stand, as a browser says that sends a form: the API has checked that it
    /// is us when it did what the form asked for.
    pub(crate) fn origin(&self) -> Option<&str> {
        self.headers.get(header::ORIGIN)?.to_str().ok()
    }

    /// Whether they have this role.
    pub(crate) fn is(&self, role: &str) -> bool {
        self.me.get("role").and_then(Value::as_str) == Some(role)
    }

    /// Whether a form is one of this session's own pages.
    pub(crate) fn made(&self, token: Option<&str>) -> bool {
        token.is_some_and(|token| self.token.as_bytes().ct_eq(token.as_bytes()).into())
    }
}

/// What the API hears of a browser.
pub(crate) fn passed_on(sent: &HeaderMap) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for name in PASSED_ON {
        for value in sent.get_all(&name) {
            headers.append(&name, value.clone());
        }
    }
    headers
}

fn operations(me: &Value) -> BTreeSet<String> {
    let may = me.get("may").and_then(Value::as_array).into_iter().flatten();
    may.filter_map(|it| it.get("operation")?.as_str().map(str::to_owned)).collect()
}
