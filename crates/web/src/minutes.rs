//! `GET /meetings/{id}/minutes`: the minutes of a panel's meeting.
//!
//! Nobody writes them: they are a view of the meeting's events, so they cannot say anything
//! that was not recorded when it happened. As facts in JSON, or written out as plain text or
//! HTML. Before the meeting is closed they are what is known so far, then a draft, until the
//! chair signs.

mod decision;
mod item;
mod package;
pub(crate) mod papers;
mod person;
mod record;
mod room;
mod words;

use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::paper::{Form, answer};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use domain::event::MeetingEvent;
use domain::ids::MeetingId;
use domain::meeting::Phase;
use domain::meeting::event::{CancelReason, MeetingKind};
use domain::panel::{DecidesBy, Standing};
use item::{DelegatedMinuted, ItemMinuted};
use jiff::Timestamp;
use person::Person;
use record::Record;
use room::{Present, QuorumShown};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// The minutes of a meeting.
#[derive(Serialize, ToSchema)]
pub(crate) struct Minutes {
    #[schema(example = "semh-2026-12-03")]
    meeting: String,
    /// The version of the meeting's record from which these minutes are.
    version: u32,
    state: MinutesState,
    panel: PanelNamed,
    #[schema(value_type = String, example = "cycle")]
    kind: MeetingKind,
    /// The version of the panel's terms of reference by which the meeting was called.
    terms_version: u32,
    /// When it was to begin,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// and to be over.
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    /// When it began: at its time, or when the first member came after that.
    #[schema(value_type = Option<String>, format = DateTime)]
    opened_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    papers_due_at: Timestamp,
    /// Who was in the chair of the meeting; an item can have had another chair.
    chair: Option<Person>,
    present: Vec<Present>,
    apologies: Vec<Person>,
    /// Who did not come and had not said so.
    absent: Vec<Person>,
    quorum: QuorumShown,
    /// What the chair had decided for the panel, and what the panel said of it.
    delegated: Vec<DelegatedMinuted>,
    /// The references of what the chair had decided and the panel did not look at.
    delegated_not_reviewed: Vec<String>,
    items: Vec<ItemMinuted>,
    signed: Option<Signature>,
    cancelled: Option<Cancellation>,
}

/// What the minutes are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MinutesState {
    /// Nobody has come yet.
    NotBegun,
    /// The meeting is under way.
    SoFar,
    /// The chair has not signed them.
    Draft,
    /// The chair signed them.
    Signed,
    /// The meeting did not take place.
    Cancelled,
}

/// Which panel, and what its word is worth.
#[derive(Serialize, ToSchema)]
pub(crate) struct PanelNamed {
    #[schema(example = "semh")]
    id: String,
    name: String,
    council: String,
    #[schema(value_type = String, example = "decides")]
    standing: Standing,
    #[schema(value_type = String, example = "consensus")]
    decides_by: DecidesBy,
}

/// Who signed the minutes, and when.
#[derive(Serialize, ToSchema)]
pub(crate) struct Signature {
    by: Person,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// That the meeting did not take place.
#[derive(Serialize, ToSchema)]
pub(crate) struct Cancellation {
    #[schema(value_type = String, example = "no_quorum")]
    why: CancelReason,
    /// The meeting to which its items went.
    moved_to: Option<String>,
}

/// Which meeting.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct OfMeeting {
    /// The meeting.
    #[param(example = "semh-2026-12-03")]
    id: String,
}

/// The minutes of a meeting, as JSON, plain text or HTML: `Accept` says which. Auditors and
/// commissioners read them without names and without what was said about a child.
#[utoipa::path(
    get, path = "/meetings/{id}/minutes", operation_id = "read_minutes", tag = "meetings",
    params(OfMeeting, AtLeast),
    responses(
        (status = 200, description = "The minutes, in the form that `Accept` asks for", content(
            (Minutes = "application/json"), (String = "text/plain"), (String = "text/html"),
        ), headers(("ETag" = String, description = "The version of the meeting"))),
        Unanswered,
    ),
)]
pub(crate) async fn read(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Response, Problem> {
    let at_least = query.at_least();
    query.done()?;
    let meeting: MeetingId = id.parse().map_err(|_| Problem::not_found())?;
    app.fresh(at_least).await?;
    let record = Record::read(&app, &permit, &meeting).await?;
    let minutes = Minutes::of(&record);
    let mut response = answer(Form::wanted(&headers), &minutes, Minutes::paper)?;
    tag(&mut response, record.version);
    Ok(response)
}

/// Says of which version of the meeting an answer is.
fn tag(response: &mut Response, version: u32) {
    if let Ok(tag) = HeaderValue::try_from(format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
}

impl Minutes {
    fn of(record: &Record) -> Self {
        let sitting = &record.sitting;
        let (apologies, absent) = record.not_there();
        let over = sitting.closed_at.is_some();
        let unreviewed = record.unreviewed.iter().filter(|_| over);
        Self {
            meeting: sitting.id.to_string(),
            version: record.version,
            state: MinutesState::of(&sitting.phase),
            panel: record.panel(),
            kind: sitting.kind,
            terms_version: sitting.terms_version,
            starts_at: sitting.starts_at,
            ends_at: sitting.ends_at(),
            opened_at: record.opened_at(),
            closed_at: sitting.closed_at,
            papers_due_at: sitting.papers_due_at,
            chair: record.chair(),
            present: record.present(),
            apologies,
            absent,
            quorum: record.quorum(),
            delegated: record.delegated(),
            delegated_not_reviewed: unreviewed.map(|request| request.reference()).collect(),
            items: record.items(),
            signed: sitting
                .signed
                .as_ref()
                .map(|(by, at)| Signature { by: record.person(by), at: *at }),
            cancelled: record.cancelled(),
        }
    }
}

impl MinutesState {
    const fn of(phase: &Phase) -> Self {
        match phase {
            Phase::Planned | Phase::Published => Self::NotBegun,
            Phase::Open => Self::SoFar,
            Phase::Closed => Self::Draft,
            Phase::Signed => Self::Signed,
            Phase::Cancelled => Self::Cancelled,
        }
    }
}

impl Record {
    pub(in crate::minutes) fn panel(&self) -> PanelNamed {
        PanelNamed {
            id: self.terms.id.to_string(),
            name: self.terms.name.clone(),
            council: self.desk.council.clone(),
            standing: self.terms.standing,
            decides_by: self.terms.decides_by,
        }
    }

    fn cancelled(&self) -> Option<Cancellation> {
        let mut events = self.history.iter().filter_map(|it| it.event.as_ref());
        events.find_map(|event| match record::meeting_event(event) {
            Some(MeetingEvent::Cancelled(cancelled)) => Some(Cancellation {
                why: cancelled.why,
                moved_to: cancelled.moved_to.as_ref().map(ToString::to_string),
            }),
            Some(_) | None => None,
        })
    }
}
