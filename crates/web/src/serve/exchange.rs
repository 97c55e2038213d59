//! One request and its answer.

use super::Limits;
use super::body::{RequestBody, ResponseBody};
use super::progress::Progress;
use crate::hardening::headers;
use crate::problem::Problem;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use tokio::time::timeout;
use tower::ServiceExt;

/// Has the router answer a request of `peer`, in time.
pub(super) async fn exchange(
    router: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
    limits: Limits,
    progress: Arc<Progress>,
) -> Response<ResponseBody> {
    let mut request = request
        .map(|body| Body::new(RequestBody::new(body, limits.request, Arc::clone(&progress))));
    request.extensions_mut().insert(ConnectInfo(peer));

    let answer = answer(router, request, limits, &progress).await;
    let failed = answer.status().is_client_error() || answer.status().is_server_error();
    let stalled = failed && progress.has_body_stalled();
    let mut answer = if stalled { too_slow() } else { answer };
    // What did not come from the router is protected here.
    headers::put(answer.headers_mut());
    answer.map(|body| ResponseBody::new(body, progress))
}

/// The router's answer; 503 when a handler neither answers nor gets more of the body.
async fn answer(
    router: Router,
    request: Request<Body>,
    limits: Limits,
    progress: &Progress,
) -> Response<Body> {
    let mut answer = pin!(router.oneshot(request));
    loop {
        match timeout(limits.answer_within, answer.as_mut()).await {
            Ok(answered) => return answered.into_response(),
            Err(_) if progress.has_body_moved() => {}
            Err(_) => {
                tracing::error!(within = ?limits.answer_within, "a handler took too long");
                return Problem::unavailable().into_response();
            }
        }
    }
}

/// 408. What is left of the body cannot be told from a next request, so there is none.
fn too_slow() -> Response<Body> {
    let problem = Problem {
        kind: "urn:frontdoor:problem:too-slow".to_owned(),
        title: "The request arrived too slowly",
        status: StatusCode::REQUEST_TIMEOUT.as_u16(),
        detail: "Its body did not arrive in time, so nothing was stored. Send it again.".to_owned(),
        errors: vec![],
    };
    ([(header::CONNECTION, "close")], problem).into_response()
}
