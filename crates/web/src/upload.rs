//! A file in the body of a POST: its bytes as they came, and how to know the command again.

use crate::app::{App, Permit};
use crate::command::{command_id, idempotency_key};
use crate::problem::Problem;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use engine::Context;

/// The largest file, in bytes: an export of one authority's schools has about one mebibyte.
const MOST_FILE_BYTES: usize = 16 * 1024 * 1024;

/// A file as it arrived.
pub(crate) struct Upload {
    pub(crate) bytes: Bytes,
    pub(crate) context: Context,
}

impl FromRequest<App> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let permit = Permit::from_request_parts(&mut parts, app).await?;
        let key = idempotency_key(&parts.headers)?;
        let length = parts.headers.get(header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if length.is_some_and(|bytes| bytes > MOST_FILE_BYTES) {
            return Err(Problem::too_large(MOST_FILE_BYTES));
        }
        let bytes = to_bytes(body, MOST_FILE_BYTES)
            .await
            .map_err(|_| Problem::too_large(MOST_FILE_BYTES))?;
        let place = format!("{} {}\0", parts.method, parts.uri);
        let command = match key {
            Some(key) => command_id(permit.caller.id().as_str(), &key),
            None => app.engine.fresh_id()?,
        };
        let asked = [place.as_bytes(), &bytes].concat();
        let context = Context {
            actor: permit.caller.actor(),
            command,
            fingerprint: app.engine.fingerprint(&asked),
            effective_at: None,
            expected_version: None,
        };
        Ok(Self { bytes, context })
    }
}
