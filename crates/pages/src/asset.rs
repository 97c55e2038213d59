//! Styles, scripts and the icon: made by the build, packed, in the binary. Their address says what
//! is in them, so that a browser keeps them for a year and asks for new ones at once.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A file, compressed.
struct Asset {
    name: &'static str,
    kind: &'static str,
    packed: &'static [u8],
}

macro_rules! asset {
    ($name:literal, $kind:literal) => {
        Asset {
            name: $name,
            kind: $kind,
            packed: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".gz")),
        }
    };
}

const ASSETS: [Asset; 5] = [
    asset!("style.css", "text/css; charset=utf-8"),
    asset!("govuk.js", "text/javascript; charset=utf-8"),
    asset!("frontdoor.js", "text/javascript; charset=utf-8"),
    asset!("agenda.js", "text/javascript; charset=utf-8"),
    asset!("icon.svg", "image/svg+xml"),
];

/// Where they stand.
pub(crate) const PLACE: &str = concat!("/assets/", env!("FRONTDOOR_ASSETS"));

/// One of them. Every browser since 2000 unpacks gzip.
pub(crate) async fn asset(Path(file): Path<String>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CONTENT_ENCODING, "gzip"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.packed).into_response()
}
