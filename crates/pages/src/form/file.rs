//! A file as it came with a form: never more of it is kept than the API takes, and what is too
//! long is let go as it comes, so that its sender reads why and not that the connection broke.
//!
//! Nothing of a file stays here once it was answered. Whoever saw what it would do and means it
//! need not choose it again, because the page itself carries it, if it is short.

use axum::extract::multipart::Field;
use axum::http::StatusCode;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::{Bytes, BytesMut};

/// The longest file that a page carries, in bytes.
const MOST_CARRIED_BYTES: usize = 1024 * 1024;
/// The same as a page writes it.
pub(super) const MOST_CARRIED_TEXT_BYTES: usize = MOST_CARRIED_BYTES.div_ceil(3) * 4;

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

    /// Whether somebody chose one.
    pub(super) fn is_chosen(&self) -> bool {
        !self.name.is_empty() || !self.bytes.is_empty()
    }

    /// As its page carries it; none, where that would be too much.
    pub(super) fn carried(&self) -> Option<String> {
        let short = !self.bytes.is_empty() && self.bytes.len() <= MOST_CARRIED_BYTES;
        short.then(|| BASE64_STANDARD.encode(&self.bytes))
    }

    /// One that a page carried.
    pub(super) fn of_page(text: &[u8]) -> Option<Self> {
        let bytes = Bytes::from(BASE64_STANDARD.decode(text).ok()?);
        Some(Self { name: String::new(), bytes, too_long: false })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: Vec<u8>) -> File {
        File { name: "register.csv".to_owned(), bytes: bytes.into(), too_long: false }
    }

    #[test]
    fn what_a_page_carries_comes_back_as_it_was() {
        let register = b"URN,Name\r\n900001,St Mary\x92s\n".to_vec();
        let carried = of(register.clone()).carried().unwrap();
        assert_eq!(File::of_page(carried.as_bytes()).unwrap().bytes, register);
        assert!(File::of_page(b"no file of ours!").is_none());
    }

    #[test]
    fn a_page_carries_no_more_than_it_takes_back() {
        let longest = of(vec![0; MOST_CARRIED_BYTES]).carried().unwrap();
        assert_eq!(longest.len(), MOST_CARRIED_TEXT_BYTES);
        assert_eq!(of(vec![0; MOST_CARRIED_BYTES + 1]).carried(), None);
        assert_eq!(of(Vec::new()).carried(), None);
    }
}
