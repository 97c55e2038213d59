//! Asking the API from inside the process, as whoever asked for the page.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Where the API stands.
const BASE: &str = "/api/v1";

/// What the API answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// What it says; null where that is no JSON.
    pub(crate) says: Value,
}

/// What the API is told.
pub(crate) struct Said {
    /// Its media type.
    pub(crate) kind: String,
    pub(crate) body: Body,
}

impl Said {
    pub(crate) fn json(body: &Value) -> Self {
        Self { kind: "application/json".to_owned(), body: Body::from(body.to_string()) }
    }
}

/// The API.
#[derive(Clone)]
pub(crate) struct Api {
    router: Router,
}

impl Api {
    pub(crate) fn new(router: Router) -> Self {
        Self { router }
    }

    /// What stands at a path and query below the base.
    pub(crate) async fn read(&self, path: &str, headers: &HeaderMap) -> Answer {
        self.ask(Method::GET, path, headers.clone(), Body::empty()).await
    }

    /// Asks for something to be done.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        mut headers: HeaderMap,
        said: Said,
    ) -> Answer {
        if let Ok(kind) = HeaderValue::try_from(said.kind) {
            headers.insert(header::CONTENT_TYPE, kind);
        }
        self.ask(method, path, headers, said.body).await
    }

    /// A request as it came.
    pub(crate) async fn pass(&self, request: Request<Body>) -> Response {
        match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }

    async fn ask(&self, method: Method, path: &str, headers: HeaderMap, body: Body) -> Answer {
        let request = Request::builder().method(method).uri(format!("{BASE}{path}")).body(body);
        // A path that cannot be written in an address leads nowhere.
        let Ok(mut request) = request else { return Answer::nowhere() };
        *request.headers_mut() = headers;
        let (parts, body) = self.pass(request).await.into_parts();
        let says = match body.collect().await {
            Ok(body) => serde_json::from_slice(&body.to_bytes()).unwrap_or(Value::Null),
            Err(_) => Value::Null,
        };
        Answer { status: parts.status, headers: parts.headers, says }
    }
}

impl Answer {
    /// As if the API had been asked for something without a name: what this field says is none.
    pub(crate) fn no_name(field: &str) -> Self {
        let detail = "use small letters, digits and hyphens, such as sensory-support";
        let says = json!({"errors": [{"pointer": format!("/{field}"), "detail": detail}]});
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, headers: HeaderMap::new(), says }
    }

    /// As if it had been asked for what there is not.
    pub(crate) fn nowhere() -> Self {
        Self { status: StatusCode::NOT_FOUND, headers: HeaderMap::new(), says: Value::Null }
    }
}
