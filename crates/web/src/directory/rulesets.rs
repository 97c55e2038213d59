//! `GET /rulesets/triage/versions…`: the published criteria, as data and in plain English; and
//! below it, drafts of others.

mod changes;
mod history;

pub(crate) mod activate;
pub(crate) mod drafts;
pub(crate) mod effect;
pub(crate) mod facts;

use self::changes::{RuleChangeBody, since};
use self::history::{History, names_whom};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::codes::Support;
use domain::desk::Desk;
use domain::need::Area;
use domain::triage::{Criterion, RuleSet, RuleSetDraft};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// One version of the triage criteria.
#[derive(Serialize, ToSchema)]
pub(crate) struct RuleSetBody {
    name: String,
    version: u32,
    /// Whether it decides now.
    active: bool,
    /// `automatic`: the rules decide; `assisted`: they recommend.
    mode: String,
    /// The service for EHC needs assessments.
    statutory_service: String,
    panel_only: PanelOnlyBody,
    /// The panel of each area of need.
    panel_for_area: BTreeMap<String, String>,
    services: Vec<ServiceRuleBody>,
    /// What it changed of the version before it, or changes of the one in `since`.
    changes: Vec<RuleChangeBody>,
}

/// What only a panel grants.
#[derive(Serialize, ToSchema)]
pub(crate) struct PanelOnlyBody {
    support_sought: Vec<String>,
}

/// A service's ways in: any one of them suffices.
#[derive(Serialize, ToSchema)]
pub(crate) struct ServiceRuleBody {
    service: String,
    ways_in: Vec<WayInBody>,
}

/// One way in: all criteria must be met.
#[derive(Serialize, ToSchema)]
pub(crate) struct WayInBody {
    id: String,
    criteria: Vec<CriterionBody>,
}

/// One criterion.
#[derive(Serialize, ToSchema)]
pub(crate) struct CriterionBody {
    #[schema(example = "cycles_completed")]
    pub(crate) fact: String,
    #[schema(example = "at_least")]
    pub(crate) test: String,
    #[schema(value_type = Vec<Value>, example = json!([2]))]
    pub(crate) values: Value,
    #[schema(example = "The number of cycles tried and reviewed is at least 2")]
    pub(crate) says: String,
}

/// A version of the rule set, by number.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionItem {
    version: u32,
    active: bool,
    #[schema(value_type = Option<String>, format = DateTime)]
    activated_at: Option<Timestamp>,
    /// By which account; for whoever sees drafts.
    activated_by: Option<String>,
    /// Why, where that was said.
    reason: Option<String>,
    /// The draft that it was.
    of_draft: Option<u32>,
}

/// Which version to compare with.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct SinceQuery {
    /// The version that `changes` are told from; the one before it when left out.
    since: Option<u32>,
}

/// Every version of the triage criteria that was ever active, latest first.
#[utoipa::path(
    get, path = "/rulesets/triage/versions", operation_id = "list_rulesets", tag = "directory",
    responses((status = 200, body = Page<VersionItem>), Unanswered),
)]
pub(crate) async fn versions(
    State(app): State<App>,
    permit: Permit,
    query: Query,
) -> Result<Json<Page<VersionItem>>, Problem> {
    query.done()?;
    let (desk, history) = (app.engine.desk().await?, History::of(&app.engine).await?);
    let item = |version: &u32| {
        let deed = history.activated.get(version).cloned();
        VersionItem {
            version: *version,
            active: is_active(&desk, *version),
            activated_at: deed.as_ref().map(|deed| deed.at),
            activated_by: deed.as_ref().map(|deed| deed.by.clone()).filter(|_| names_whom(&permit)),
            reason: deed.as_ref().and_then(|deed| deed.reason.clone()),
            of_draft: deed.and_then(|deed| deed.draft),
        }
    };
    let items = desk.rule_drafts.keys().rev().map(item).collect();
    Ok(Json(Page { items, next: None }))
}

/// One version of the triage criteria, as data and in plain English.
#[utoipa::path(
    get, path = "/rulesets/triage/versions/{version}", operation_id = "read_ruleset",
    tag = "directory",
    params(("version" = u32, Path, description = "Its number"), SinceQuery),
    responses((status = 200, body = RuleSetBody), Unanswered),
)]
pub(crate) async fn version(
    State(app): State<App>,
    _: Permit,
    Place(version): Place,
    mut query: Query,
) -> Result<Json<RuleSetBody>, Problem> {
    let desk = app.engine.desk().await?;
    let version: u32 = version.parse().map_err(|_| Problem::not_found())?;
    let since = query.read::<u32>("since");
    if since.is_some_and(|since| !desk.rule_drafts.contains_key(&since)) {
        query.say("since", "there are no rules of this version");
    }
    query.done()?;
    let draft = desk.rule_drafts.get(&version).ok_or_else(Problem::not_found)?;
    let rules = RuleSet::check(draft, version).map_err(|_| Problem::not_found())?;
    let since = since.unwrap_or_else(|| version.saturating_sub(1));
    Ok(Json(body(&desk, (draft, &rules), since)))
}

/// The rules in force, as data and in plain English; `None` before any were written.
pub(crate) fn in_force(desk: &Desk) -> Option<RuleSetBody> {
    let draft = desk.rule_drafts.get(&desk.rules.version)?;
    Some(body(desk, (draft, &desk.rules), desk.rules.version.saturating_sub(1)))
}

fn is_active(desk: &Desk, version: u32) -> bool {
    desk.rules.version == version
}

fn body(desk: &Desk, (draft, rules): (&RuleSetDraft, &RuleSet), before: u32) -> RuleSetBody {
    let before = desk.rule_drafts.get(&before).cloned().unwrap_or_default();
    let panel = |area: &Area| (area.to_string(), rules.panel_for(Some(*area)).to_string());
    let services = rules.services().iter().map(|rule| ServiceRuleBody {
        service: rule.service.to_string(),
        ways_in: rule
            .ways_in
            .iter()
            .map(|way| WayInBody {
                id: way.id.clone(),
                criteria: way.criteria.iter().map(criterion).collect(),
            })
            .collect(),
    });
    RuleSetBody {
        name: draft.name.clone(),
        version: rules.version,
        active: is_active(desk, rules.version),
        mode: rules.mode.to_string(),
        statutory_service: rules.statutory_service.to_string(),
        panel_only: PanelOnlyBody {
            support_sought: rules.panel_only().iter().map(Support::to_string).collect(),
        },
        panel_for_area: Area::ALL.iter().map(panel).collect(),
        services: services.collect(),
        changes: since(draft, &before),
    }
}

/// A criterion as data and in plain English.
pub(crate) fn criterion(criterion: &Criterion) -> CriterionBody {
    CriterionBody {
        fact: criterion.fact.code().to_owned(),
        test: criterion.test.code().to_owned(),
        values: serde_json::to_value(&criterion.values).unwrap_or_default(),
        says: criterion.says(),
    }
}
