//! `/rulesets/triage/drafts`: other criteria in the making. A draft may have faults while it is
//! worked on, and decides nothing; what it would change is said beside it.

use super::changes::{RuleChangeBody, since};
use super::history::{Deed, History};
use super::{CriterionBody, ServiceRuleBody, WayInBody};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::entry::{Entry, entry};
use crate::openapi::{Refused, Unanswered, Write};
use crate::page::Page;
use crate::place::Place;
use crate::problem::{Fault, Problem};
use crate::query::Query;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use domain::desk::{Desk, DeskCommand, DraftedRules};
use domain::triage::{
    CriterionDraft, RuleSet, RuleSetDraft, RuleSetFault, ServiceDraft, WayInDraft,
};
use engine::Engine;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// The stream whose version a draft goes by: that of all rules.
const STREAM: &str = "ruleset-triage";

/// A draft of the rules as one line of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct RuleDraftLine {
    number: u32,
    /// The version in force when it was begun; 0 when none was.
    based_on: u32,
    /// The version that it became; null while it decides nothing.
    activated_as: Option<u32>,
    /// How many things have to be put right before it can be activated.
    faults: usize,
    #[schema(value_type = String, format = DateTime)]
    begun_at: Timestamp,
    /// By which account.
    begun_by: String,
    #[schema(value_type = String, format = DateTime)]
    saved_at: Timestamp,
    saved_by: String,
}

/// A draft of the rules.
#[derive(Serialize, ToSchema)]
pub(crate) struct RuleDraftShown {
    number: u32,
    based_on: u32,
    activated_as: Option<u32>,
    #[schema(value_type = String, format = DateTime)]
    begun_at: Timestamp,
    begun_by: String,
    #[schema(value_type = String, format = DateTime)]
    saved_at: Timestamp,
    saved_by: String,
    /// What it says, as data.
    #[schema(value_type = Object)]
    content: RuleSetDraft,
    /// The same in plain English.
    services: Vec<ServiceRuleBody>,
    /// What has to be put right before it can be activated.
    faults: Vec<Fault>,
    /// What it changes of the rules in force; once it is activated, of those before it.
    changes: Vec<RuleChangeBody>,
}

/// A rule set as data, with whatever faults it has. Left out, it is that in force.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"name": "triage", "mode": "automatic",
    "panel_only": {"support_sought": ["funding", "inreach"]},
    "panel_for_area": {"semh": "semh"},
    "services": [{"service": "sensory-support", "ways_in": [{"id": "sensory-need", "criteria": [
        {"fact": "needs.primary", "test": "any_of", "values": ["HI", "VI", "MSI"]}]}]}]}))]
pub(crate) struct RulesBody {
    name: Option<String>,
    mode: Option<String>,
    statutory_service: Option<String>,
    #[schema(value_type = Option<Object>)]
    panel_only: Option<Value>,
    #[schema(value_type = Option<Object>)]
    panel_for_area: Option<Value>,
    #[schema(value_type = Option<Vec<Object>>)]
    services: Option<Value>,
}

