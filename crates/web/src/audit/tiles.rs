//! `GET /audit/tiles/…`: the whole tree as files of C2SP tlog-tiles (<https://c2sp.org/tlog-tiles>),
//! for a monitor that audits all of it.
//!
//! Hashes tell nothing of anybody. Entries are events as they are stored, personal parts sealed;
//! they are for whoever may read events.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use engine::TileRead;

/// A full tile is the same for ever. It is not for caches that others share.
const FOR_EVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

type File = (HeaderMap, Vec<u8>);

/// A checkpoint of the log as it is now, as a C2SP signed note.
#[utoipa::path(
    get, path = "/audit/tiles/checkpoint", operation_id = "read_tiles_checkpoint", tag = "audit",
    responses((status = 200, description = "A signed note", content_type = "text/plain", body = String), Unanswered),
)]
pub(crate) async fn checkpoint(
    State(app): State<App>,
    _: Permit,
    query: Query,
) -> Result<String, Problem> {
    query.done()?;
    Ok(String::from_utf8_lossy(&app.engine.checkpoint().await?).into_owned())
}

/// A tile of hashes: `tile/<L>/<N>` or `tile/<L>/<N>.p/<W>`, also without `tile/`.
#[utoipa::path(
    get, path = "/audit/tiles/{*path}", operation_id = "read_tile", tag = "audit",
    params(("path" = String, Path, description = "Such as tile/0/x001/234.p/5")),
    responses(
        (status = 200, description = "Hashes of 32 bytes", content_type = "application/octet-stream", body = Vec<u8>),
        Unanswered,
    ),
)]
pub(crate) async fn tile(
    State(app): State<App>,
    _: Permit,
    Place(path): Place,
    query: Query,
) -> Result<File, Problem> {
    query.done()?;
    let tile = app.engine.tile(path.strip_prefix("tile/").unwrap_or(&path), false).await?;
    tile.map(file).ok_or_else(Problem::not_found)
}

/// A bundle of records: each behind its length, two bytes with the greater first.
#[utoipa::path(
    get, path = "/audit/tiles/tile/entries/{*path}", operation_id = "read_entries", tag = "audit",
    params(("path" = String, Path, description = "Such as x001/234.p/5")),
    responses(
        (status = 200, description = "Records", content_type = "application/octet-stream", body = Vec<u8>),
        Unanswered,
    ),
)]
pub(crate) async fn entries(
    State(app): State<App>,
    _: Permit,
    Place(path): Place,
    query: Query,
) -> Result<File, Problem> {
    query.done()?;
    let tile = app.engine.tile(&format!("entries/{path}"), true).await?;
    tile.map(file).ok_or_else(Problem::not_found)
}

fn file(tile: TileRead) -> File {
    let mut headers = HeaderMap::new();
    let octets = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, octets);
    if tile.is_full {
        headers.insert(header::CACHE_CONTROL, FOR_EVER);
    }
    (headers, tile.bytes)
}
