//! `GET /panels/{id}` and `/panels/{id}/terms`: a panel's terms of reference, whole, as they are
//! and as they were.

use super::{OfPanel, terms_of};
use crate::app::{App, Permit};
use crate::entry::{Entry, entry};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::codes::Support;
use domain::desk::Desk;
use domain::event::{DeskEvent, Event};
use domain::money::Money;
use domain::need::Area;
use domain::panel::{DecidesBy, Member, MemberRole, MinutesFor, Panel, Quorum, Standing};
use engine::{Actor, ActorKind};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A panel's terms of reference.
#[derive(Serialize, ToSchema)]
pub(crate) struct TermsShown {
    #[schema(example = "semh")]
    id: String,
    /// The version of these terms; the `ETag` is the latest one.
    version: u32,
    name: String,
    #[schema(value_type = String, example = "semh")]
    area: Area,
    cycle: CycleShown,
    #[schema(value_type = String, example = "education_adviser")]
    chair_role: MemberRole,
    chair: Option<String>,
    vice_chair: Option<String>,
    manager: Option<String>,
    #[schema(value_type = Vec<String>)]
    membership_roles: Vec<MemberRole>,
    members: Vec<PanelMemberShown>,
    quorum: QuorumShown,
    papers_due_working_days_before: u32,
    minutes_available: u16,
    minutes_for: MinutesForShown,
    #[schema(value_type = Vec<String>)]
    can_grant: Vec<Support>,
    #[schema(value_type = String, example = "decides")]
    standing: Standing,
    #[schema(value_type = String, example = "consensus")]
    decides_by: DecidesBy,
    #[schema(value_type = Option<Object>, example = json!({"pence": 1_000_000}))]
    ratify_above: Option<Money>,
    ratified_by: Option<String>,
}

/// When a panel meets.
#[derive(Serialize, ToSchema)]
#[schema(as = PanelCycleShown)]
pub(crate) struct CycleShown {
    /// Any day on which it met or will meet.
    #[schema(value_type = String, format = Date, example = "2026-01-07")]
    first_on: Date,
    every_weeks: u8,
    /// On the clocks of London.
    #[schema(example = "09:30")]
    starts: String,
}

/// Somebody appointed to a panel.
#[derive(Serialize, ToSchema)]
pub(crate) struct PanelMemberShown {
    account: String,
    name: Option<String>,
    #[schema(value_type = String, example = "school_leader")]
    role: MemberRole,
    /// The school they work for.
    school_urn: Option<String>,
    /// The service they work for.
    service: Option<String>,
}

/// Who must be in the room.
#[derive(Serialize, ToSchema)]
#[schema(as = QuorumOfTerms)]
pub(crate) struct QuorumShown {
    total: u8,
    /// How many of a role.
    roles: BTreeMap<String, u8>,
}

/// How long an item takes, by its depth, in minutes.
#[derive(Serialize, ToSchema)]
pub(crate) struct MinutesForShown {
    consent: u16,
    standard: u16,
    in_depth: u16,
}

/// A version of terms of reference.
#[derive(Serialize, ToSchema)]
pub(crate) struct TermsVersion {
    /// Since when they were in force.
    #[schema(value_type = String, format = DateTime)]
    established_at: Timestamp,
    /// Who established them; null: the front door itself, when it was set up.
    #[schema(example = "demo-admin")]
    established_by: Option<String>,
    #[serde(flatten)]
    terms: TermsShown,
}

/// Which version.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct VersionQuery {
    /// Only this version; every one when left out.
    version: Option<u32>,
}

/// A panel's terms of reference, as they are in force.
#[utoipa::path(
    get, path = "/panels/{id}", operation_id = "read_panel", tag = "panels",
    params(OfPanel),
    responses((status = 200, body = TermsShown), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    query: Query,
) -> Result<Entry<TermsShown>, Problem> {
    query.done()?;
    let desk = app.engine.desk().await?;
    let (terms, version) = terms_of(&desk, &permit, &id)?;
    Ok(entry(version, TermsShown::of(&desk, terms, version)))
}

/// Every version of a panel's terms of reference, the latest first.
#[utoipa::path(
    get, path = "/panels/{id}/terms", operation_id = "read_panel_terms", tag = "panels",
    params(OfPanel, VersionQuery),
    responses((status = 200, body = Page<TermsVersion>), Unanswered),
)]
pub(crate) async fn history(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<Page<TermsVersion>>, Problem> {
    let wanted: Option<u32> = query.read("version");
    query.done()?;
    let desk = app.engine.desk().await?;
    let (terms, _) = terms_of(&desk, &permit, &id)?;
    let events = app.engine.stream(&format!("panel-{}", terms.id)).await?;
    let asked = events.into_iter().filter(|it| wanted.is_none_or(|wanted| it.version == wanted));
    let versions = asked.filter_map(|recorded| {
        let Some(Event::Desk(DeskEvent::PanelEstablished(it))) = &recorded.event else {
            return None;
        };
        Some(TermsVersion {
            established_at: recorded.effective_at,
            established_by: account(&recorded.actor),
            terms: TermsShown::of(&desk, &it.panel, recorded.version),
        })
    });
    let mut items: Vec<_> = versions.collect();
    items.reverse();
    if wanted.is_some() && items.is_empty() {
        return Err(Problem::not_found());
    }
    Ok(Json(Page { items, next: None }))
}

/// Whoever did it by an account; the front door itself has none.
fn account(actor: &Actor) -> Option<String> {
    (actor.kind == ActorKind::Account).then(|| actor.id.clone())
}

impl TermsShown {
    pub(crate) fn of(desk: &Desk, terms: &Panel, version: u32) -> Self {
        let Panel { minutes_for: MinutesFor { consent, standard, in_depth }, .. } = *terms;
        let Quorum { total, roles } = &terms.quorum;
        let by = |account: &Option<_>| account.as_ref().map(ToString::to_string);
        Self {
            id: terms.id.to_string(),
            version,
            name: terms.name.clone(),
            area: terms.area,
            cycle: CycleShown {
                first_on: terms.cycle.first_on,
                every_weeks: terms.cycle.every_weeks,
                starts: clock(terms.cycle.starts),
            },
            chair_role: terms.chair_role,
            chair: by(&terms.chair),
            vice_chair: by(&terms.vice_chair),
            manager: by(&terms.manager),
            membership_roles: terms.membership_roles.clone(),
            members: terms.members.iter().map(|it| PanelMemberShown::of(desk, it)).collect(),
            quorum: QuorumShown {
                total: *total,
                roles: roles.iter().map(|(role, count)| (role.to_string(), *count)).collect(),
            },
            papers_due_working_days_before: terms.papers_due_working_days_before,
            minutes_available: terms.minutes_available,
            minutes_for: MinutesForShown { consent, standard, in_depth },
            can_grant: terms.can_grant.clone(),
            standing: terms.standing,
            decides_by: terms.decides_by,
            ratify_above: terms.ratify_above,
            ratified_by: by(&terms.ratified_by),
        }
    }
}

impl PanelMemberShown {
    fn of(desk: &Desk, member: &Member) -> Self {
        let school = member.school.and_then(|school| desk.schools.get(&school));
        Self {
            account: member.account.to_string(),
            name: desk.accounts.get(&member.account).map(|account| account.name.clone()),
            role: member.role,
            school_urn: school.map(|school| school.urn.to_string()),
            service: member.service.as_ref().map(ToString::to_string),
        }
    }
}

/// As a clock on the wall shows it: the seconds only where there are any.
fn clock(time: Time) -> String {
    let format = if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    time.strftime(format).to_string()
}
