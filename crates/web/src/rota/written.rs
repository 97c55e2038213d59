//! What was written, with the position that knows of it.

use crate::answer::{POSITION, REPLAYED};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Configured;
use serde::Serialize;

/// What a change left, for whoever made it.
pub(crate) struct Written<T> {
    pub(crate) status: StatusCode,
    pub(crate) done: Configured,
    /// The version of the month, as its `ETag`.
    pub(crate) version: Option<u32>,
    pub(crate) body: T,
}

impl<T> Written<T> {
    pub(crate) const fn now(done: Configured, version: Option<u32>, body: T) -> Self {
        Self { status: StatusCode::OK, done, version, body }
    }

    pub(crate) const fn new(done: Configured, version: Option<u32>, body: T) -> Self {
        Self { status: StatusCode::CREATED, done, version, body }
    }
}

impl<T: Serialize> IntoResponse for Written<T> {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        let headers = response.headers_mut();
        headers.insert(POSITION, self.done.position.into());
        if self.done.replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        let tag = self.version.map(|version| HeaderValue::try_from(format!("\"{version}\"")));
        if let Some(Ok(tag)) = tag {
            headers.insert(header::ETAG, tag);
        }
        response
    }
}
