//! A file as it came with a form: never more of it is kept than the API takes, and what is too
//! long is let go as it comes, so that its sender reads why and not that the connection broke.

use axum::extract::multipart::Field;
use axum::http::StatusCode;
use bytes::{Bytes, BytesMut};

/// A file.
#[derive(Debug)]
pub(super) struct File {
    /// What its sender calls it, which is personal.
    pub(super) name: String,
    pub(super) bytes: Bytes,
    /// That it went on, and was let go.
    pub(super) too_long: bool,
}

impl File {
    pub(super) async fn read(part: Field<'_>, most_bytes: usize) -> Result<Self, StatusCode> {
        let name = part.file_name().unwrap_or_default().to_owned();
        let (bytes, whole) = kept(part, most_bytes).await?;
        Ok(Self { name, bytes, too_long: !whole })
    }
}

/// A part of a form as far as it may go, and whether that is all of it.
pub(super) async fn kept(
    mut part: Field<'_>,
    most_bytes: usize,
) -> Result<(Bytes, bool), StatusCode> {
    let (mut kept, mut whole) = (BytesMut::new(), true);
    while let Some(chunk) = part.chunk().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        whole &= kept.len().saturating_add(chunk.len()) <= most_bytes;
        if whole {
            kept.extend_from_slice(&chunk);
        } else {
            kept = BytesMut::new();
        }
    }
    Ok((kept.freeze(), whole))
}
