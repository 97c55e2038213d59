//! `POST /accounts/{id}/keys/{key}/rotate`: a new key takes another's place, and both are good
//! for a while, so that whoever uses it changes over without a gap.

use super::issue::{IssuedBody, carry_out};
use super::key_form::{fresh_key, usual_end};
use super::{key_named, named};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, instant, number, text};
use crate::identity::hash_of;
use crate::openapi::{Refused, Write};
use crate::place::Places;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::account::{AccountCommand, Key, LONGEST_OVERLAP_HOURS};
use domain::ids::KeyId;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use utoipa::ToSchema;

/// How long both keys are good unless it is said, in hours.
const USUAL_OVERLAP_HOURS: i64 = 24;

/// How one key gives way to the other.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"overlap_hours": 24}))]
pub(crate) struct RotateBody {
    /// For how many hours the old key stays good: 24 when left out, 0 for one that leaked.
    #[schema(minimum = 0, maximum = 168)]
    overlap_hours: Option<i64>,
    /// What the new one is for; the same when left out.
    #[schema(max_length = 100)]
    label: Option<String>,
    /// From when on the new one is good no longer: at most 366 days ahead; 90 when left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
}

/// Issue a key of the same scope in the place of another, which ends after an overlap.
#[utoipa::path(
    post, path = "/accounts/{id}/keys/{key}/rotate", operation_id = "rotate_key", tag = "access",
    params(
        ("id" = String, Path, description = "The account"),
        ("key" = String, Path, format = Uuid, description = "The key that goes"),
        Write,
    ),
    request_body(content = RotateBody, content_type = "application/json"),
    responses((status = 201, body = IssuedBody), Refused),
)]
pub(crate) async fn rotate(
    State(app): State<App>,
    Places(id, key): Places,
    incoming: Incoming,
) -> Result<Written<IssuedBody>, Problem> {
    let desk = app.engine.desk().await?;
    let account = named(&desk, &id)?;
    let old = desk.key_of(&account.id, key_named(&key)?).ok_or_else(Problem::not_found)?;
    let (now, mut faults) = (app.engine.now(), Faults::default());
    let read = read(&incoming.body, old, KeyId(app.engine.fresh_id()?), now, &mut faults);
    let ((key, old_until), secret) = (faults.or(read)?, fresh_key()?);
    let hash = hash_of(&secret);
    let command = AccountCommand::RotateKey { old: old.id, old_until, key, hash };
    carry_out(&app, &incoming.context(None), command, secret).await
}

fn read(
    body: &Value,
    old: &Key,
    id: KeyId,
    now: Timestamp,
    faults: &mut Faults,
) -> Option<(Key, Timestamp)> {
    let mut form = Form::of(body, "", faults)?;
    let overlap = form.optional("overlap_hours", faults, number(0, LONGEST_OVERLAP_HOURS));
    let label = form.optional("label", faults, text(100));
    let expires_at = form.optional("expires_at", faults, instant);
    form.done(faults);
    let overlap = SignedDuration::from_hours(overlap.unwrap_or(USUAL_OVERLAP_HOURS));
    let key = Key {
        id,
        label: label.unwrap_or_else(|| old.label.clone()),
        issued_at: now,
        expires_at: expires_at.unwrap_or_else(|| usual_end(now)),
        ..old.clone()
    };
    Some((key, now.checked_add(overlap).unwrap_or(now)))
}
