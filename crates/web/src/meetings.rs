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

use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::problem::Problem;
use crate::written::Written;
use domain::ids::MeetingId;
use domain::meeting::{MeetingCommand, Sitting};
use engine::{Configured, MeetingDone};
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
pub(crate) type Sat = Written<MeetingShown>;

impl Sat {
    fn called(done: &MeetingDone) -> Self {
        Self::changed(done).at(format!("/api/v1/meetings/{}", done.sitting.id))
    }

    fn changed(done: &MeetingDone) -> Self {
        let MeetingDone { sitting, version, position, replayed } = done;
        let configured = Configured { position: *position, replayed: *replayed };
        Self::now(configured, Some(*version), MeetingShown::of(sitting, *version))
    }
}

/// A name that is none names nothing.
fn meeting_id(id: &str) -> Result<MeetingId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}

/// A meeting that was called and lies within the caller's reach, and its version. Any other is
/// not there.
async fn sitting(app: &App, permit: &Permit, id: &str) -> Result<(Sitting, u32), Problem> {
    let (meeting, version) = app.engine.meeting(&meeting_id(id)?).await?;
    let sitting = meeting.sitting().filter(|sitting| permit.covers_panel(&sitting.panel));
    Ok((sitting.cloned().ok_or_else(Problem::not_found)?, version))
}

/// The name of a meeting that lies within the caller's reach.
async fn within(app: &App, permit: &Permit, id: &str) -> Result<MeetingId, Problem> {
    match permit.panels() {
        Some(_) => Ok(sitting(app, permit, id).await?.0.id),
        None => meeting_id(id),
    }
}

/// Does something to a meeting.
async fn convene(
    app: &App,
    incoming: &Incoming,
    id: &str,
    effective_at: Option<Timestamp>,
    command: MeetingCommand,
) -> Result<Sat, Problem> {
    let meeting = within(app, &incoming.permit, id).await?;
    let context = incoming.context(effective_at);
    Ok(Sat::changed(&app.engine.convene(&context, &meeting, command).await?))
}
