//! `POST /panels/{id}/meetings`: a panel's next meeting gets its date.

use super::Sat;
use super::shown::MeetingShown;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{code, instant, number};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::actions::read;
use axum::extract::State;
use domain::calendar::london;
use domain::desk::Desk;
use domain::ids::PanelId;
use domain::meeting::event::MeetingKind;
use domain::panel::Panel;
use engine::NewMeeting;
use jiff::Timestamp;
use utoipa::{IntoParams, ToSchema};

/// How many dates of its cycle are looked at for one without a meeting.
const MOST_DATES: usize = 60;

/// When a panel meets. All of it may be left out: then it is the next date of its cycle that
/// has no meeting yet.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({}))]
pub(crate) struct ScheduleBody {
    #[schema(format = DateTime)]
    starts_at: Option<String>,
    /// 15 to 480; what the terms of reference say when left out.
    minutes: Option<u16>,
    /// `cycle` or `special`; when left out, `cycle` if it starts when the cycle has it.
    kind: Option<String>,
}

/// Which panel.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfPanel {
    /// The panel.
    #[param(example = "semh")]
    id: String,
}

/// Call a meeting of a panel.
#[utoipa::path(
    post, path = "/panels/{id}/meetings", operation_id = "call_meeting", tag = "meetings",
    params(OfPanel, Write),
    request_body(content = ScheduleBody, content_type = "application/json"),
    responses(
        (status = 201, body = MeetingShown, headers(("Location" = String, description = "The meeting"))),
        Refused,
    ),
)]
pub(crate) async fn call_meeting(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let panel: PanelId = id.parse().map_err(|_| Problem::not_found())?;
    let ((starts_at, minutes, kind), effective_at) = read(&incoming.body, |form, faults| {
        let starts_at = form.optional("starts_at", faults, instant);
        let minutes = form.optional("minutes", faults, number(15, 480));
        let kind = form.optional("kind", faults, code);
        Some((starts_at, minutes, kind))
    })?;
    let desk = app.engine.desk().await?;
    let (terms, _) = desk
        .terms(&panel)
        .filter(|_| incoming.permit.covers_panel(&panel))
        .ok_or_else(Problem::not_found)?;
    let next = next_of_cycle(&desk, terms, app.engine.now());
    let Some(starts_at) = starts_at.or(next) else {
        let detail = "the cycle has no date within reach: say when it starts";
        return Err(Problem::fault("/starts_at", detail));
    };
    let kind = kind.unwrap_or_else(|| kind_of(&desk, terms, starts_at));
    let new = NewMeeting { panel, kind, starts_at, minutes };
    Ok(Sat::called(&app.engine.call_meeting(&incoming.context(effective_at), &new).await?))
}

/// When the cycle next has a meeting that nobody has called.
fn next_of_cycle(desk: &Desk, terms: &Panel, now: Timestamp) -> Option<Timestamp> {
    let taken = desk.diary(&terms.id).meetings;
    let days: Vec<_> = taken.values().map(|slot| london::wall(slot.starts_at).date()).collect();
    let today = london::wall(now).date();
    let dates = terms.cycle.next_dates(&desk.calendar, today, MOST_DATES);
    let starts = dates.into_iter().filter(|date| !days.contains(date));
    starts.map(|date| terms.cycle.starts_at(date)).find(|starts_at| *starts_at > now)
}

fn kind_of(desk: &Desk, terms: &Panel, starts_at: Timestamp) -> MeetingKind {
    let day = london::wall(starts_at).date();
    let date = terms.cycle.next_dates(&desk.calendar, day, 1).first().copied();
    let by_cycle = date.is_some_and(|date| terms.cycle.starts_at(date) == starts_at);
    if by_cycle { MeetingKind::Cycle } else { MeetingKind::Special }
}
