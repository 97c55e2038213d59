//! `GET /audit/requests/{id}/seen-by`: what a school could see of a request at a moment, and why.
//!
//! The school's own scope, its own read models, its own answers, over an earlier state: nothing
//! here decides what a school may see.

use super::checkpoint::CheckpointBody;
use super::moment::{Asked, Then};
use super::past::{Found, Past};
use super::reader::Reader;
use crate::app::{App, Permit};
use crate::documents::{DocumentShown, documents_of};
use crate::openapi::{OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::actions::request_id;
use crate::requests::clocks::{ClockShown, clocks_at};
use crate::requests::read::{RequestShown, shown};
use crate::requests::timeline::{EventShown, lines};
use crate::requests::triage::{TriageShown, explained};
use axum::Json;
use axum::extract::State;
use domain::ids::{RequestId, SchoolId, Urn};
use engine::Engine;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use views::{AsKnown, Entry, Scope};

/// Which school, and when.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SeenByQuery {
    /// The school, by any URN that it has had.
    school_urn: String,
    /// At this instant, or when this day began in London; now when neither this nor `position` is
    /// given.
    at: Option<String>,
    /// When the log had come to this position.
    #[param(minimum = 1)]
    position: Option<u64>,
}

/// What a school could see of a request.
#[derive(Serialize, ToSchema)]
pub(crate) struct SeenByShown {
    school_urn: String,
    school_name: String,
    #[schema(value_type = String, format = DateTime)]
    as_at: Timestamp,
    /// The last position of the log that was known of.
    position: u64,
    checkpoint: CheckpointBody,
    /// Whether it could see anything of it.
    visible: bool,
    /// Why.
    why: &'static str,
    /// What it was answered when it read the request; the actions open to it are left out.
    request: Option<RequestShown>,
    triage: Option<TriageShown>,
    clocks: Vec<ClockShown>,
    /// What it was answered when it read the timeline, each line with why it could.
    timeline: Vec<LineSeen>,
    /// Documents, by what they are; who may see names sees theirs.
    documents: Vec<DocumentShown>,
    /// What had happened and was not shown to it, by position, and why not.
    withheld: Vec<Withheld>,
}

/// A line that the school could see.
#[derive(Serialize, ToSchema)]
pub(crate) struct LineSeen {
    #[serde(flatten)]
    line: EventShown,
    /// Why it could.
    why: &'static str,
}

/// What the school could not see.
#[derive(Serialize, ToSchema)]
pub(crate) struct Withheld {
    position: u64,
    /// Why not.
    why: &'static str,
}

/// What a school could see of a request at a moment, and why: as it was answered then, from what
/// had been recorded by then.
#[utoipa::path(
    get, path = "/audit/requests/{id}/seen-by", operation_id = "read_seen_by", tag = "audit",
    params(OfRequest, SeenByQuery),
    responses((status = 200, body = SeenByShown), Unanswered),
)]
pub(crate) async fn seen_by(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<SeenByShown>, Problem> {
    if !query.has("school_urn") {
        query.say("school_urn", "this is required: the URN of a school");
    }
    let urn = query.read::<Urn>("school_urn");
    let asked = Asked::named(&mut query, "at");
    let desk = app.engine.desk().await?;
    let school = urn.as_ref().and_then(|urn| desk.school_by_urn(urn));
    if urn.is_some() && school.is_none() {
        query.say("school_urn", "there is no school of this URN");
    }
    query.done()?;
    let Some((school, _)) = school else { return Err(Problem::not_found()) };
    let request = request_id(&id)?;
    let then = asked.then(&app.engine).await?;
    let reader = Reader::Permitted(&app, &permit);
    seen_then(&app.engine, &reader, request, school, then).await.map(Json)
}

/// What a school could see then, as far as the reader may know it.
pub(super) async fn seen_then(
    engine: &Engine,
    reader: &Reader<'_>,
    request: RequestId,
    school: SchoolId,
    then: Then,
) -> Result<SeenByShown, Problem> {
    let desk = engine.desk().await?;
    let known = desk.schools.get(&school).ok_or_else(Problem::not_found)?;
    let checkpoint = CheckpointBody::up_to(engine, then.position).await?;
    let mut answer = SeenByShown {
        school_urn: known.urn.to_string(),
        school_name: known.name.clone(),
        as_at: then.at,
        position: then.position,
        checkpoint,
        visible: false,
        why: "The request is of another school.",
        request: None,
        triage: None,
        clocks: vec![],
        timeline: vec![],
        documents: vec![],
        withheld: vec![],
    };
    match Past::find(engine, request, then).await? {
        Found::Never => return Err(Problem::not_found()),
        Found::Later(_) => answer.why = "The request had not been received yet.",
        Found::Known(past) => {
            if let Some(seen) = past.shown_to(Scope::School(school)).await? {
                let whole = past.shown_to(Scope::All).await?.map(|known| known.timeline);
                answer.withheld = withheld(whole.unwrap_or_default());
                answer.show(engine, reader, seen, then.at).await?;
            }
        }
    }
    Ok(answer)
}

impl SeenByShown {
    /// The answers to a school that has the request.
    async fn show(
        &mut self,
        engine: &Engine,
        reader: &Reader<'_>,
        seen: AsKnown,
        at: Timestamp,
    ) -> Result<(), Problem> {
        let AsKnown { detail, timeline } = seen;
        let desk = engine.desk().await?;
        self.visible = true;
        self.why = "It is the school's own request.";
        self.triage = detail.case.triage.clone().map(|triage| explained(triage, &desk));
        self.clocks = clocks_at(&detail.case, at, &*desk);
        self.request = Some(shown(reader, detail, vec![]).await?);
        self.documents = documents_of(reader, timeline.clone()).await?;
        let because: Vec<_> = timeline.iter().map(|entry| entry.because).collect();
        let lines = lines(reader, timeline, true).await?;
        let seen = lines.into_iter().zip(because);
        self.timeline = seen.map(|(line, why)| LineSeen { line, why }).collect();
        Ok(())
    }
}

/// What of the whole is not for the school.
fn withheld(whole: Vec<Entry>) -> Vec<Withheld> {
    let hidden = whole.into_iter().filter(|entry| !entry.visible_to_school);
    hidden.map(|entry| Withheld { position: entry.position, why: entry.because }).collect()
}
