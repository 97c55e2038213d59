//! `/panels/{id}/…`: who decides what no single service can, what waits for it, and when.
//!
//! What is done at a meeting is under `/meetings`; here is what a panel goes by and plans with.

pub(crate) mod agenda_proposal;
pub(crate) mod attendance;
pub(crate) mod dates;
pub(crate) mod establish;
pub(crate) mod list;
pub(crate) mod meetings;
pub(crate) mod meetings_ics;
pub(crate) mod plan;
pub(crate) mod queue;
mod queue_line;
pub(crate) mod terms;
mod terms_form;

use crate::app::Permit;
use crate::problem::Problem;
use domain::desk::Desk;
use domain::panel::{MeetingToCome, Panel};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which panel.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfPanel {
    /// The panel.
    #[param(example = "semh")]
    id: String,
}

/// A meeting that is to come.
#[derive(Serialize, ToSchema)]
pub(crate) struct ToComeShown {
    /// Its name; null while nobody has called it, and the cycle says when it would be.
    #[schema(value_type = Option<String>, example = "semh-2026-12-02")]
    meeting: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
}

impl ToComeShown {
    fn of(to_come: &MeetingToCome) -> Self {
        let MeetingToCome { meeting, starts_at, ends_at } = to_come;
        let meeting = meeting.as_ref().map(ToString::to_string);
        Self { meeting, starts_at: *starts_at, ends_at: *ends_at }
    }
}

/// The terms of reference of a panel, and their version. One that there is not, or that is not
/// within the caller's reach, is not there.
fn terms_of<'a>(desk: &'a Desk, permit: &Permit, id: &str) -> Result<(&'a Panel, u32), Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let terms = desk.terms(&id).filter(|_| permit.covers_panel(&id));
    terms.ok_or_else(Problem::not_found)
}
