//! What was written, with the position that knows of it.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

const POSITION: HeaderName = HeaderName::from_static("frontdoor-position");

/// What a change left, for whoever made it.
pub(crate) struct Written<T> {
    pub(crate) status: StatusCode,
    pub(crate) position: u64,
    /// The version of the month, as its `ETag`.
    pub(crate) version: Option<u32>,
    pub(crate) body: T,
}

impl<T> Written<T> {
    pub(crate) const fn now(position: u64, version: Option<u32>, body: T) -> Self {
        Self { status: StatusCode::OK, position, version, body }
    }

    pub(crate) const fn new(position: u64, version: Option<u32>, body: T) -> Self {
        Self { status: StatusCode::CREATED, position, version, body }
    }
}

impl<T: Serialize> IntoResponse for Written<T> {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        let headers = response.headers_mut();
        headers.insert(POSITION, self.position.into());
        let tag = self.version.map(|version| HeaderValue::try_from(format!("\"{version}\"")));
        if let Some(Ok(tag)) = tag {
            headers.insert(header::ETAG, tag);
        }
        response
    }
}
