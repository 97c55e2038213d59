//! `/children/{id}/holds`: what keeps a child's record from being erased, and why.
//!
//! A hold counts for the child under every pseudonym. Its words may name people, so they are
//! sealed with the child's key, and whoever reads them is on record.

use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::form::{Faults, Form, code, date, text_block};
use crate::openapi::{Refused, Unanswered, Write};
use crate::page::Page;
use crate::place::{Place, Places};
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::shown::words;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use domain::child::hold::{HoldReason, ReleaseReason};
use domain::ids::{ChildId, HoldId};
use domain::personal::Words;
use engine::{Actor, Configured, HoldDone, HoldRead, Said};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Display;
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

/// Why a child's record must be kept, and until when.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"reason": {"code": "tribunal", "text": "An appeal was lodged."},
    "until": "2027-06-30"}))]
pub(crate) struct HoldBody {
    reason: HoldReasonBody,
    /// Its last day in London; without one it holds until it is released.
    #[schema(format = Date)]
    until: Option<String>,
}

/// Why a hold is placed.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct HoldReasonBody {
    /// `litigation`, `complaint`, `tribunal`, `safeguarding`, `police`, `iicsa` or `other`.
    code: String,
    /// In words; required for `other`.
    #[schema(max_length = 5_000)]
    text: Option<String>,
}

/// Why a hold is released.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"reason": {"code": "ended", "text": "The appeal was decided."}}))]
pub(crate) struct ReleaseBody {
    reason: ReleaseReasonBody,
}

/// Why a hold is released.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ReleaseReasonBody {
    /// `ended`, `error` or `other`.
    code: String,
    /// In words; required for `other`.
    #[schema(max_length = 5_000)]
    text: Option<String>,
}

/// That a hold was placed or released.
#[derive(Serialize, ToSchema)]
pub(crate) struct HoldWritten {
    #[schema(value_type = String, format = Uuid)]
    id: HoldId,
    /// The pseudonym that it was placed on.
    #[schema(value_type = String, format = Uuid)]
    child: ChildId,
    /// The position of the log that records it.
    position: u64,
}

/// A hold.
#[derive(Serialize, ToSchema)]
pub(crate) struct HoldShown {
    #[schema(value_type = String, format = Uuid)]
    id: HoldId,
    /// The pseudonym that it was placed on; it holds whoever is linked to it.
    #[schema(value_type = String, format = Uuid)]
    child: ChildId,
    reason: ReasonGiven,
    /// Its last day in London; null: until it is released.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// Whether it keeps anything from being erased now.
    holds: bool,
    #[schema(value_type = String, format = DateTime)]
    placed_at: Timestamp,
    #[schema(value_type = Object)]
    placed_by: Actor,
    /// Null while nobody has released it.
    released: Option<ReleaseShown>,
}

/// A reason, as it was given.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReasonGiven {
    #[schema(example = "tribunal")]
    code: &'static str,
    /// The code in plain English.
    says: &'static str,
    /// In words; null when nothing was said, when the child was erased, and to whoever reads
    /// without names.
    text: Option<String>,
}

/// That a hold was released.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReleaseShown {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = Object)]
    by: Actor,
    reason: ReasonGiven,
}

