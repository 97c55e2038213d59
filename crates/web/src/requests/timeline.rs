//! `GET /requests/{id}/timeline`: everything that happened to a request, in order.

use super::actions::request_id;
use super::shown::{receipt, words};
use crate::access::Reach;
use crate::app::{App, Permit};
use crate::audit::reader::Reader;
use crate::openapi::{AtLeast, OfRequest, Unanswered};
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::personal::{Dissent, PackageWords, Personal, Receipt, ReviewWords, RulingWords, Words};
use engine::{Actor, Recorded};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use views::Entry;

/// The members of an event's codes that say why the council's own people did it.
pub(super) const WHY: [&str; 2] = ["reason", "because"];

/// One thing that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventShown {
    id: Uuid,
    position: u64,
    version: u32,
    #[serde(rename = "type")]
    #[schema(example = "request.routed")]
    name: String,
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    effective_at: Timestamp,
    /// Who did it.
    #[schema(value_type = Object)]
    actor: Actor,
    /// What happened, in codes.
    data: serde_json::Value,
    /// What was said about it, as far as the reader may know it.
    #[schema(value_type = Option<Object>)]
    words: Option<Words>,
    /// What a panel's decision, or the review of a package, says beside its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    ruling: Option<RulingShown>,
    /// What another authority said when it received the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    receipt: Option<Receipt>,
}

/// What a panel's decision, or the review of a package, says beside its words.
#[derive(Serialize, ToSchema)]
pub(crate) struct RulingShown {
    /// The package in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    package: Option<PackageWords>,
    /// How each outcome was measured, in the order of the results.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    measured: Vec<String>,
    /// Who does not share the decision, and why. Not shown to the school.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    dissent: Vec<Dissent>,
}

/// A box's words, and what else is in it.
fn said_in(personal: Option<Personal>) -> (Option<Words>, Option<RulingShown>) {
    match personal {
        Some(Personal::Ruling(ruling)) => {
            let RulingWords { text, criteria, questions, dissent, package } = *ruling;
            let words = Words { text, criteria, questions, ..Words::default() };
            (Some(words), Some(RulingShown { package, measured: vec![], dissent }))
        }
        Some(Personal::Review(review)) => {
            let ReviewWords { text, measured, package } = *review;
            let measured = measured.into_iter().map(|it| it.measure).collect();
            (Some(Words::text(text)), Some(RulingShown { package, measured, dissent: vec![] }))
        }
        other => (words(other), None),
    }
}

impl EventShown {
    /// Its place in the log.
    pub(crate) const fn position(&self) -> u64 {
        self.position
    }

    /// What members of a panel say to each other is between them.
    fn leave_out_dissent(&mut self) {
        if let Some(ruling) = &mut self.ruling {
            ruling.dissent.clear();
        }
    }

    /// Why the council's own people did it is between them, as are their words about it.
    fn leave_out_why(&mut self) {
        if let Some(data) = self.data.as_object_mut() {
            for member in WHY {
                data.remove(member);
            }
        }
    }

    /// One thing that happened, as the log has it.
    pub(crate) fn of(recorded: Recorded, said: Option<Personal>) -> Result<Self, Problem> {
        let (words, ruling) = said_in(said);
        let data = serde_json::to_value(&recorded.event);
        Ok(Self {
            id: recorded.id.0,
            position: recorded.position,
            version: recorded.version,
            name: recorded.name,
            recorded_at: recorded.recorded_at,
            effective_at: recorded.effective_at,
            actor: recorded.actor,
            data: data.map_err(|error| Problem::broken(&error))?,
            words,
            ruling,
            receipt: None,
        })
    }
}

/// Everything that happened to a request, in order. A school sees what concerns it, and
/// never an internal note.
#[utoipa::path(
    get, path = "/requests/{id}/timeline", operation_id = "read_timeline", tag = "requests",
    params(OfRequest, AtLeast),
    responses((status = 200, body = Page<EventShown>), Unanswered),
)]
pub(crate) async fn timeline(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<Page<EventShown>>, Problem> {
    let at_least = query.at_least();
    query.done()?;
    let request = request_id(&id)?;
    app.fresh(at_least).await?;
    let entries = app.views.timeline(permit.scope(), request).await?;
    let entries = entries.ok_or_else(Problem::not_found)?;
    let to_school = permit.reach == Reach::OwnSchool;
    let items = lines(&Reader::Permitted(&app, &permit), entries, to_school).await?;
    Ok(Json(Page { items, next: None }))
}

/// What happened, line by line, as a school sees it or as everybody else does.
pub(crate) async fn lines(
    reader: &Reader<'_>,
    entries: Vec<Entry>,
    to_school: bool,
) -> Result<Vec<EventShown>, Problem> {
    let boxes = entries.iter().filter_map(|entry| entry.sealed.clone()).collect();
    let mut opened = reader.open(boxes).await?.into_iter();
    let mut lines = Vec::with_capacity(entries.len());
    for entry in entries {
        let said = entry.sealed.as_ref().and_then(|_| opened.next()).flatten();
        let inside = to_school && !entry.words_visible_to_school;
        let mut line = shown(entry, said)?;
        if to_school {
            line.leave_out_dissent();
        }
        if inside {
            line.leave_out_why();
        }
        lines.push(line);
    }
    Ok(lines)
}

fn shown(entry: Entry, said: Option<Personal>) -> Result<EventShown, Problem> {
    let (words, ruling) = said_in(said.clone());
    let data = serde_json::to_value(&entry.event).map_err(|error| Problem::broken(&error))?;
    Ok(EventShown {
        id: entry.id.0,
        position: entry.position,
        version: entry.version,
        name: entry.name,
        recorded_at: entry.recorded_at,
        effective_at: entry.effective_at,
        actor: entry.actor,
        data,
        words,
        ruling,
        receipt: receipt(said),
    })
}
