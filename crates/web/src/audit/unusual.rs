//! `GET /audit/access/unusual`: reading that a person ought to look at, and why.

use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::account::Role;
use domain::ids::{AccountId, ChildId};
use domain::reading::{Finding, Look, ReadingRules, Unusual};
use engine::{AccessRead, AccessesSought};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::{Item, Scope};

/// What is looked through when nothing is said: a week.
const USUAL_PERIOD: SignedDuration = SignedDuration::from_hours(7 * 24);
/// More accesses than are looked through at once.
const MOST_LOOKS: usize = 50_000;

/// Which period.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct UnusualQuery {
    /// From this instant, or this day in London, on; the last seven days when left out.
    from: Option<String>,
    /// Until this instant, or to the end of this day in London.
    to: Option<String>,
}

/// What is unusual in a period.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnusualReading {
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    /// How many accesses were looked through. When it is `most`, the oldest were left out: ask
    /// about a shorter period.
    looked_through: usize,
    most: usize,
    /// By which figures.
    #[schema(value_type = Object)]
    rules: ReadingRules,
    /// The latest day first. None of them says that anybody did wrong.
    findings: Vec<FindingShown>,
}

/// Something that a person ought to look at.
#[derive(Serialize, ToSchema)]
pub(crate) struct FindingShown {
    #[schema(value_type = String, example = "far_more_children")]
    rule: Unusual,
    /// The rule in plain English.
    #[schema(example = "far more children than others of the role that day")]
    rule_says: &'static str,
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Whose reading it is; null when it is that of several.
    who: Option<String>,
    #[schema(value_type = Vec<String>)]
    roles: BTreeSet<Role>,
    children: BTreeSet<Uuid>,
    /// How much there was,
    count: usize,
    /// and from which number on it is unusual.
    from: usize,
    /// Why it is here.
    says: String,
    /// The entries of the record of accesses that show it.
    entries: Vec<u64>,
}

impl From<Finding> for FindingShown {
    fn from(finding: Finding) -> Self {
        let Finding { rule, on, who, roles, whom, count, from, entries, says } = finding;
        let rule_says = rule.says();
        Self { rule, rule_says, on, who, roles, children: whom, count, from, says, entries }
    }
}

/// Reading that a person ought to look at, each with the rule that found it and its entries.
#[utoipa::path(
    get, path = "/audit/access/unusual", operation_id = "read_unusual_accesses", tag = "audit",
    params(UnusualQuery),
    responses((status = 200, body = UnusualReading), Unanswered),
)]
pub(crate) async fn unusual(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<UnusualReading>, Problem> {
    let (to, from) = (query.until("to"), query.instant("from"));
    query.done()?;
    app.fresh(0).await?;
    Ok(Json(unusual_between(&app, from, to).await?))
}

/// Reading in a period that a person ought to look at; the last seven days when nothing is said.
pub(crate) async fn unusual_between(
    app: &App,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<UnusualReading, Problem> {
    let to = to.unwrap_or_else(|| app.engine.now());
    let from = from.unwrap_or_else(|| to.saturating_sub(USUAL_PERIOD).unwrap_or(to));
    if from > to {
        return Err(Problem::fault("from", "this is later than “to”"));
    }
    let sought = AccessesSought { from: Some(from), to: Some(to), ..AccessesSought::default() };
    let accesses = app.engine.accesses(sought, MOST_LOOKS).await?;
    let looked_through = accesses.len();
    let mut looks: Vec<_> = accesses.into_iter().filter_map(look).collect();
    looks.reverse();

    let rules = ReadingRules::default();
    let tasks = tasks(app, rules.repeated(&looks).into_keys()).await?;
    let desk = app.engine.desk().await?;
    let findings = rules.findings(&looks, &desk.calendar, |who, whom| {
        tasks.get(who).is_some_and(|children| children.contains(&whom))
    });
    let findings = findings.into_iter().map(FindingShown::from).collect();
    Ok(UnusualReading { from, to, looked_through, most: MOST_LOOKS, rules, findings })
}

/// An access as the rules judge it. What the front door itself reads, it shows to nobody.
fn look(read: AccessRead) -> Option<Look> {
    let AccessRead { entry, at, who, role, operation, why, subjects } = read;
    let (role, whom) = (role.parse().ok()?, subjects?);
    Some(Look { entry, at, who, role, operation, why, whom })
}

/// With whom of these each of them has a task: a request about the child, or one about no child
/// that is it, is theirs, or they did something about it.
async fn tasks<'a>(
    app: &App,
    pairs: impl Iterator<Item = (&'a str, Uuid)>,
) -> Result<BTreeMap<&'a str, BTreeSet<Uuid>>, Problem> {
    let mut readers: BTreeMap<Uuid, BTreeSet<&str>> = BTreeMap::new();
    for (who, whom) in pairs {
        readers.entry(whom).or_default().insert(who);
    }
    let mut tasks: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for (whom, readers) in readers {
        let busy = busy_with(app, whom).await?;
        for who in readers.into_iter().filter(|who| busy.contains(*who)) {
            tasks.entry(who).or_default().insert(whom);
        }
    }
    Ok(tasks)
}

/// The accounts that have to do with somebody.
async fn busy_with(app: &App, whom: Uuid) -> Result<BTreeSet<String>, Problem> {
    let same = app.views.same_child(ChildId(whom)).await?;
    let mut busy: BTreeSet<String> = BTreeSet::new();
    for Item { id, adviser, .. } in app.views.requests_of(same).await? {
        busy.extend(adviser.map(|adviser: AccountId| adviser.to_string()));
        let entries = app.views.timeline(Scope::All, id).await?.unwrap_or_default();
        busy.extend(entries.into_iter().map(|entry| entry.actor.id));
    }
    Ok(busy)
}
