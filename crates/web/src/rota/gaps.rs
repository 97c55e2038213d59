//! `GET /rotas/{team}/gaps`: working time in which nobody is on, as the promises that it puts
//! at risk.

use super::{OfTeam, name_of, rota_of};
use crate::access::Reach;
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::desk::Desk;
use domain::ids::RequestId;
use domain::rota::{Gap, Month, Rota};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use views::{Filter, Item, MOST_ON_A_PAGE, Page, Scope, Sort, SortBy};

/// How far is looked ahead when nothing is said, and at most.
const USUAL: SignedDuration = SignedDuration::from_hours(24 * 28);
const FURTHEST: SignedDuration = SignedDuration::from_hours(24 * 366);

/// The gaps of a stretch of time.
#[derive(Serialize, ToSchema)]
pub(crate) struct GapsBody {
    #[schema(example = "front-door")]
    team: String,
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    items: Vec<GapItem>,
    /// Always null: it is one page.
    next: Option<String>,
}

/// Working time in which nobody is on. A night or a weekend in the middle is part of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct GapItem {
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    #[schema(example = 480)]
    working_minutes: i64,
    /// Who takes what arrives meanwhile.
    taken_by: TakenBy,
    at_risk: AtRisk,
}

/// Who takes what arrives in a gap.
#[derive(Serialize, ToSchema)]
pub(crate) struct TakenBy {
    /// By account; null when there is neither a shift nor a line manager.
    adviser: Option<String>,
    name: Option<String>,
    /// When the shift begins; null: the line manager takes it, as no shift is known.
    #[schema(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
}

/// Promises to answer a school that fall due in the gap, or by the end of the first working
/// day after it.
#[derive(Serialize, ToSchema)]
pub(crate) struct AtRisk {
    count: usize,
    /// Which; not told to those who may not know of requests.
    requests: Vec<PromiseItem>,
}

/// A promise at risk.
#[derive(Serialize, ToSchema)]
pub(crate) struct PromiseItem {
    #[schema(value_type = String, format = Uuid)]
    id: RequestId,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    respond_by: Option<Timestamp>,
    /// Who is accountable, by account.
    adviser: Option<String>,
    /// Whether they are away when the gap begins.
    adviser_absent: bool,
}

/// From when to when.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct GapsQuery {
    /// An instant or a date; now when left out.
    from: Option<String>,
    /// An instant, or a date that is included; four weeks later when left out, a year later at
    /// most.
    to: Option<String>,
}

/// Working time ahead in which nobody is on, with what it puts at risk.
#[utoipa::path(
    get, path = "/rotas/{team}/gaps", operation_id = "read_gaps", tag = "rota",
    params(OfTeam, GapsQuery),
    responses((status = 200, body = GapsBody), Unanswered),
)]
pub(crate) async fn gaps(
    State(app): State<App>,
    permit: Permit,
    Place(team): Place,
    mut query: Query,
) -> Result<Json<GapsBody>, Problem> {
    let from = query.instant("from").unwrap_or_else(|| app.engine.now());
    let later = from.saturating_add(USUAL).unwrap_or(Timestamp::MAX);
    let to = query.until("to").unwrap_or(later);
    if to <= from || to.duration_since(from) > FURTHEST {
        query.say("to", "later than “from”, by a year at most");
    }
    query.done()?;
    app.fresh(0).await?;
    let desk = app.engine.desk().await?;
    let (team, rota) = rota_of(&desk, &team)?;
    let mut items = Vec::new();
    for gap in rota.gaps(&desk.calendar, from, to) {
        let at_risk = at_risk(&app, &desk, rota, &gap, permit.reach == Reach::All).await?;
        items.push(item(&desk, rota, &gap, at_risk));
    }
    Ok(Json(GapsBody { team: team.to_string(), from, to, items, next: None }))
}

async fn at_risk(
    app: &App,
    desk: &Desk,
    rota: &Rota,
    gap: &Gap,
    told: bool,
) -> Result<AtRisk, Problem> {
    let until = desk.calendar.close_of_working_day_after(gap.to, 0);
    let filter = Filter { respond_between: Some((gap.from, until)), ..Filter::default() };
    let sort = Sort { by: SortBy::RespondBy, descending: false };
    let (mut count, mut requests, mut cursor) = (0, Vec::new(), None);
    loop {
        let page = Page { limit: MOST_ON_A_PAGE, cursor };
        let listing = app.views.requests(Scope::All, filter.clone(), sort, page).await?;
        count += listing.items.len();
        if told && requests.is_empty() {
            let month = rota.month(Month::at(gap.from));
            let absent = |item: &Item| {
                let away = |who| month.is_some_and(|month| month.is_absent(who, gap.from));
                item.adviser.as_ref().is_some_and(away)
            };
            requests.extend(listing.items.iter().map(|item| promise(item, absent(item))));
        }
        cursor = listing.next;
        if cursor.is_none() {
            return Ok(AtRisk { count, requests });
        }
    }
}

fn promise(item: &Item, adviser_absent: bool) -> PromiseItem {
    PromiseItem {
        id: item.id,
        reference: item.reference.clone(),
        respond_by: item.respond_by,
        adviser: item.adviser.as_ref().map(ToString::to_string),
        adviser_absent,
    }
}

fn item(desk: &Desk, rota: &Rota, gap: &Gap, at_risk: AtRisk) -> GapItem {
    let duty = rota.duty(gap.from);
    let taken_by = TakenBy {
        name: duty.adviser.as_ref().and_then(|adviser| name_of(desk, adviser)),
        adviser: duty.adviser.map(|adviser| adviser.to_string()),
        from: duty.from_next_shift_at,
    };
    GapItem { from: gap.from, to: gap.to, working_minutes: gap.working_minutes, taken_by, at_risk }
}