/// Hold a child's record: nothing about the child, under any pseudonym, can be erased until the
/// hold is released or its last day has passed.
#[utoipa::path(
    post, path = "/children/{id}/hold", operation_id = "hold_child", tag = "privacy",
    params(("id" = String, Path, format = Uuid, description = "Any of the child's pseudonyms"), Write),
    request_body = HoldBody,
    responses((status = 201, body = HoldWritten), Refused),
)]
pub(crate) async fn place(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<HoldWritten>, Problem> {
    let mut faults = Faults::default();
    let read = Form::of(&incoming.body, "", &mut faults).and_then(|mut form| {
        let reason = form.required("reason", &mut faults, stated::<HoldReason>);
        let until = form.optional("until", &mut faults, date);
        form.done(&mut faults);
        Some((reason?, until))
    });
    let ((reason, words), until) = faults.or(read)?;
    let child = child_id(&id)?;
    let done = app.engine.hold(&incoming.context(None), child, reason, until, words).await?;
    let holds = format!("{}/children/{child}/holds", crate::routes::BASE);
    Ok(written(&done).at(holds))
}

/// Release a hold: what it held can be erased again, unless something else holds it.
#[utoipa::path(
    post, path = "/children/{id}/holds/{hold}/release", operation_id = "release_hold",
    tag = "privacy",
    params(
        ("id" = String, Path, format = Uuid, description = "Any of the child's pseudonyms"),
        ("hold" = String, Path, format = Uuid), Write,
    ),
    request_body = ReleaseBody,
    responses((status = 200, body = HoldWritten), Refused),
)]
pub(crate) async fn release(
    State(app): State<App>,
    Places(id, hold): Places,
    incoming: Incoming,
) -> Result<Written<HoldWritten>, Problem> {
    let mut faults = Faults::default();
    let read = Form::of(&incoming.body, "", &mut faults).and_then(|mut form| {
        let reason = form.required("reason", &mut faults, stated::<ReleaseReason>);
        form.done(&mut faults);
        reason
    });
    let (reason, words) = faults.or(read)?;
    let child = child_id(&id)?;
    let hold = Uuid::try_parse(&hold).map(HoldId).map_err(|_| Problem::not_found())?;
    let context = incoming.context(None);
    let done = app.engine.release_hold(&context, child, hold, reason, words).await?;
    Ok(written(&done))
}

/// The holds of a child, also those that are over.
#[utoipa::path(
    get, path = "/children/{id}/holds", operation_id = "list_holds", tag = "privacy",
    params(("id" = String, Path, format = Uuid, description = "Any of the child's pseudonyms")),
    responses((status = 200, body = Page<HoldShown>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Json<Page<HoldShown>>, Problem> {
    query.done()?;
    let holds = app.engine.holds(child_id(&id)?).await?;
    let said = |hold: &HoldRead| {
        let released = hold.released.as_ref().and_then(|(_, said)| said.words.clone());
        [hold.placed.words.clone(), released]
    };
    let boxes = holds.iter().flat_map(said).flatten().collect();
    let mut opened = permit.open(&app, boxes).await?.into_iter().map(words);
    let mut text = |said: &Said| {
        let opened = said.words.as_ref().and_then(|_| opened.next());
        opened.flatten().and_then(|words| words.text)
    };
    let items = holds.into_iter().map(|hold| shown(hold, &mut text)).collect();
    Ok(Json(Page { items, next: None }))
}

fn shown(read: HoldRead, text: &mut impl FnMut(&Said) -> Option<String>) -> HoldShown {
    let HoldRead { child, hold, holds, placed, released } = read;
    let (code, says) = (hold.reason.code(), hold.reason.says());
    let reason = ReasonGiven { code, says, text: text(&placed) };
    let released = released.map(|(why, said)| {
        let reason = ReasonGiven { code: why.code(), says: why.says(), text: text(&said) };
        ReleaseShown { at: said.at, by: said.by, reason }
    });
    HoldShown {
        id: hold.hold,
        child,
        reason,
        until: hold.until,
        holds,
        placed_at: placed.at,
        placed_by: placed.by,
        released,
    }
}

/// `{"code", "text"}`. Another reason than those listed must be told in words.
fn stated<T: FromStr<Err: Display> + Display>(
    value: &Value,
    at: &str,
    faults: &mut Faults,
) -> Option<(T, Words)> {
    let mut form = Form::of(value, at, faults)?;
    let reason: Option<T> = form.required("code", faults, code);
    let text = form.optional("text", faults, text_block(5_000));
    if text.is_none() && reason.as_ref().is_some_and(|it| it.to_string() == "other") {
        faults.say(&form.at("text"), "say in words what the other reason is");
    }
    form.done(faults);
    Some((reason?, Words { text, ..Words::default() }))
}

fn written(done: &HoldDone) -> Written<HoldWritten> {
    let HoldDone { hold, child, position, replayed } = *done;
    let body = HoldWritten { id: hold, child, position };
    Written::now(Configured { position, replayed }, None, body)
}

fn child_id(id: &str) -> Result<ChildId, Problem> {
    Uuid::try_parse(id).map(ChildId).map_err(|_| Problem::not_found())
}
