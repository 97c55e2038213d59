//! One span and one line in our log per request, found again by its request id.
//!
//! Method, route, status, duration and id, and which account asked: never the path itself, a query, a header or a body,
//! because those can name a child.

use crate::access::Operation;
use crate::metrics::path_of;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use domain::ids::AccountId;
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives every request an id, its own or one from `new_id`, and every answer the same id in
/// `X-Request-Id`. To be layered onto the router itself, where the matched path is known.
pub(crate) async fn trace(
    State(new_id): State<fn() -> String>,
    request: Request,
    next: Next,
) -> Response {
    let id = callers_id(request.headers()).map_or_else(new_id, ToOwned::to_owned);
    let span = info_span!(
        "request",
        %id,
        method = %request.method(),
        path = path_of(&request),
        account = Empty,
        operation = Empty,
    );
    let mut response = answer(request, next).instrument(span).await;
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Adds who asks, and for what, once the guard knows it.
pub(crate) fn asked_by(account: &AccountId, operation: Operation) {
    Span::current().record("account", account.as_str()).record("operation", operation.name());
}

async fn answer(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    if response.status().is_server_error() {
        tracing::error!(status, ?took, "answered");
    } else {
        tracing::info!(status, ?took, "answered");
    }
    response
}

/// The caller's id for this request, unless it could be something else: an id is short and has
/// no characters that mean anything to whoever reads logs.
fn callers_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    ((1..=64).contains(&id.len()) && plain).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use std::fmt::{self, Debug, Write};
    use std::sync::{Arc, Mutex};
    use tower::ServiceExt;
    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::subscriber::with_default;
    use tracing::{Event, Metadata, Subscriber};

    fn traced() -> Router {
        let new_id: fn() -> String = || "made-here".to_owned();
        let router = Router::new().route("/children/{id}", get(|| async { "a name" }));
        router.layer(from_fn_with_state(new_id, trace))
    }

    fn request(id: &str) -> Request {
        Request::builder()
            .uri("/children/7?name=alice")
            .header("authorization", "Bearer secret")
            .header("x-request-id", id)
            .body(Body::from("alice"))
            .unwrap()
    }

    async fn echoed(id: &str) -> String {
        let response = traced().oneshot(request(id)).await.unwrap();
        response.headers()[REQUEST_ID].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn a_callers_id_is_echoed() {
        assert_eq!(echoed("A-1").await, "A-1");
        assert_eq!(echoed(&"x".repeat(64)).await, "x".repeat(64));
    }

    #[tokio::test]
    async fn any_other_id_is_replaced() {
        for odd in ["", "a b", "a\"b", "a/b", "a_b", "a\tb", "ä", &"x".repeat(65)] {
            assert_eq!(echoed(odd).await, "made-here", "{odd:?}");
        }
    }

    #[test]
    fn the_log_names_route_status_and_id_and_nothing_else_of_the_request() {
        let written = Written::default();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        with_default(written.clone(), || {
            runtime.block_on(async { traced().oneshot(request("A-1")).await.unwrap() });
        });

        let text = written.0.lock().unwrap().clone();
        for expected in ["id=A-1", "method=GET", "path=\"/children/{id}\"", "status=200", "took="] {
            assert!(text.contains(expected), "{expected} is missing: {text}");
        }
        for personal in ["alice", "secret", "/7", "a name"] {
            assert!(!text.contains(personal), "{personal} is logged: {text}");
        }
    }

    /// A subscriber that writes down every field of every span and event.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<String>>);

    impl Visit for Written {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            let mut text = self.0.lock().unwrap();
            let written: fmt::Result = write!(text, "{}={value:?} ", field.name());
            written.unwrap();
        }
    }

    impl Subscriber for Written {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            span.record(&mut self.clone());
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, values: &Record<'_>) {
            values.record(&mut self.clone());
        }

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            event.record(&mut self.clone());
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }
}
