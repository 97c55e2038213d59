//! `GET /meetings/{id}/papers`: the cover sheet of a meeting's papers.
//!
//! What is taken up, in which order and for how long, who is expected, and which documents
//! members find in each pack. It lies about on tables, so it names no child and quotes nothing
//! that was said of one.

mod words;

use super::person::Person;
use super::record::{Matter, Record};
use super::{OfMeeting, PanelNamed, tag};
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::paper::{Form, answer};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::clock::Promise;
use domain::codes::Support;
use domain::document::{DocumentKind, MediaType};
use domain::event::{Event, RequestEvent};
use domain::ids::{DocumentId, MeetingId, RequestId};
use domain::meeting::event::MeetingKind;
use domain::meeting::{Item, Phase};
use domain::need::Need;
use domain::panel::{Depth, MemberRole};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// The cover sheet of a meeting's papers.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoverSheet {
    #[schema(example = "semh-2026-12-03")]
    meeting: String,
    panel: PanelNamed,
    #[schema(value_type = String, example = "cycle")]
    kind: MeetingKind,
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    ends_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    papers_due_at: Timestamp,
    terms_version: u32,
    /// Whether members can read their packs.
    published: bool,
    /// Whether the meeting does not take place.
    cancelled: bool,
    expected: Vec<Person>,
    apologies: Vec<Person>,
    /// How many must be there in all,
    quorum_total: u8,
    /// and of a role.
    #[schema(value_type = Object, example = json!({"education_adviser": 1}))]
    quorum_roles: BTreeMap<MemberRole, u8>,
    /// What the chair decided for the panel, which is asked to ratify it.
    to_ratify: Vec<Asked>,
    items: Vec<ItemListed>,
    /// What all items together take.
    minutes_planned: u32,
}

/// Which request, and what it asks for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Asked {
    #[schema(value_type = String, format = Uuid)]
    request: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    school: String,
    #[schema(value_type = Option<String>, example = "HI")]
    need: Option<Need>,
    #[schema(value_type = Vec<String>, example = json!(["funding"]))]
    support_sought: Vec<Support>,
    /// By when the panel is to decide; null while the school is waited for.
    #[schema(value_type = Option<String>, format = DateTime)]
    decide_by: Option<Timestamp>,
}

/// An item of the agenda, with what is in its pack.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemListed {
    /// From 1.
    number: usize,
    #[serde(flatten)]
    sought: Asked,
    #[schema(value_type = String, example = "standard")]
    depth: Depth,
    minutes: u16,
    pack: Option<PackListed>,
}

/// The latest version of a pack.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackListed {
    version: u32,
    /// Whether it came after papers were due.
    late: bool,
    documents: Vec<DocumentListed>,
}

/// A document of a pack, without its name, which can name a child.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentListed {
    #[schema(value_type = String, example = "report")]
    kind: DocumentKind,
    #[schema(value_type = String, example = "application/pdf")]
    media_type: MediaType,
    #[schema(value_type = String, format = DateTime)]
    added_at: Timestamp,
}

/// The cover sheet of a meeting's papers, as JSON, plain text or HTML: `Accept` says which. It
/// names no child.
#[utoipa::path(
    get, path = "/meetings/{id}/papers", operation_id = "read_meeting_papers", tag = "meetings",
    params(OfMeeting, AtLeast),
    responses(
        (status = 200, description = "The cover sheet, in the form that `Accept` asks for", content(
            (CoverSheet = "application/json"), (String = "text/plain"), (String = "text/html"),
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
    let record = Record::unopened(&app, &permit, &meeting).await?;
    let mut response = answer(Form::wanted(&headers), &CoverSheet::of(&record), CoverSheet::paper)?;
    tag(&mut response, record.version);
    Ok(response)
}

impl CoverSheet {
    fn of(record: &Record) -> Self {
        let sitting = &record.sitting;
        let members = record.terms.members.iter().map(|member| &member.account);
        let (apologies, expected): (Vec<_>, Vec<_>) =
            members.partition(|account| sitting.apologies.contains(*account));
        let planned = sitting.items.iter().map(|item| u32::from(item.minutes));
        let items = sitting.items.iter().zip(1..);
        let to_ratify = record.unreviewed.iter();
        Self {
            meeting: sitting.id.to_string(),
            panel: record.panel(),
            kind: sitting.kind,
            starts_at: sitting.starts_at,
            ends_at: sitting.ends_at(),
            papers_due_at: sitting.papers_due_at,
            terms_version: sitting.terms_version,
            published: !matches!(sitting.phase, Phase::Planned | Phase::Cancelled),
            cancelled: sitting.phase == Phase::Cancelled,
            expected: record.people(expected),
            apologies: record.people(apologies),
            quorum_total: record.terms.quorum.total,
            quorum_roles: record.terms.quorum.roles.clone(),
            to_ratify: to_ratify.filter_map(|request| record.sought(*request)).collect(),
            items: items.filter_map(|(item, number)| record.listed(item, number)).collect(),
            minutes_planned: planned.sum(),
        }
    }
}

impl Record {
    fn sought(&self, request: RequestId) -> Option<Asked> {
        let case = self.matters.get(&request)?.case_before(u64::MAX)?;
        let promise = case.clocks.latest(Promise::PanelDecision);
        Some(Asked {
            request: request.0,
            reference: request.reference(),
            school: self.school(&case),
            need: case.intake.primary_need,
            decide_by: promise.and_then(|promise| promise.due_at),
            support_sought: case.intake.support_sought,
        })
    }

    fn listed(&self, item: &Item, number: usize) -> Option<ItemListed> {
        let matter = self.matters.get(&item.request)?;
        let documents = |documents: &[DocumentId]| {
            documents.iter().filter_map(|document| matter.document(*document)).collect()
        };
        Some(ItemListed {
            number,
            sought: self.sought(item.request)?,
            depth: item.depth,
            minutes: item.minutes,
            pack: item.pack().map(|pack| PackListed {
                version: pack.version,
                late: pack.late,
                documents: documents(&pack.documents),
            }),
        })
    }
}

impl Matter {
    fn document(&self, document: DocumentId) -> Option<DocumentListed> {
        let recorded = self.added(document)?;
        let Some(Event::Request(RequestEvent::DocumentAdded(added))) = &recorded.event else {
            return None;
        };
        let (kind, media_type) = (added.kind, added.media_type);
        Some(DocumentListed { kind, media_type, added_at: recorded.recorded_at })
    }
}
