//! `GET /retention/due`: what has come, or will have come, to the end of its time. A preview:
//! nothing is done.

use super::groups::{Group, kept_until};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::opener::Opener;
use crate::problem::Problem;
use crate::prose::{day, london_day};
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::calendar::london;
use domain::ids::ChildId;
use domain::retention::{KeptUntil, RecordClass};
use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// By when.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct DueQuery {
    /// What falls due until this day, inclusive; today when left out.
    #[param(format = Date)]
    by: Option<String>,
}

/// What falls due.
#[derive(Serialize, ToSchema)]
pub(crate) struct DueShown {
    #[schema(value_type = String, format = Date)]
    by: Date,
    /// The longest due first.
    items: Vec<DueChild>,
    /// Children whose requests have all ended, and of whom no rule says until when they are
    /// kept: a person must decide.
    undecided: Vec<Uuid>,
}

/// A child whose records need not be kept any more.
#[derive(Serialize, ToSchema)]
pub(crate) struct DueChild {
    /// The pseudonym to dispose of.
    child: Uuid,
    /// Every pseudonym of the child; all of them go together.
    children: Vec<Uuid>,
    #[schema(value_type = String, example = "supported")]
    class: RecordClass,
    /// The day from which the period counts.
    #[schema(value_type = String, format = Date)]
    since: Date,
    /// The first day on which it need not be kept any more.
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// Whether a hold keeps it all the same.
    held: bool,
    /// Why it is here.
    why: String,
}

/// What has come to the end of its time by a day, with the reason. Dates of birth are read for
/// it, which is on record; they are not shown.
#[utoipa::path(
    get, path = "/retention/due", operation_id = "read_retention_due", tag = "privacy",
    params(DueQuery),
    responses((status = 200, body = DueShown), Unanswered),
)]
pub(crate) async fn due(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<DueShown>, Problem> {
    let by = query.read::<Date>("by").unwrap_or_else(|| london_day(app.engine.now()));
    query.done()?;
    app.fresh(0).await?;
    Ok(Json(due_by(&app, by, Opener::Caller(&permit)).await?))
}

/// What falls due by a day; `opener` opens dates of birth.
pub(crate) async fn due_by(app: &App, by: Date, opener: Opener<'_>) -> Result<DueShown, Problem> {
    // Nothing falls due before it has been over for a year, so what was received since cannot.
    let latest = london::instant(by.saturating_sub(1.year()).to_datetime(Time::midnight()));
    let mut seen: BTreeSet<ChildId> = BTreeSet::new();
    let mut groups = Vec::new();
    for child in app.views.children_without_open_request(latest).await? {
        if !seen.contains(&child)
            && let Ok(group) = Group::of(app, child).await?
        {
            seen.extend(group.children.iter().copied());
            groups.push(group);
        }
    }
    let schedule = app.engine.desk().await?.retention.clone();
    let kept = kept_until(app, &schedule, &groups, opener).await?;
    let (mut items, mut undecided) = (Vec::new(), Vec::new());
    for (group, kept) in groups.iter().zip(kept) {
        match kept {
            Some(kept) if kept.due_on <= by => items.push(DueChild::of(app, group, kept).await?),
            Some(_) => {}
            None => undecided.extend(group.children.first().map(|child| child.0)),
        }
    }
    items.sort_by_key(|item| (item.due_on, item.child));
    Ok(DueShown { by, items, undecided })
}

impl DueChild {
    async fn of(app: &App, group: &Group, kept: KeptUntil) -> Result<Self, Problem> {
        let KeptUntil { class, since, due_on } = kept;
        let children: Vec<Uuid> = group.children.iter().map(|child| child.0).collect();
        let why = format!("{} is kept until {}", class.says(), day(due_on));
        let child = children.first().copied().unwrap_or_default();
        let holds = match group.children.first() {
            Some(child) => app.engine.holds(*child).await?,
            None => vec![],
        };
        let held = holds.iter().any(|hold| hold.holds);
        Ok(Self { child, children, class, since, due_on, held, why })
    }
}