/// The drafts of the triage criteria, the latest first.
#[utoipa::path(
    get, path = "/rulesets/triage/drafts", operation_id = "list_rule_drafts", tag = "directory",
    responses((status = 200, body = Page<RuleDraftLine>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Permit,
    query: Query,
) -> Result<Json<Page<RuleDraftLine>>, Problem> {
    query.done()?;
    let (desk, history) = (app.engine.desk().await?, History::of(&app.engine).await?);
    let line = |(number, drafted): (&u32, &DraftedRules)| {
        let (begun, saved) = deeds(&history, *number)?;
        Some(RuleDraftLine {
            number: *number,
            based_on: drafted.based_on,
            activated_as: drafted.activated_as,
            faults: faults(&drafted.rules).len(),
            begun_at: begun.at,
            begun_by: begun.by,
            saved_at: saved.at,
            saved_by: saved.by,
        })
    };
    let items = desk.drafted_rules.iter().rev().filter_map(line).collect();
    Ok(Json(Page { items, next: None }))
}

/// A draft of the triage criteria: as data, in plain English, with its faults and what it changes.
#[utoipa::path(
    get, path = "/rulesets/triage/drafts/{number}", operation_id = "read_rule_draft",
    tag = "directory",
    params(("number" = u32, Path, description = "Its number")),
    responses((status = 200, body = RuleDraftShown), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    _: Permit,
    Place(number): Place,
    query: Query,
) -> Result<Entry<RuleDraftShown>, Problem> {
    query.done()?;
    let version = app.engine.desk_version(STREAM).await?;
    Ok(entry(version, shown(&app.engine, named(&number)?).await?))
}

/// Begin a draft: of the rules in force, or of those that are sent.
#[utoipa::path(
    post, path = "/rulesets/triage/drafts", operation_id = "draft_rules", tag = "directory",
    params(Write),
    request_body(content = Option<RulesBody>, content_type = "application/json"),
    responses((status = 201, body = RuleDraftShown), Refused),
)]
pub(crate) async fn begin(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Written<RuleDraftShown>, Problem> {
    let begins_empty = incoming.body.as_object().is_some_and(serde_json::Map::is_empty);
    let rules = if begins_empty {
        app.engine.desk().await?.rules_as_drafted()
    } else {
        rules(incoming.body.clone())?
    };
    let context = incoming.context(None);
    let done = app.engine.configure(&context, vec![DeskCommand::DraftRules(rules)]).await?;
    let recorded = app.engine.carried_out(&context).await?.unwrap_or_default();
    let number =
        recorded.iter().find_map(super::history::drafted).ok_or_else(Problem::not_found)?;
    let version = app.engine.desk_version(STREAM).await?;
    let place = format!("/api/v1/rulesets/triage/drafts/{number}");
    Ok(Written::new(done, Some(version), shown(&app.engine, number).await?).at(place))
}

/// Save a draft, with whatever faults it has.
#[utoipa::path(
    put, path = "/rulesets/triage/drafts/{number}", operation_id = "save_rule_draft",
    tag = "directory",
    params(("number" = u32, Path, description = "Its number"), Write),
    request_body(content = RulesBody, content_type = "application/json"),
    responses((status = 200, body = RuleDraftShown), Refused),
)]
pub(crate) async fn save(
    State(app): State<App>,
    Place(number): Place,
    incoming: Incoming,
) -> Result<Written<RuleDraftShown>, Problem> {
    let number = named(&number)?;
    known(&*app.engine.desk().await?, number)?;
    let command = DeskCommand::SaveRuleDraft(number, rules(incoming.body.clone())?);
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    let version = app.engine.desk_version(STREAM).await?;
    Ok(Written::now(done, Some(version), shown(&app.engine, number).await?))
}

/// The number in an address, if it is one.
pub(super) fn named(number: &str) -> Result<u32, Problem> {
    number.parse().map_err(|_| Problem::not_found())
}

/// The draft of a number, if there is one.
pub(super) fn known(desk: &Desk, number: u32) -> Result<&DraftedRules, Problem> {
    desk.drafted_rules.get(&number).ok_or_else(Problem::not_found)
}

/// Rules as they were sent. Only their shape is looked at: a draft may have faults.
fn rules(body: Value) -> Result<RuleSetDraft, Problem> {
    serde_json::from_value(body).map_err(|error| Problem::fault("", error.to_string()))
}

fn deeds(history: &History, number: u32) -> Option<(Deed, Deed)> {
    Some((history.begun.get(&number)?.clone(), history.saved.get(&number)?.clone()))
}

fn faults(rules: &RuleSetDraft) -> Vec<Fault> {
    let fault = |RuleSetFault { pointer, detail }: RuleSetFault| Fault { pointer, detail };
    RuleSet::check(rules, 0).err().into_iter().flatten().map(fault).collect()
}

/// A draft as it stands.
pub(super) async fn shown(engine: &Engine, number: u32) -> Result<RuleDraftShown, Problem> {
    let (desk, history) = (engine.desk().await?, History::of(engine).await?);
    let drafted = known(&desk, number)?;
    let (begun, saved) = deeds(&history, number).ok_or_else(Problem::not_found)?;
    let before = drafted.activated_as.map_or(desk.rules.version, |version| version - 1);
    let before = desk.rule_drafts.get(&before).cloned().unwrap_or_default();
    Ok(RuleDraftShown {
        number,
        based_on: drafted.based_on,
        activated_as: drafted.activated_as,
        begun_at: begun.at,
        begun_by: begun.by,
        saved_at: saved.at,
        saved_by: saved.by,
        services: drafted.rules.services.iter().map(service).collect(),
        faults: faults(&drafted.rules),
        changes: since(&drafted.rules, &before),
        content: drafted.rules.clone(),
    })
}

fn service(draft: &ServiceDraft) -> ServiceRuleBody {
    let ways_in = draft.ways_in.iter().map(way_in).collect();
    ServiceRuleBody { service: draft.service.clone(), ways_in }
}

fn way_in(draft: &WayInDraft) -> WayInBody {
    WayInBody { id: draft.id.clone(), criteria: draft.criteria.iter().map(criterion).collect() }
}

fn criterion(draft: &CriterionDraft) -> CriterionBody {
    CriterionBody {
        fact: draft.fact.clone(),
        test: draft.test.clone(),
        values: serde_json::to_value(&draft.values).unwrap_or_default(),
        says: draft.says(),
    }
}
