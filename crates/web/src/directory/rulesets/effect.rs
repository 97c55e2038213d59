//! `GET /rulesets/triage/drafts/{number}/effect`: what a draft would have done with past requests,
//! in numbers and without anybody's name.
//!
//! Each past triage is decided again twice, by the rules in force and by the draft, so that what
//! is shown is the draft's doing alone.

use super::drafts::{known, named};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::triage::{Route, RuleSet, Why};
use engine::{Replayed, ReplaysSought};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which period.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct EffectQuery {
    /// Requests that were triaged at this instant, or from the beginning of this day, on.
    from: Option<String>,
    /// Until before this instant, or to the end of this day in London.
    to: Option<String>,
}

/// What a draft would have done.
#[derive(Serialize, ToSchema)]
pub(crate) struct EffectShown {
    /// How many triages were decided again,
    decided: usize,
    /// how many of them lead where the rules in force lead,
    same: usize,
    /// and how many elsewhere.
    moved: usize,
    /// From where to where, the most frequent first.
    moves: Vec<MoveBody>,
}

/// Requests that would go elsewhere.
#[derive(Serialize, ToSchema)]
pub(crate) struct MoveBody {
    from: DestinationBody,
    to: DestinationBody,
    requests: usize,
}

/// Where requests go.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub(crate) struct DestinationBody {
    /// `service`, `panel`, `duty` or `information`.
    kind: &'static str,
    /// Which service, or which panel.
    name: Option<String>,
}

/// What a draft would have done with past requests. Refused while the draft has faults.
#[utoipa::path(
    get, path = "/rulesets/triage/drafts/{number}/effect", operation_id = "read_rule_effect",
    tag = "directory",
    params(("number" = u32, Path, description = "The draft"), EffectQuery),
    responses(
        (status = 200, body = EffectShown),
        (status = 409, description = "The draft has faults", content_type = "application/problem+json", body = Problem),
        Unanswered,
    ),
)]
pub(crate) async fn effect(
    State(app): State<App>,
    _: Permit,
    Place(number): Place,
    mut query: Query,
) -> Result<Json<EffectShown>, Problem> {
    let (from, to) = (query.instant("from"), query.until("to"));
    query.done()?;
    let desk = app.engine.desk().await?;
    let draft = known(&desk, named(&number)?)?.rules.clone();
    if RuleSet::check(&draft, 0).is_err() {
        return Err(Problem::conflict("The draft has faults; put them right first."));
    }
    let sought = ReplaysSought { from, to, ..ReplaysSought::default() };
    let in_force = desk.rules_as_drafted();
    let now = app.engine.replays_by(in_force, sought).await?;
    let then = app.engine.replays_by(draft, sought).await?;
    Ok(Json(EffectShown::of(&now, &then)))
}

impl EffectShown {
    /// Both are of the same triages, in the order of the log.
    fn of(now: &[Replayed], then: &[Replayed]) -> Self {
        let mut moves: BTreeMap<(DestinationBody, DestinationBody), usize> = BTreeMap::new();
        for (now, then) in now.iter().zip(then) {
            let from = DestinationBody::of(&now.replay.replayed.outcome);
            let to = DestinationBody::of(&then.replay.replayed.outcome);
            if from != to {
                *moves.entry((from, to)).or_default() += 1;
            }
        }
        let elsewhere = moves.values().sum();
        let body = |((from, to), requests)| MoveBody { from, to, requests };
        let mut moves: Vec<MoveBody> = moves.into_iter().map(body).collect();
        moves.sort_by_key(|it| std::cmp::Reverse(it.requests));
        Self { decided: now.len(), same: now.len() - elsewhere, moved: elsewhere, moves }
    }
}

impl DestinationBody {
    fn of(route: &Route) -> Self {
        let (kind, name) = match route {
            Route::Service { service } => ("service", Some(service.to_string())),
            Route::Panel { panel, .. } => ("panel", Some(panel.to_string())),
            Route::Duty { why: Why::Confirm { recommended } } => return Self::of(recommended),
            Route::Duty { .. } => ("duty", None),
            Route::Information { .. } => ("information", None),
        };
        Self { kind, name }
    }
}
