//! `GET /requests/{id}/triage`: why the rules said so, criterion by criterion.

use super::read::detail;
use crate::app::{App, Permit};
use crate::directory::rulesets::{CriterionBody, criterion};
use crate::openapi::{AtLeast, OfRequest, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::desk::Desk;
use domain::triage::{Actual, Facts, Route, RuleSet, ServiceResult, ServiceRule, Triage, WayIn};
use serde::Serialize;
use utoipa::ToSchema;

/// A triage, explained.
#[derive(Serialize, ToSchema)]
pub(crate) struct TriageShown {
    /// Where the rules sent the request.
    #[schema(value_type = Object)]
    outcome: Route,
    /// The version of the rules that decided.
    ruleset_version: u32,
    /// What they looked at, as it was on the day of receipt.
    #[schema(value_type = Object)]
    facts: Facts,
    services: Vec<ServiceShown>,
}

/// How a request stands to one service's criteria.
#[derive(Serialize, ToSchema)]
pub(crate) struct ServiceShown {
    service: String,
    /// Whether it fits; null when the route was decided before services were considered.
    fits: Option<bool>,
    ways_in: Vec<WayInShown>,
}

/// One way in.
#[derive(Serialize, ToSchema)]
pub(crate) struct WayInShown {
    id: String,
    /// Whether all criteria are met.
    met: bool,
    criteria: Vec<CriterionShown>,
}

/// One criterion, and whether it is met.
#[derive(Serialize, ToSchema)]
pub(crate) struct CriterionShown {
    #[serde(flatten)]
    criterion: CriterionBody,
    /// What it was tested against.
    #[schema(value_type = serde_json::Value)]
    actual: Actual,
    /// Null when the fact is not known: somebody can ask.
    met: Option<bool>,
}

/// Why the rules said so: for every service, each criterion met, not met, or not known.
#[utoipa::path(
    get, path = "/requests/{id}/triage", operation_id = "read_triage", tag = "requests",
    params(OfRequest, AtLeast),
    responses((status = 200, body = TriageShown), Unanswered),
)]
pub(crate) async fn triage(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Json<TriageShown>, Problem> {
    let detail = detail(&app, &permit, &id, query).await?;
    let triage = detail.case.triage.ok_or_else(Problem::not_found)?;
    Ok(Json(explained(triage, &*app.engine.desk().await?)))
}

/// A triage with the rules by which it was made.
pub(crate) fn explained(triage: Triage, desk: &Desk) -> TriageShown {
    let version = triage.ruleset_version;
    let draft = desk.rule_drafts.get(&version);
    let rules = draft.and_then(|draft| RuleSet::check(draft, version).ok());
    shown(triage, &rules.unwrap_or_else(RuleSet::unwritten))
}

/// Joins what was stored (the results) with the rules of that version (the criteria).
fn shown(triage: Triage, rules: &RuleSet) -> TriageShown {
    let facts = triage.facts;
    let services = triage.services.iter().filter_map(|result| {
        let rule = rules.services().iter().find(|rule| rule.service == result.service)?;
        Some(service(result, rule, &facts))
    });
    let services = services.collect();
    let (outcome, ruleset_version) = (triage.outcome, triage.ruleset_version);
    TriageShown { outcome, ruleset_version, facts, services }
}

fn service(result: &ServiceResult, rule: &ServiceRule, facts: &Facts) -> ServiceShown {
    let ways = rule.ways_in.iter().zip(&result.ways_in);
    ServiceShown {
        service: result.service.to_string(),
        fits: result.fits,
        ways_in: ways.map(|(way, results)| way_in(way, results, facts)).collect(),
    }
}

fn way_in(way: &WayIn, results: &[Option<bool>], facts: &Facts) -> WayInShown {
    let criteria = way.criteria.iter().zip(results).map(|(each, met)| CriterionShown {
        criterion: criterion(each),
        actual: facts.actual(each.fact),
        met: *met,
    });
    WayInShown {
        id: way.id.clone(),
        met: results.iter().all(|met| *met == Some(true)),
        criteria: criteria.collect(),
    }
}
