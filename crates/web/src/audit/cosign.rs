//! `POST /audit/checkpoints/{size}/cosignatures`: a witness's word that it saw a checkpoint.
//!
//! It changes nothing that happened, so it is no event: it is a line under a note that is kept
//! beside the log. Sent twice, it is there once.

use super::checkpoints::CheckpointKept;
use crate::app::{App, Permit};
use crate::form::{Faults, Form, text_block};
use crate::openapi::Refused;
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use engine::Cosigning;
use serde_json::Value;
use utoipa::ToSchema;

/// The longest line, in characters.
const MOST_LINE_CHARS: usize = 1_000;

/// A cosignature; as `text/plain` the line alone will do.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct CosignatureBody {
    /// A signature line of C2SP tlog-cosignature: `— <name> <base 64>`.
    #[schema(example = "— witness.example/w1 jWbPPwAAAABkGFDL")]
    signature: String,
}

/// Keep the word of a witness with the checkpoint that it saw, and give it out from now on.
#[utoipa::path(
    post, path = "/audit/checkpoints/{size}/cosignatures", operation_id = "cosign_checkpoint",
    tag = "audit",
    params(("size" = u64, Path, description = "How many records the checkpoint speaks of")),
    request_body(content = CosignatureBody, content_type = "application/json"),
    responses((status = 200, body = CheckpointKept), Refused),
)]
pub(crate) async fn cosign(
    State(app): State<App>,
    _: Permit,
    Place(size): Place,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<CheckpointKept>, Problem> {
    let line = line(&headers, &body)?;
    let size = size.parse().map_err(|_| Problem::not_found())?;
    match app.engine.cosign(size, &line).await? {
        Cosigning::Kept(kept, _) => {
            Ok(Json(CheckpointKept::of(&app.engine, kept.size, &kept.note)))
        }
        Cosigning::NoCheckpoint => Err(Problem::not_found()),
        Cosigning::Refused(why) => Err(Problem::fault("/signature", why.to_string())),
    }
}

fn line(headers: &HeaderMap, body: &[u8]) -> Result<String, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("text/plain")) {
        let line =
            std::str::from_utf8(body).map_err(|_| Problem::unreadable("This is no text."))?;
        return Ok(line.trim_end().to_owned());
    }
    let body: Value = serde_json::from_slice(body)
        .map_err(|_| Problem::unreadable("The body is neither JSON nor text/plain."))?;
    let mut faults = Faults::default();
    let line = Form::of(&body, "", &mut faults).and_then(|mut form| {
        let line = form.required("signature", &mut faults, text_block(MOST_LINE_CHARS));
        form.done(&mut faults);
        line
    });
    faults.or(line)
}
