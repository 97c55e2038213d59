//! What a write answers, whatever was written: where it stands now, with the position that knows
//! of it, its version, and whether an earlier try did it.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Configured;
use serde::Serialize;

/// The position up to which a write reached.
pub(crate) const POSITION: HeaderName = HeaderName::from_static("frontdoor-position");
/// That an answer is that of an earlier try.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What a change left, for whoever made it.
pub(crate) struct Written<T> {
    pub(crate) status: StatusCode,
    pub(crate) done: Configured,
    /// The version of what was written, as its `ETag`.
    pub(crate) version: Option<u32>,
    /// Where it can be read, if it was made just now.
    pub(crate) place: Option<String>,
    pub(crate) body: T,
}

impl<T> Written<T> {
    /// It was changed.
    pub(crate) const fn now(done: Configured, version: Option<u32>, body: T) -> Self {
        Self { status: StatusCode::OK, done, version, place: None, body }
    }

    /// It was made.
    pub(crate) const fn new(done: Configured, version: Option<u32>, body: T) -> Self {
        Self { status: StatusCode::CREATED, done, version, place: None, body }
    }

    /// It was made, and can be read there.
    pub(crate) fn at(self, place: String) -> Self {
        Self { status: StatusCode::CREATED, place: Some(place), ..self }
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
        let tag = self.version.map(|version| format!("\"{version}\""));
        for (name, value) in [(header::ETAG, tag), (header::LOCATION, self.place)] {
            if let Some(Ok(value)) = value.map(HeaderValue::try_from) {
                headers.insert(name, value);
            }
        }
        response
    }
}
