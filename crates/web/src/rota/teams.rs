//! `GET /teams`, `GET|PUT /teams/{team}`: who shares a rota, and who manages them.

use super::{OfTeam, name_of, read};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::entry::{Entry, entry};
use crate::form::{Faults, Form, code, text, via};
use crate::openapi::{Refused, Unanswered, Write};
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use domain::desk::{Desk, DeskCommand};
use domain::ids::{AccountId, TeamId};
use domain::team::{Member, Skill, Team};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// The largest team.
const MOST_MEMBERS: usize = 100;

/// A team.
#[derive(Serialize, ToSchema)]
pub(crate) struct TeamItem {
    #[schema(example = "front-door")]
    id: String,
    name: String,
    /// The line manager, by account.
    manager: String,
    manager_name: Option<String>,
    members: Vec<MemberItem>,
}

/// Somebody of a team.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberItem {
    account: String,
    name: Option<String>,
    #[schema(value_type = Vec<String>, example = json!(["sensory"]))]
    skills: Vec<Skill>,
}

/// A team, to be formed or changed.
#[derive(ToSchema)]
#[schema(example = json!({"name": "Front door", "manager": "mira-shah",
    "members": [{"account": "amara-okafor", "skills": ["sensory"]}]}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct TeamBody {
    #[schema(max_length = 120)]
    name: String,
    /// The line manager: accountable where the rota names nobody, and told of every gap.
    manager: String,
    #[schema(max_items = 100)]
    members: Vec<MemberBody>,
}

/// Somebody of a team.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct MemberBody {
    account: String,
    /// `educational_psychology specialist_teacher learning communication behaviour sensory
    /// physical early_years statutory`.
    skills: Option<Vec<String>>,
}

/// Every team.
#[utoipa::path(
    get, path = "/teams", operation_id = "list_teams", tag = "rota",
    responses((status = 200, body = Page<TeamItem>), Unanswered),
)]
pub(crate) async fn teams(
    State(app): State<App>,
    _: Permit,
    query: Query,
) -> Result<Json<Page<TeamItem>>, Problem> {
    query.done()?;
    let desk = app.engine.desk().await?;
    let items = desk.teams.values().map(|team| item(&desk, team)).collect();
    Ok(Json(Page { items, next: None }))
}

/// One team.
#[utoipa::path(
    get, path = "/teams/{team}", operation_id = "read_team", tag = "rota",
    params(OfTeam),
    responses((status = 200, body = TeamItem), Unanswered),
)]
pub(crate) async fn team(
    State(app): State<App>,
    _: Permit,
    Place(team): Place,
    query: Query,
) -> Result<Entry<TeamItem>, Problem> {
    query.done()?;
    let team: TeamId = team.parse().map_err(|_| Problem::not_found())?;
    let version = app.engine.desk_version(&format!("team-{team}")).await?;
    let desk = app.engine.desk().await?;
    let team = desk.teams.get(&team).ok_or_else(Problem::not_found)?;
    Ok(entry(version, item(&desk, team)))
}

/// Form a team, or change it.
#[utoipa::path(
    put, path = "/teams/{team}", operation_id = "form_team", tag = "rota",
    params(OfTeam, Write),
    request_body(content = TeamBody, content_type = "application/json"),
    responses((status = 200, body = TeamItem), Refused),
)]
pub(crate) async fn form(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<TeamItem>, Problem> {
    let id: TeamId = id.parse().map_err(|_| Problem::not_found())?;
    let desk = app.engine.desk().await?;
    let known = |account: &AccountId| app.keys.account(account, &desk).is_some();
    let team = read(&incoming.body, |form, faults| {
        let name = form.required("name", faults, text(120));
        let person = person(&known);
        let manager = form.required("manager", faults, &person);
        let members = form.list("members", MOST_MEMBERS, faults, member(&person));
        Some(Team { id: id.clone(), name: name?, manager: manager?, members })
    })?;
    let command = DeskCommand::FormTeam(team.clone());
    let position = app.engine.configure(&incoming.context(None), vec![command]).await?;
    let desk = app.engine.desk().await?;
    Ok(Written::now(position, None, item(&desk, &team)))
}

/// Somebody who has an account.
fn person(
    known: &impl Fn(&AccountId) -> bool,
) -> impl Fn(&Value, &str, &mut Faults) -> Option<AccountId> {
    move |value, at, faults| {
        via(value, at, faults, |text| {
            let account: AccountId = text.parse().map_err(|error| format!("{error}"))?;
            if known(&account) { Ok(account) } else { Err("nobody has this account".to_owned()) }
        })
    }
}

fn member(
    person: &impl Fn(&Value, &str, &mut Faults) -> Option<AccountId>,
) -> impl Fn(&Value, &str, &mut Faults) -> Option<Member> {
    move |value, at, faults| {
        let mut form = Form::of(value, at, faults)?;
        let account = form.required("account", faults, person);
        let skills = form.list("skills", Skill::ALL.len(), faults, code);
        form.done(faults);
        Some(Member { account: account?, skills })
    }
}

fn item(desk: &Desk, team: &Team) -> TeamItem {
    let members = team.members.iter().map(|Member { account, skills }| MemberItem {
        account: account.to_string(),
        name: name_of(desk, account),
        skills: skills.clone(),
    });
    TeamItem {
        id: team.id.to_string(),
        name: team.name.clone(),
        manager: team.manager.to_string(),
        manager_name: name_of(desk, &team.manager),
        members: members.collect(),
    }
}
