//! `GET /requests`: the requests that the caller may know of.

use super::shown::{Line, Today, identity};
use crate::access::Reach;
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::page::Page;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::ids::{ChildId, RequestId};
use domain::need::Need;
use domain::reading::SEARCH;
use jiff::Timestamp;
use std::str::FromStr;
use utoipa::IntoParams;
use views::{Filter, Item, Overdue, Sort};

/// Which requests, and in which order.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct RequestQuery {
    /// Whether anything is still to be done about them: all but the closed.
    open: Option<bool>,
    /// Whether it is the school's turn: it was asked something, has advice to take or leave, or a
    /// service's word to confirm.
    waits_for_school: Option<bool>,
    /// Where they stand.
    status: Option<String>,
    /// The school that asked.
    school_urn: Option<String>,
    /// The primary need.
    need: Option<String>,
    /// The area of need.
    area: Option<String>,
    /// Where they were sent: `service`, `panel`, `duty` or `information`.
    route: Option<String>,
    /// The service to which they were sent.
    service: Option<String>,
    /// The panel to which they were sent.
    panel: Option<String>,
    /// Who is accountable.
    adviser: Option<String>,
    /// Whether an answer is overdue.
    overdue: Option<bool>,
    /// Whether a promise is late, whichever it is.
    late: Option<bool>,
    /// Whether anybody was ever warned that a promise about it would soon be due. Not for
    /// schools.
    warned: Option<bool>,
    /// Whether anything about it was ever escalated. Not for schools.
    escalated: Option<bool>,
    /// The reference, whole.
    reference: Option<String>,
    /// The child, by pseudonym.
    #[param(format = Uuid)]
    child: Option<String>,
    /// A reference; or a UPN, a date of birth, or the beginnings of a child's names.
    q: Option<String>,
    /// `respond_by`, `due_at` (of the open promise that falls due next), `received_at` or
    /// `reference`, with `-` in front from last to first;
    /// `-received_at` when left out.
    sort: Option<String>,
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// The requests that the caller may know of: a school its own, a service those sent to it.
#[utoipa::path(
    get, path = "/requests", operation_id = "list_requests", tag = "requests",
    params(RequestQuery),
    responses((status = 200, body = Page<Line>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<Page<Line>>, Problem> {
    let sought = query.text("q");
    if sought.is_some() && !permit.reach.names() {
        query.say("q", "your role does not search by name; use “reference”");
    }
    let mut filter = filter(&mut query, app.engine.now());
    if permit.reach != Reach::OwnSchool {
        // What goes on among the council's own staff is not for schools to find out.
        filter.warned = query.read("warned");
        filter.escalated = query.read("escalated");
    }
    let sort = query.read::<Sort>("sort").unwrap_or_default();
    let page = views::Page { limit: query.limit(), cursor: query.text("cursor") };
    let at_least = query.at_least();
    query.done()?;

    app.fresh(at_least).await?;
    if let Some(sought) = sought {
        search(&app, &permit, &sought, &mut filter).await?;
    }
    let listing = app.views.requests(permit.scope(), filter, sort, page).await?;
    let items = lines(&app, &permit, listing.items).await?;
    Ok(Json(Page { items, next: listing.next }))
}

fn filter(query: &mut Query, now: Timestamp) -> Filter {
    let late_now = |is| Overdue { is, at: now };
    Filter {
        open: query.read("open"),
        waits_for_school: query.read("waits_for_school"),
        status: query.read("status"),
        school_urn: query.read("school_urn"),
        need: query.read::<EverNeed>("need").map(|need| need.0),
        area: query.read("area"),
        route: query.read("route"),
        service: query.read("service"),
        panel: query.read("panel"),
        adviser: query.read("adviser"),
        overdue: query.read("overdue").map(late_now),
        late: query.read("late").map(late_now),
        respond_between: None,
        warned: None,
        escalated: None,
        reference: query.text("reference"),
        child: query.read("child").map(ChildId),
        children: None,
        ids: None,
    }
}

/// A need of any year: lists reach back.
struct EverNeed(Need);

impl FromStr for EverNeed {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        let known = Need::ever().find(|need| need.code() == code).map(Self);
        known.ok_or_else(|| "this is not the code of any need".to_owned())
    }
}

/// What looks like a reference is one; anything else is looked for among children.
/// That somebody was looked for is on record, though a page shows some of the found alone.
async fn search(
    app: &App,
    permit: &Permit,
    sought: &str,
    filter: &mut Filter,
) -> Result<(), Problem> {
    if sought.trim().to_ascii_uppercase().starts_with("FD-") {
        filter.reference = Some(sought.to_owned());
    } else {
        let found = app.engine.find_children(sought).await?;
        let who = (permit.caller.id().as_str(), permit.caller.role().code());
        app.engine.record_access(who, (permit.operation.name(), SEARCH), &found).await?;
        filter.children = Some(found);
    }
    Ok(())
}

/// Opens who the children are, one access for the whole page.
pub(crate) async fn lines(
    app: &App,
    permit: &Permit,
    items: Vec<Item>,
) -> Result<Vec<Line>, Problem> {
    let identities: Vec<(RequestId, _)> =
        items.iter().filter_map(|item| Some((item.id, item.identity.clone()?))).collect();
    let (ids, boxes): (Vec<_>, Vec<_>) = identities.into_iter().unzip();
    let opened = permit.open(app, boxes).await?;
    let mut known: std::collections::HashMap<_, _> =
        ids.into_iter().zip(opened.into_iter().map(identity)).collect();
    let desk = app.engine.desk().await?;
    let today = Today { now: app.engine.now(), calendar: &desk.calendar };
    let line = |item: &Item| Line::of(item, known.remove(&item.id).flatten(), &today);
    Ok(items.iter().map(line).collect())
}
