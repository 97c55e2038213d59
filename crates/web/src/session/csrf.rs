//! Telling our own pages' requests from another site's (cross-site request forgery).
//!
//! A browser sends its cookies whoever makes it ask. So whatever changes something by a cookie
//! must come from a page of ours, which the browser itself says; and a form, which any site can
//! make, carries a token besides that only our page could know. Who shows a key is exempt: no
//! browser adds one by itself.

use super::{Session, signed};
use crate::app::App;
use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderName, Uri, header};
use engine::Engine;
use subtle::ConstantTimeEq;

/// Where a script of ours says the token.
const TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets through what our own pages ask for.
pub(crate) fn must_be_ours(
    headers: &HeaderMap,
    session: &Session,
    app: &App,
) -> Result<(), Problem> {
    must_come_from_here(headers, &app.sessions.public_origin)?;
    let token = headers.get(TOKEN).and_then(|token| token.to_str().ok());
    if is_a_form(headers) { must_carry(token, &app.engine, session) } else { Ok(()) }
}

/// What a form of this session carries.
pub(crate) fn token(engine: &Engine, session: &Session) -> String {
    let Session { id, account, started_at, .. } = session;
    signed::hash(engine, "csrf", &format!("{id}.{account}.{started_at}"))
}

/// Lets through a form with this token, if it is the session's.
pub(crate) fn must_carry(
    token: Option<&str>,
    engine: &Engine,
    session: &Session,
) -> Result<(), Problem> {
    let right = self::token(engine, session);
    let same = token.is_some_and(|shown| right.as_bytes().ct_eq(shown.as_bytes()).into());
    let detail = "This form has expired, or it is not ours. Load its page again and send it anew.";
    if same { Ok(()) } else { Err(Problem::forbidden(detail)) }
}

/// Lets through what the browser says a page of ours asked for. Both of what a browser may say
/// must fit; one of them it says in any case (every browser since 2020).
pub(crate) fn must_come_from_here(headers: &HeaderMap, origin: &str) -> Result<(), Problem> {
    let site = headers.get(FETCH_SITE).map(|site| site.as_bytes() == b"same-origin");
    let from = headers.get(header::ORIGIN).map(|from| is_ours(from.to_str().ok(), headers, origin));
    let detail = "Whoever signed in changes things from this site's own pages only. Programs use \
                  a key.";
    match (site, from) {
        (Some(true), Some(true) | None) | (None, Some(true)) => Ok(()),
        _ => Err(Problem::forbidden(detail)),
    }
}

/// Whether a visit is somebody's own doing, as far as their browser can tell: a page of ours led
/// there, or they wrote the address themselves.
#[cfg(feature = "sign-in")]
pub(crate) fn is_own_doing(headers: &HeaderMap) -> bool {
    let own = |site: &[u8]| matches!(site, b"same-origin" | b"none");
    headers.get(FETCH_SITE).is_some_and(|site| own(site.as_bytes()))
}

/// Whether an origin is ours: as configured, or where the browser thinks it is, which no other
/// site can change.
fn is_ours(from: Option<&str>, headers: &HeaderMap, origin: &str) -> bool {
    let Some(from) = from else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = from.parse::<Uri>().ok().and_then(|from| Some(from.authority()?.to_string()));
    from == origin || authority.is_some_and(|authority| Some(authority.as_str()) == host)
}

/// Whether a form of any site could have sent this: one of the content types for which a browser
/// asks nobody's permission (the Fetch standard's safelist).
fn is_a_form(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return false };
    let kind = kind.to_str().unwrap_or_default().to_ascii_lowercase();
    let forms = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
    forms.iter().any(|form| kind.starts_with(form))
}
