//! `/meetings/{id}`: a panel's meeting, from its date in the diary to its signed minutes.
//!
//! One file for each step of a meeting. What is decided, and whether it may be, the domain
//! says; here bodies are read and meetings shown.

pub(crate) mod agenda;
pub(crate) mod attendance;
pub(crate) mod cancel;
pub(crate) mod decide;
pub(crate) mod delegated;
pub(crate) mod ending;
pub(crate) mod interests;
pub(crate) mod live;
mod of_item;
pub(crate) mod pack;
mod pack_words;
pub(crate) mod papers;
pub(crate) mod ratify;
pub(crate) mod ruling;
pub(crate) mod schedule;
pub(crate) mod shown;

use crate::answer::{POSITION, REPLAYED};
use crate::app::App;
use crate::command::Incoming;
use crate::problem::Problem;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ids::MeetingId;
use domain::meeting::{MeetingCommand, Sitting};
use engine::MeetingDone;
use jiff::Timestamp;
use shown::MeetingShown;
use utoipa::{IntoParams, IntoResponses};

/// Which meeting.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfMeeting {
    /// The meeting.
    #[param(example = "semh-2026-12-02")]
    id: String,
}

/// Which item of which meeting.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfItem {
    /// The meeting.
    #[param(example = "semh-2026-12-02")]
    id: String,
    /// The request.
    #[param(format = Uuid)]
    request: String,
}

/// Something was done to a meeting.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) enum Convened {
    /// Done; this is where the meeting stands now.
    #[response(status = 200)]
    Done(MeetingShown),
}

/// The answer to whoever did something to a meeting.
pub(crate) struct Sat {
    status: StatusCode,
    done: MeetingDone,
}

impl Sat {
    const fn created(done: MeetingDone) -> Self {
        Self { status: StatusCode::CREATED, done }
    }

    const fn changed(done: MeetingDone) -> Self {
        Self { status: StatusCode::OK, done }
    }
}

impl IntoResponse for Sat {
    fn into_response(self) -> Response {
        let Self { status, done } = self;
        let shown = MeetingShown::of(&done.sitting, done.version);
        let mut response = (status, Json(shown)).into_response();
        let headers = response.headers_mut();
        headers.insert(POSITION, done.position.into());
        if let Ok(tag) = HeaderValue::try_from(format!("\"{}\"", done.version)) {
            headers.insert(header::ETAG, tag);
        }
        if done.replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        let place = format!("/api/v1/meetings/{}", done.sitting.id);
        if let (StatusCode::CREATED, Ok(place)) = (status, HeaderValue::try_from(place)) {
            headers.insert(header::LOCATION, place);
        }
        response
    }
}

/// A name that is none names nothing.
fn meeting_id(id: &str) -> Result<MeetingId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}

/// A meeting that was called, and its version.
async fn sitting(app: &App, id: &str) -> Result<(Sitting, u32), Problem> {
    let (meeting, version) = app.engine.meeting(&meeting_id(id)?).await?;
    let sitting = meeting.sitting().cloned().ok_or_else(Problem::not_found)?;
    Ok((sitting, version))
}

/// Does something to a meeting.
async fn convene(
    app: &App,
    incoming: &Incoming,
    id: &str,
    effective_at: Option<Timestamp>,
    command: MeetingCommand,
) -> Result<Sat, Problem> {
    let meeting = meeting_id(id)?;
    let context = incoming.context(effective_at);
    Ok(Sat::changed(app.engine.convene(&context, &meeting, command).await?))
}
