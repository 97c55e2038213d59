//! `GET /subject-access-requests`: who asked for access, and by when each must be answered.

use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::page::Page;
use crate::problem::Problem;
use crate::prose::london_day;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::ChildId;
use domain::subject_access::{AnsweredHow, Awaited, ExtendedBecause, RequestedBy, SubjectAccess};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::AccessState;

/// Which requests for access.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AccessRequestQuery {
    /// `open` or `answered`; both when left out.
    state: Option<String>,
    /// Only those that are open and were to be answered before today.
    overdue: Option<bool>,
}

/// A request for access to what is held about a child.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct AccessRequestShown {
    id: Uuid,
    /// The child, by the pseudonym that was asked about.
    child: Uuid,
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    #[schema(value_type = String, example = "parent")]
    by: RequestedBy,
    /// `open`, `waiting` for whoever asked, or `answered`.
    #[schema(example = "open")]
    state: &'static str,
    /// The last day for the answer; null while something is awaited.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    /// What whoever asked must show or say first,
    #[schema(value_type = Option<String>, example = "identity")]
    awaits: Option<Awaited>,
    /// and since when.
    #[schema(value_type = Option<String>, format = Date)]
    awaits_since: Option<Date>,
    /// For how many days the clock stood still.
    paused_days: i32,
    /// Why it takes two months longer.
    #[schema(value_type = Option<String>, example = "complex")]
    extended_because: Option<ExtendedBecause>,
    /// What was answered,
    #[schema(value_type = Option<String>, example = "provided")]
    answered: Option<AnsweredHow>,
    /// and when.
    #[schema(value_type = Option<String>, format = Date)]
    answered_on: Option<Date>,
}

impl AccessRequestShown {
    pub(crate) fn of(child: ChildId, standing: &SubjectAccess) -> Self {
        let (awaits, awaits_since) = standing.awaits.unzip();
        let (answered, answered_on) = standing.answered.unzip();
        let state = match (standing.answered, standing.awaits) {
            (Some(_), _) => "answered",
            (None, Some(_)) => "waiting",
            (None, None) => "open",
        };
        Self {
            id: standing.request.0,
            child: child.0,
            received_on: standing.received_on,
            by: standing.by,
            state,
            due_on: standing.due_on,
            awaits,
            awaits_since,
            paused_days: standing.paused_days,
            extended_because: standing.extended,
            answered,
            answered_on,
        }
    }

    fn is_overdue(&self, today: Date) -> bool {
        self.answered.is_none() && self.due_on.is_some_and(|due| due < today)
    }
}

/// Requests for access: that which is due first at the top, then those that wait for whoever
/// asked, then those that were answered.
#[utoipa::path(
    get, path = "/subject-access-requests", operation_id = "list_subject_access_requests",
    tag = "privacy",
    params(AccessRequestQuery, AtLeast),
    responses((status = 200, body = Page<AccessRequestShown>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Permit,
    mut query: Query,
) -> Result<Json<Page<AccessRequestShown>>, Problem> {
    let (state, overdue) = (query.read::<AccessState>("state"), query.read::<bool>("overdue"));
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let today = london_day(app.engine.now());
    let all = app.views.subject_accesses(state).await?;
    let shown = all.iter().map(|it| AccessRequestShown::of(it.child, &it.standing));
    let items = shown.filter(|it| overdue.is_none_or(|is| is == it.is_overdue(today))).collect();
    Ok(Json(Page { items, next: None }))
}
