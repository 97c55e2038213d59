//! `GET /audit/access`: who looked at a child, and what somebody looked at.

use crate::app::{App, Permit};
use crate::openapi::{PageQuery, Unanswered};
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::ChildId;
use engine::{AccessRead, AccessesSought};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which accesses.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AccessQuery {
    /// To this child's data, under any of its pseudonyms. This or `actor` must be given.
    #[param(value_type = Option<String>, format = Uuid)]
    child: Option<Uuid>,
    /// By this account.
    actor: Option<String>,
    /// From this instant, or this day in London, on.
    from: Option<String>,
    /// Until this instant, or to the end of this day in London.
    to: Option<String>,
    /// Of this operation only, such as `read_request`.
    operation: Option<String>,
}

/// Somebody looked at somebody's data. Nobody's name is in it, except that of the account.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccessShown {
    /// Its place in the record of accesses, from 1 and without gaps.
    pub(crate) entry: u64,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: Timestamp,
    /// The account; of the front door itself, `front-door`.
    #[schema(example = "amara-okafor")]
    pub(crate) who: String,
    #[schema(example = "adviser")]
    pub(crate) role: String,
    #[schema(example = "read_request")]
    pub(crate) operation: String,
    /// Why.
    pub(crate) why: String,
    /// Whose data: children by pseudonym, and requests about no child by their id. Null when it
    /// was everybody's.
    pub(crate) children: Option<Vec<Uuid>>,
}

impl From<AccessRead> for AccessShown {
    fn from(read: AccessRead) -> Self {
        let AccessRead { entry, at, who, role, operation, why, subjects } = read;
        Self { entry, at, who, role, operation, why, children: subjects }
    }
}

/// Who looked at a child's data, or what an account looked at, the newest first. What stands
/// here was written down before the answer was given.
#[utoipa::path(
    get, path = "/audit/access", operation_id = "read_accesses", tag = "audit",
    params(AccessQuery, PageQuery),
    responses((status = 200, body = Page<AccessShown>), Unanswered),
)]
pub(crate) async fn accesses(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<Page<AccessShown>>, Problem> {
    let child: Option<Uuid> = query.read("child");
    let who = query.text("actor");
    if !query.has("child") && who.is_none() {
        query.say("child", "give a child, or an account as “actor”, or both");
    }
    let (from, to) = (query.instant("from"), query.until("to"));
    let (operation, before) = (query.text("operation"), query.read("cursor"));
    let limit = query.limit();
    query.done()?;
    app.fresh(0).await?;
    let subjects = match child {
        Some(child) => subjects_of(&app, ChildId(child)).await?,
        None => vec![],
    };
    let sought = AccessesSought { subjects, who, from, to, operation, before };
    let found = app.engine.accesses(sought, limit + 1).await?;
    let items = found.into_iter().map(AccessShown::from).collect();
    Ok(Json(Page::of(items, limit, |item| item.entry.to_string())))
}

/// Under which ids anything of a child is sealed: its pseudonyms, and whatever was sealed with
/// the key of a request before it was known whom the request is about.
pub(crate) async fn subjects_of(app: &App, child: ChildId) -> Result<Vec<Uuid>, Problem> {
    let same = app.views.same_child(child).await?;
    let requests = app.views.requests_of(same.clone()).await?;
    let children = same.into_iter().chain([child]).map(|child| child.0);
    let mut subjects: Vec<_> = children.chain(requests.iter().map(|item| item.id.0)).collect();
    subjects.sort_unstable();
    subjects.dedup();
    Ok(subjects)
}
