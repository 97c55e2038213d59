//! What a POST says about itself: its body, its idempotency key, the version it decided on.

use crate::app::{App, Permit};
use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use domain::account::Role;
use engine::Context;
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The largest body, in bytes. A request with every field filled stays far below it, and
/// what is stored of it, sealed, fits into one record of the log.
pub(crate) const MOST_BODY_BYTES: usize = 40 * 1024;

/// A command as it arrived: who, what, and how to know it again.
pub(crate) struct Incoming {
    pub(crate) permit: Permit,
    pub(crate) body: Value,
    /// Whether nothing was sent: then `body` is an empty object.
    pub(crate) bodiless: bool,
    command: Uuid,
    fingerprint: [u8; 32],
    expected_version: Option<u32>,
}

impl Incoming {
    /// As the engine wants to know it.
    pub(crate) fn context(&self, effective_at: Option<Timestamp>) -> Context {
        Context {
            actor: self.permit.caller.actor(),
            command: self.command,
            fingerprint: self.fingerprint,
            effective_at,
            expected_version: self.expected_version,
        }
    }

    /// A command with these headers. `asked` is what a retry must repeat.
    pub(crate) fn of(
        app: &App,
        permit: Permit,
        headers: &HeaderMap,
        asked: &str,
        body: Value,
    ) -> Result<Self, Problem> {
        let expected_version = if_match(headers)?;
        let command = match idempotency_key(headers)? {
            Some(key) => command_id(permit.caller.id().as_str(), &key),
            None => app.engine.fresh_id()?,
        };
        let fingerprint = app.engine.fingerprint(asked.as_bytes());
        Ok(Self { permit, body, bodiless: false, command, fingerprint, expected_version })
    }

    /// As the command of this id, which is carried out once, whichever key it is sent with.
    pub(crate) fn once(&self, app: &App, command: Uuid, what: &str) -> Context {
        let fingerprint = app.engine.fingerprint(format!("{what}\0{command}").as_bytes());
        Context { command, fingerprint, ..self.context(None) }
    }

    /// Whether the caller is the council's own staff, who may log what happened earlier.
    pub(crate) fn by_staff(&self) -> bool {
        matches!(self.permit.caller.role(), Role::Adviser | Role::Coordinator)
    }
}

impl FromRequest<App> for Incoming {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let permit =
            <Permit as axum::extract::FromRequestParts<App>>::from_request_parts(&mut parts, app)
                .await?;
        let (headers, place) =
            (parts.headers.clone(), format!("{} {}", parts.method, parts.uri.path()));
        let request = Request::from_parts(parts, body);
        let bytes =
            Bytes::from_request(request, app).await.map_err(|rejection| unread(&rejection))?;
        let body = read(&bytes)?;
        // Members in another order, or other white space, are the same body: a parsed value
        // is written with its members sorted.
        let asked = format!("{place}\0{body}");
        let incoming = Self::of(app, permit, &headers, &asked, body)?;
        Ok(Self { bodiless: is_blank(&bytes), ..incoming })
    }
}

/// Why a body could not be taken in whole.
fn unread(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large(MOST_BODY_BYTES)
    } else {
        Problem::unreadable("The body did not arrive whole.")
    }
}

/// Reads a body as JSON; an empty one is an empty object.
fn read(bytes: &[u8]) -> Result<Value, Problem> {
    if is_blank(bytes) {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Problem::unreadable(format!(
            "The body is not JSON: reading stopped at line {line}, column {column}."
        ))
    })
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().filter(|key| (1..=200).contains(&key.len()));
    key.map(|key| Some(key.to_owned())).ok_or_else(|| {
        Problem::fault("Idempotency-Key", "1 to 200 visible characters, such as a UUID")
    })
}

/// A command's id follows from whose key it is: two callers may use the same one.
pub(crate) fn command_id(account: &str, key: &str) -> Uuid {
    let digest = Sha256::digest(format!("{account}\0{key}").as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(id).into_uuid()
}

/// The version in `If-Match: "7"`; `*` asks for none in particular.
fn if_match(headers: &HeaderMap) -> Result<Option<u32>, Problem> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let tag = value.to_str().unwrap_or_default().trim();
    if tag == "*" {
        return Ok(None);
    }
    let version = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"').parse().ok();
    version.map(Some).ok_or_else(|| {
        Problem::fault("If-Match", "the ETag of the request, a number in quotation marks")
    })
}
