//! `GET /meetings/{id}/items/{request}/pack`: what members read before they decide.
//!
//! A pack shows the request as of one version of its stream, for ever. That a member opened
//! the latest is on record before it is shown; who stands aside is shown nothing.

use super::pack_words::{PackWords, gather};
use super::{OfItem, meeting_id, sitting};
use crate::app::{App, Permit};
use crate::documents::DocumentShown;
use crate::openapi::Unanswered;
use crate::place::Places;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::actions::request_id;
use crate::requests::read::RequestShown;
use crate::requests::timeline::EventShown;
use crate::requests::triage::TriageShown;
use axum::Json;
use axum::extract::State;
use domain::clock::Promise;
use domain::ids::RequestId;
use domain::meeting::event::Pack;
use domain::meeting::{Item, MeetingCommand, MeetingRefusal, Phase, Sitting};
use engine::{Context, Failure};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// How often a pack is looked at again because the meeting moved meanwhile.
const MOST_ATTEMPTS: usize = 8;

/// Which version of a pack.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct PackQuery {
    /// The latest, when left out.
    version: Option<u32>,
}

/// What members read before they decide: one request, as it was when the pack was published.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackShown {
    #[schema(example = "semh-2026-12-02")]
    meeting: String,
    #[serde(flatten)]
    this: PackVersionShown,
    /// Every version of it that was published.
    versions: Vec<PackVersionShown>,
    /// The latest version that the caller had opened before this; null for whoever had opened none.
    read_before: Option<u32>,
    /// The request, as it was then.
    request: RequestShown,
    /// Why the rules sent it where it went, and which services were candidates.
    triage: Option<TriageShown>,
    /// What was promised, as it was then.
    promises: Vec<PromiseShown>,
    documents: Vec<DocumentShown>,
    /// What was said before: advice, questions and answers, what services said, what a panel
    /// decided.
    conversation: Vec<EventShown>,
}

/// One version of a pack.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackVersionShown {
    version: u32,
    /// The version of the request's stream that it shows.
    request_version: u32,
    /// Whether it came after papers were due.
    late: bool,
    /// How many documents are in it.
    documents_count: usize,
}

/// What was promised.
#[derive(Serialize, ToSchema)]
pub(crate) struct PromiseShown {
    #[schema(value_type = String, example = "panel_decision")]
    pub(super) promise: Promise,
    #[schema(value_type = String, format = DateTime)]
    pub(super) started_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) due_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) stopped_at: Option<Timestamp>,
}

impl PackVersionShown {
    fn of(pack: &Pack) -> Self {
        Self {
            version: pack.version,
            request_version: pack.request_version,
            late: pack.late,
            documents_count: pack.documents.len(),
        }
    }
}

/// A pack. That a member opened the latest is recorded first.
#[utoipa::path(
    get, path = "/meetings/{id}/items/{request}/pack", operation_id = "read_pack",
    tag = "meetings",
    params(OfItem, PackQuery),
    responses(
        (status = 200, body = PackShown),
        (status = 409, description = "The caller stands aside, or there is no pack", content_type = "application/problem+json", body = Problem),
        Unanswered,
    ),
)]
pub(crate) async fn read_pack(
    State(app): State<App>,
    permit: Permit,
    Places(id, request): Places,
    mut query: Query,
) -> Result<Json<PackShown>, Problem> {
    let at_least = query.at_least();
    let version = query.read("version");
    query.done()?;
    let request = request_id(&request)?;
    app.fresh(at_least).await?;
    let (item, read_before) = opened(&app, &permit, &id, request, version).await?;
    let pack = match version {
        Some(version) => item.packs.iter().find(|pack| pack.version == version),
        None => item.pack(),
    };
    let pack = pack.ok_or_else(Problem::not_found)?;
    let PackWords { request, triage, promises, documents, conversation } =
        gather(&app, &permit, pack).await?;
    Ok(Json(PackShown {
        meeting: id,
        this: PackVersionShown::of(pack),
        versions: item.packs.iter().map(PackVersionShown::of).collect(),
        read_before,
        request,
        triage,
        promises,
        documents,
        conversation,
    }))
}

/// The item, once it is on record that the caller opens its pack, if the caller decides by it; and
/// which version the caller had opened before.
async fn opened(
    app: &App,
    permit: &Permit,
    id: &str,
    request: RequestId,
    version: Option<u32>,
) -> Result<(Item, Option<u32>), Problem> {
    let who = permit.caller.id();
    for _attempt in 0..MOST_ATTEMPTS {
        let (sitting, at) = sitting(app, permit, id).await?;
        let item = sitting.item(request).cloned().ok_or_else(Problem::not_found)?;
        if sitting.is_aside(who, request) {
            return Err(MeetingRefusal::Aside(who.clone()).into());
        }
        let before = item.opened.get(who).copied();
        let latest = item.pack().ok_or(MeetingRefusal::NoPack)?.version;
        let another = version.is_some_and(|version| version != latest);
        if another || item.is_read_by(who) || !is_for(app, permit, &sitting).await? {
            return Ok((item, before));
        }
        let command = MeetingCommand::OpenPack(who.clone(), request);
        let context = Context {
            actor: permit.caller.actor(),
            command: app.engine.fresh_id()?,
            fingerprint: app.engine.fingerprint(format!("open {id} {request} {who}").as_bytes()),
            effective_at: None,
            expected_version: Some(at),
        };
        match app.engine.convene(&context, &meeting_id(id)?, command).await {
            Ok(done) => {
                let item = done.sitting.item(request).cloned().ok_or_else(Problem::not_found)?;
                return Ok((item, before));
            }
            // Somebody came in, or a new version was published: look again.
            Err(Failure::Stale { .. }) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(Failure::Contended.into())
}

/// Whether it matters that the caller reads: an appointed member, before the minutes are signed.
async fn is_for(app: &App, permit: &Permit, sitting: &Sitting) -> Result<bool, Problem> {
    let desk = app.engine.desk().await?;
    let terms = desk.terms(&sitting.panel).map(|(terms, _)| terms);
    let appointed = terms.is_some_and(|terms| terms.member(permit.caller.id()).is_some());
    let recorded = matches!(sitting.phase, Phase::Published | Phase::Open | Phase::Closed);
    Ok(appointed && recorded)
}
