//! What a browser sent: the fields of a form, apart from what every form of ours carries.

use crate::place::{self, Pairs};
use axum::extract::Request;
use axum::http::header;
use http_body_util::{BodyExt as _, Limited};

/// The longest form, in bytes: what the API takes, in the longer writing of forms.
const MOST_BYTES: usize = 160 * 1024;

/// A form that was sent.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// What was typed and chosen.
    pub(crate) fields: Pairs,
    /// That its page is the session's own.
    pub(crate) token: Option<String>,
    /// That it is sent for the first time, or again.
    pub(crate) key: Option<String>,
    /// Of what its sender saw.
    pub(crate) version: Option<String>,
    /// That its sender will come back to it.
    pub(crate) later: bool,
}

/// The form in a request. None, if it holds none, or one that is too long.
pub(crate) async fn read(request: Request) -> Option<Sent> {
    let kind = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let body = Limited::new(request.into_body(), MOST_BYTES).collect().await.ok()?.to_bytes();
    let mut sent = Sent::default();
    for (name, value) in place::pairs(&body) {
        match name.as_str() {
            "_token" => sent.token = Some(value),
            "_key" => sent.key = Some(value),
            "_version" => sent.version = Some(value),
            "_later" => sent.later = true,
            _ => sent.fields.push((name, value)),
        }
    }
    Some(sent)
}
