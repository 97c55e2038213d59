//! What a browser sent: the fields of a form, apart from what every form of ours carries.

use crate::brought::{self, File, Takes};
use crate::place::{self, Pairs};
use crate::visit::Visit;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use http_body_util::{BodyExt as _, Limited};

/// The longest form, in bytes: what the API takes, in the longer writing of forms.
pub(crate) const MOST_BYTES: usize = 160 * 1024;

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
    /// What was chosen to come with it.
    pub(crate) file: Option<File>,
}

/// The form in a request, if it is one of the session's own; with a file, where one is taken.
/// What it is not otherwise: none, one that is too long, or one of another's.
pub(crate) async fn read(
    request: Request,
    visit: &Visit,
    takes: Option<Takes>,
) -> Result<Sent, StatusCode> {
    let made = |sent: &Sent| visit.made(sent.token.as_deref());
    let sent = match takes {
        Some(takes) => brought::read(request, takes, made).await?,
        None => written(request).await.ok_or(StatusCode::BAD_REQUEST)?,
    };
    if made(&sent) { Ok(sent) } else { Err(StatusCode::FORBIDDEN) }
}

async fn written(request: Request) -> Option<Sent> {
    let kind = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let body = Limited::new(request.into_body(), MOST_BYTES).collect().await.ok()?.to_bytes();
    let mut sent = Sent::default();
    for (name, value) in place::pairs(&body) {
        sent.take(name, value);
    }
    Some(sent)
}

impl Sent {
    /// Puts a field where it belongs; what was left empty is not said.
    pub(crate) fn take(&mut self, name: String, value: String) {
        match name.as_str() {
            "_token" => self.token = Some(value),
            "_key" => self.key = Some(value),
            "_version" => self.version = Some(value),
            "_later" => self.later = true,
            _ if value.trim().is_empty() => {}
            _ => self.fields.push((name, value)),
        }
    }
}
