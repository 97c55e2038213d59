//! An entry of what the desk goes by, with its version as its `ETag`: whoever writes it anew can
//! say with `If-Match` which one they had seen.

use axum::Json;
use axum::http::{HeaderName, header};

/// An entry, as of a version of its stream.
pub(crate) type Entry<T> = ([(HeaderName, String); 1], Json<T>);

/// An entry, as of this version of its stream.
pub(crate) fn entry<T>(version: u32, body: T) -> Entry<T> {
    ([(header::ETAG, format!("\"{version}\""))], Json(body))
}
