//! Everything that is served, put together: the API behind its guards, its description,
//! health and metrics.

use crate::app::App;
use crate::command::MOST_BODY_BYTES;
use crate::hardening::{headers, panics};
use crate::metrics::measure;
use crate::panels::meetings_ics;
use crate::problem::Problem;
use crate::rota::feed;
use crate::trace::trace;
use crate::{health, routes};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use engine::name_of_a_question;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The whole of it.
pub fn router(app: App) -> Router {
    assemble(app, Router::new())
}

/// The API alone, behind its guards: for whoever asks it from inside the process, and stands
/// behind the rest of what [`router_with`] puts around.
pub fn api(app: App) -> Router {
    Router::new()
        .merge(routes::guarded(&app))
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async { Problem::wrong_method() })
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .with_state(app)
}

/// Paths beside the API's own.
pub type Routes = Router<App>;

/// The whole of it, with more: the way in through an identity provider, say.
pub fn router_with(app: App, more: Routes) -> Router {
    assemble(app, more)
}

fn assemble(app: App, more: Router<App>) -> Router {
    let new_id: fn() -> String = name_of_a_question;
    let docs = SwaggerUi::new("/docs")
        .url("/api/v1/openapi.json", routes::openapi())
        .config(Config::default().validator_url("none"));
    Router::new()
        .merge(routes::guarded(&app))
        .merge(docs)
        .route("/api/v1/rotas/{team}/{file}", get(feed::feed))
        .route("/api/v1/panels/{id}/{file}", get(meetings_ics::with_a_token))
        .merge(more)
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async { Problem::wrong_method() })
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(from_fn(part_from_the_unread))
        .layer(from_fn(panics::answered))
        .layer(from_fn(headers::protect))
        .layer(from_fn(measure))
        .layer(from_fn_with_state(new_id, trace))
        .with_state(app)
}

/// From this many bytes on, a body may not have been read when the answer was already clear.
const UNREAD_BYTES: u64 = 8 * 1024;

/// Says that the connection ends, where the server may have to end it: a body that was refused
/// without being read stands between the client and its next request.
async fn part_from_the_unread(request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let mut response = next.run(request).await;
    if response.status().is_client_error() && length.is_some_and(|bytes| bytes > UNREAD_BYTES) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
