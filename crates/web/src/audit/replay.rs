//! `GET /audit/requests/{id}/triage/replay`: the triages of a request, decided again.

use super::changes::{Changed, changes};
use crate::app::{App, Permit};
use crate::openapi::{OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::requests::actions::request_id;
use axum::Json;
use axum::extract::State;
use domain::ids::RequestId;
use domain::triage::{Cause, Triage};
use engine::{Engine, FactsFrom, Replayed, ReplaysSought};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which triage, and by which rules.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ReplayQuery {
    /// The triage recorded at this position; the last one when left out.
    position: Option<u64>,
    /// By the rules of this version, to compare with; of its own when left out.
    ruleset_version: Option<u32>,
}

/// The last triage of a request, or the one asked for, decided again; and all of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReplayShown {
    #[serde(flatten)]
    last: OneReplay,
    /// Every triage of the request, in order: it is decided again when what was missing comes.
    triages: Vec<OneReplay>,
}

/// A past triage, decided again.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct OneReplay {
    /// Of which request.
    #[schema(value_type = String, format = Uuid)]
    request: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    /// Where it was recorded,
    position: u64,
    /// and when.
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Timestamp,
    /// Whether it comes out as recorded: by its own rules to the last criterion, by others in
    /// where it leads.
    same: bool,
    /// The version of the rules that it was decided by,
    ruleset_version: u32,
    /// and of those that it is decided by again.
    replayed_version: u32,
    /// `sealed`: the child's age was worked out again from the birth date, which was opened for
    /// it. `codes`: from the codes of the request alone, as after an erasure.
    facts_from: &'static str,
    /// As recorded.
    #[schema(value_type = Object)]
    original: Triage,
    /// As decided again.
    #[schema(value_type = Object)]
    replayed: Triage,
    /// Every member that differs: `before` as recorded, `after` as decided again.
    differences: Vec<Changed>,
    /// Why it comes out as it does: `facts missing authority rules record`; empty when it is the
    /// same.
    #[schema(value_type = Vec<String>, example = json!(["facts"]))]
    causes: Vec<&'static str>,
    /// The same in plain English.
    why: String,
}

/// The triages of a request, decided again with the rules, the facts and the authority of their
/// day: the same or not, and why.
#[utoipa::path(
    get, path = "/audit/requests/{id}/triage/replay", operation_id = "replay_triage",
    tag = "audit",
    params(OfRequest, ReplayQuery),
    responses((status = 200, body = ReplayShown), Unanswered),
)]
pub(crate) async fn replay(
    State(app): State<App>,
    _: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<ReplayShown>, Problem> {
    let position = query.read::<u64>("position");
    let ruleset_version = version(&app.engine, &mut query).await?;
    query.done()?;
    let request = request_id(&id)?;
    of_request(&app.engine, request, position, ruleset_version).await.map(Json)
}

/// The version to compare with, which there must be.
pub(super) async fn version(engine: &Engine, query: &mut Query) -> Result<Option<u32>, Problem> {
    let version = query.read::<u32>("ruleset_version");
    let desk = engine.desk().await?;
    let known = version.filter(|version| desk.rule_drafts.contains_key(version));
    if version.is_some() && known.is_none() {
        query.say("ruleset_version", "there are no rules of this version");
    }
    Ok(known)
}

/// Every triage of a request, with the one asked for in front.
pub(super) async fn of_request(
    engine: &Engine,
    request: RequestId,
    position: Option<u64>,
    ruleset_version: Option<u32>,
) -> Result<ReplayShown, Problem> {
    let sought =
        ReplaysSought { request: Some(request), ruleset_version, ..ReplaysSought::default() };
    let replays = engine.replays_of(sought).await?;
    let shown = replays.into_iter().map(OneReplay::of);
    let triages: Vec<OneReplay> = shown.collect::<Result<_, Problem>>()?;
    if triages.is_empty() {
        return Err(Problem::not_found());
    }
    let asked = triages.iter().rev().find(|it| position.is_none_or(|at| it.position == at));
    let Some(last) = asked.cloned() else {
        return Err(Problem::fault("position", "no triage of this request is recorded there"));
    };
    Ok(ReplayShown { last, triages })
}

impl OneReplay {
    /// Where it was recorded.
    pub(super) const fn position(&self) -> u64 {
        self.position
    }

    pub(super) fn of(replayed: Replayed) -> Result<Self, Problem> {
        let same = replayed.replay.is_same();
        let causes = replayed.replay.causes();
        let Replayed { request, position, recorded_at, replay, facts_from, .. } = replayed;
        let value = |it| serde_json::to_value(it).map_err(|error| Problem::broken(&error));
        let differences = changes(&value(&replay.original)?, &value(&replay.replayed)?);
        let facts_from = match facts_from {
            FactsFrom::Sealed => "sealed",
            FactsFrom::Codes => "codes",
        };
        Ok(Self {
            request: request.0,
            reference: request.reference(),
            position,
            recorded_at,
            same,
            ruleset_version: replay.original.ruleset_version,
            replayed_version: replay.replayed.ruleset_version,
            facts_from,
            differences,
            why: why(&causes),
            causes: causes.into_iter().map(Cause::code).collect(),
            original: replay.original,
            replayed: replay.replayed,
        })
    }
}

fn why(causes: &[Cause]) -> String {
    if causes.is_empty() {
        return "The rules and the facts lead to what was recorded.".to_owned();
    }
    let says: Vec<_> = causes.iter().map(|cause| cause.says()).collect();
    says.join(" ")
}
