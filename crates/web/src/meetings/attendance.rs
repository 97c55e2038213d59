//! `GET|POST /meetings/{id}/attendance`: who came, who left, who sent apologies.
//!
//! Validity is worked out from this and nothing else, so it is kept to the instant.

use super::shown::StayShown;
use super::{Convened, OfMeeting, Sat, sitting, within};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::form::{Faults, Form, code, instant, via};
use crate::openapi::{AtLeast, Refused, Unanswered, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use domain::ids::AccountId;
use domain::meeting::{MeetingCommand, MeetingRefusal};
use engine::Failure;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// The most members of whom something is said at once: as many as a panel can have.
const MOST_MEMBERS: usize = 60;

/// Who came, left or will not come, and when. Of several members, all of it is recorded or
/// none.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"member": "ruth-adeyemi", "event": "arrived",
    "at": "2026-12-02T09:30:00Z"}))]
pub(crate) struct AttendanceBody {
    /// By account.
    member: Option<String>,
    /// Several at once, instead of `member`.
    #[schema(max_items = 60)]
    members: Option<Vec<String>>,
    /// `arrived`, `departed` or `apologies`.
    event: String,
    /// Now, when left out.
    #[schema(format = DateTime)]
    at: Option<String>,
}

/// Who was in the room when.
#[derive(Serialize, ToSchema)]
pub(crate) struct AttendanceShown {
    /// Every stay of every member, in the order of arrival.
    stays: Vec<StayShown>,
    /// Who is in the room now.
    #[schema(value_type = Vec<String>)]
    in_the_room: Vec<AccountId>,
    #[schema(value_type = Vec<String>)]
    apologies: Vec<AccountId>,
    /// Who is appointed, and neither came nor sent apologies.
    #[schema(value_type = Vec<String>)]
    absent: Vec<AccountId>,
}

/// What is said of members.
struct Said {
    members: Vec<AccountId>,
    several: bool,
    what: fn(AccountId) -> MeetingCommand,
    at: Option<Timestamp>,
}

/// Who came, who left, who sent apologies.
#[utoipa::path(
    get, path = "/meetings/{id}/attendance", operation_id = "read_attendance", tag = "meetings",
    params(OfMeeting, AtLeast),
    responses((status = 200, body = AttendanceShown), Unanswered),
)]
pub(crate) async fn read_attendance(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<([(HeaderName, String); 1], Json<AttendanceShown>), Problem> {
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (sitting, version) = sitting(&app, &permit, &id).await?;
    let desk = app.engine.desk().await?;
    let attended = sitting.attendance.attended();
    let members = desk.terms(&sitting.panel).map(|(terms, _)| terms.members.as_slice());
    let absent = members.unwrap_or_default().iter().map(|member| &member.account);
    let absent = absent
        .filter(|member| !attended.contains(member) && !sitting.apologies.contains(member))
        .cloned()
        .collect();
    let there = sitting.attendance.in_the_room(app.engine.now());
    let shown = AttendanceShown {
        stays: sitting.attendance.stays().map(StayShown::of).collect(),
        in_the_room: there.into_iter().cloned().collect(),
        apologies: sitting.apologies.iter().cloned().collect(),
        absent,
    };
    Ok(([(header::ETAG, format!("\"{version}\""))], Json(shown)))
}

/// Record that members came, left, or will not come. The first to arrive opens the meeting.
#[utoipa::path(
    post, path = "/meetings/{id}/attendance", operation_id = "record_attendance", tag = "meetings",
    params(OfMeeting, Write),
    request_body(content = AttendanceBody, content_type = "application/json"),
    responses(Convened, Refused),
)]
pub(crate) async fn record_attendance(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let said = said(&incoming.body)?;
    let commands: Vec<_> = said.members.iter().cloned().map(said.what).collect();
    let context = incoming.context(said.at);
    let meeting = within(&app, &incoming.permit, &id).await?;
    let done = app.engine.convene_all(&context, &meeting, &commands).await;
    done.map(|done| Sat::changed(&done)).map_err(|failure| said.refused(failure))
}

impl Said {
    /// Of several, the pointer says which.
    fn refused(&self, failure: Failure) -> Problem {
        if let Failure::MeetingRefused(MeetingRefusal::NotAMember(who)) = &failure
            && let Some(place) = self.members.iter().position(|member| member == who)
            && self.several
        {
            return Problem::fault(&format!("/members/{place}"), failure.to_string());
        }
        failure.into()
    }
}

fn said(body: &Value) -> Result<Said, Problem> {
    let mut faults = Faults::default();
    let said = Form::of(body, "", &mut faults).and_then(|mut form| {
        let one: Option<AccountId> = form.optional("member", &mut faults, code);
        let several = form.has("members");
        let members = form.list("members", MOST_MEMBERS, &mut faults, code);
        let what = form.required("event", &mut faults, event);
        let at = form.optional("at", &mut faults, instant);
        let effective_at = form.optional("effective_at", &mut faults, instant);
        if form.has("member") == several {
            faults.say("/member", "a member, or several in “members”: one of the two");
        }
        form.done(&mut faults);
        let members = one.into_iter().chain(members).collect();
        Some(Said { members, several, what: what?, at: at.or(effective_at) })
    });
    let said = faults.or(said)?;
    if said.members.is_empty() {
        return Err(Problem::fault("/members", "at least one"));
    }
    Ok(said)
}

fn event(value: &Value, at: &str, faults: &mut Faults) -> Option<fn(AccountId) -> MeetingCommand> {
    via(value, at, faults, |text| {
        let what: fn(AccountId) -> MeetingCommand = match text {
            "arrived" => MeetingCommand::Arrive,
            "departed" => MeetingCommand::Depart,
            "apologies" => MeetingCommand::Apologise,
            _ => return Err("arrived, departed or apologies".to_owned()),
        };
        Ok(what)
    })
}
