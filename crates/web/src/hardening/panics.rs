//! A panic in an endpoint is a bug, and the caller still gets an answer.
//!
//! What a panic says may quote what was being worked on, a child's name for instance, so it is
//! told to nobody: the hook of the binary logs where it happened, and that is enough to find it.

use crate::problem::Problem;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

/// Answers 500 in place of an endpoint that panicked.
///
/// What it was working on is dropped with it; what it shared is behind locks that are not
/// poisoned, or behind the log, which a panic cannot leave half written.
pub(crate) async fn answered(request: Request, next: Next) -> Response {
    let mut answer = pin!(next.run(request));
    poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx)));
        polled.unwrap_or_else(|_| Poll::Ready(Problem::bug().into_response()))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_panic_is_answered_and_not_quoted() {
        let endpoint = || async { ["Ivy"].get(7).copied().expect("no place for Ivy") };
        let router = Router::new().route("/", get(endpoint)).layer(from_fn(answered));
        let request = Request::builder().uri("/").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("urn:frontdoor:problem:broken") && !body.contains("Ivy"), "{body}");
    }
}
