//! What a browser may do with an answer: keep nothing, guess nothing, embed nothing.
//!
//! Every answer has these headers, also a refusal, so that no endpoint can forget them. An
//! endpoint that needs another policy (a page with a style sheet of its own) says so itself.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// For what is not a page: a browser that shows it runs nothing, loads nothing, submits nothing.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; sandbox";

/// For the documentation of the API, whose scripts and styles are files beside it. Its script
/// sets styles on elements, and its icons are in its style sheet.
const POLICY_OF_DOCS: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
                              style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                              base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Nothing of a device that a page could ask for is needed here.
const NO_FEATURES: &str = "accelerometer=(), camera=(), display-capture=(), fullscreen=(), \
                           geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), \
                           payment=(), publickey-credentials-get=(), usb=()";

/// Two years, with every host below: what browsers ask of sites on their preloaded list.
const HTTPS_ONLY: &str = "max-age=63072000; includeSubDomains";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What no endpoint has a reason to say otherwise.
const ALWAYS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (PERMISSIONS_POLICY, NO_FEATURES),
    (OPENER_POLICY, "same-origin"),
];

/// Puts the headers on every answer of the router.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let docs = path == "/docs" || path.starts_with("/docs/");
    let mut response = next.run(request).await;
    if docs {
        let policy = HeaderValue::from_static(POLICY_OF_DOCS);
        response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    put(response.headers_mut());
    response
}

/// Puts the headers on one answer.
pub(crate) fn put(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let open_to_all = headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let whose = if open_to_all { "cross-origin" } else { "same-origin" };
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static(whose));
    // What never changes and is about nobody, a tile of the log, says so itself.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    // A page whose forms come back to us says so itself: without a referrer, a browser does not
    // say where a form is from.
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("no-referrer"));
    // A page that brings its own style sheet says so itself.
    let policy = HeaderValue::from_static(POLICY);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
}

/// Tells browsers never to come without TLS again: to be sent where the door has a name that is
/// served with TLS, by whatever stands in front of it.
pub(super) fn insist_on_https(headers: &mut HeaderMap) {
    headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_ONLY));
}
