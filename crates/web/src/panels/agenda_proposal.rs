//! `GET /panels/{id}/agenda-proposal`: what a meeting could take up in its time, and which
//! promises that leaves at risk. Nothing comes of it until somebody sets an agenda.

use super::plan::Plan;
use super::queue_line::{QueueLine, Showing};
use super::{OfPanel, ToComeShown, terms_of};
use crate::app::{App, Permit};
use crate::openapi::Unanswered;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use domain::calendar::london;
use domain::desk::Desk;
use domain::ids::RequestId;
use domain::panel::{MeetingToCome, Panel, Waiting};
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::{IntoParams, ToSchema};
use views::QueueFilter;

/// The longest meeting, in minutes: a working day.
const MOST_MINUTES: u64 = 480;
/// So many of the promises at risk are shown; all of them are counted, and the queue has them.
pub(crate) const MOST_AT_RISK: usize = 100;

/// What a meeting could take up.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProposalShown {
    #[schema(example = "semh")]
    panel: String,
    meeting: ToComeShown,
    /// How long it may take,
    minutes_available: u32,
    /// how much of that is taken by what is on its agenda and what it is to ratify,
    minutes_taken: u32,
    /// and how long it would take with what is proposed.
    minutes: u32,
    /// What else it could take up, in this order.
    items: Vec<QueueLine>,
    /// Decisions of the chair that it is to ratify.
    #[schema(value_type = Vec<String>)]
    to_ratify: Vec<RequestId>,
    /// How many of the queue do not fit.
    left_out: usize,
    /// When the panel decides next after it; null: no other meeting is in sight.
    #[schema(value_type = Option<String>, format = DateTime)]
    decides_next_at: Option<Timestamp>,
    /// How many of those that do not fit are promised before that,
    at_risk_count: usize,
    /// and which: the earliest hundred. All of them are in the queue.
    at_risk: Vec<QueueLine>,
}

/// For which meeting.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ProposalQuery {
    /// Of this day, whether it was called or not; the next one when left out.
    #[param(format = Date)]
    date: Option<String>,
    /// In so many minutes; as long as the meeting may take when left out.
    #[param(minimum = 1, maximum = 480)]
    minutes: Option<u16>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// What a meeting could take up, in promise order and within its time; and which promises that
/// leaves at risk.
#[utoipa::path(
    get, path = "/panels/{id}/agenda-proposal", operation_id = "propose_agenda", tag = "panels",
    params(OfPanel, ProposalQuery),
    responses((status = 200, body = ProposalShown), Unanswered),
)]
pub(crate) async fn propose(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<ProposalShown>, Problem> {
    let date: Option<Date> = query.read("date");
    let minutes = query.number("minutes", 0, MOST_MINUTES);
    let minutes = u32::try_from(minutes).ok().filter(|minutes| *minutes > 0);
    let at_least = query.at_least();
    query.done()?;
    let desk = app.engine.desk().await?;
    let (terms, _) = terms_of(&desk, &permit, &id)?;

    app.fresh(at_least).await?;
    let meetings = meetings(&desk, terms, date, app.engine.now());
    let plan = Plan::between(&app, &desk, terms, meetings, minutes).await?;
    let at_risk = plan.at_risk(&desk, terms, app.engine.now());
    let showing = Showing { app: &app, permit: &permit, desk: &desk, terms, at_risk: &at_risk };
    Ok(Json(shown(&showing, plan).await?))
}

/// The meeting of a day, or the next one; and the one after it.
fn meetings(
    desk: &Desk,
    terms: &Panel,
    date: Option<Date>,
    now: Timestamp,
) -> (Option<MeetingToCome>, Option<MeetingToCome>) {
    let Some(date) = date else {
        let mut to_come = desk.meetings_to_come(&terms.id, now, 2).into_iter();
        return (to_come.next(), to_come.next());
    };
    let midnight = london::instant(date.to_datetime(Time::midnight()));
    let mut to_come = desk.meetings_to_come(&terms.id, midnight, 2).into_iter().peekable();
    let of_the_day = |it: &MeetingToCome| london::wall(it.starts_at).date() == date;
    let meeting = to_come.next_if(of_the_day).unwrap_or_else(|| special(terms, date));
    (Some(meeting), to_come.next())
}

/// A meeting out of turn, as long as any other and starting at the same hour.
fn special(terms: &Panel, date: Date) -> MeetingToCome {
    let starts_at = terms.cycle.starts_at(date);
    let lasts = SignedDuration::from_mins(i64::from(terms.minutes_available));
    let ends_at = starts_at.saturating_add(lasts).unwrap_or(starts_at);
    MeetingToCome { meeting: None, starts_at, ends_at }
}

async fn shown(showing: &Showing<'_>, plan: Plan) -> Result<ProposalShown, Problem> {
    let terms = showing.terms;
    let meeting = plan.meeting.as_ref().map(ToComeShown::of).ok_or_else(|| {
        Problem::conflict("By its cycle and the calendar this panel does not meet any more.")
    })?;
    let proposal = &plan.proposal;
    let numbers: BTreeMap<RequestId, i64> =
        plan.standing.iter().map(|standing| (standing.request, standing.number)).collect();
    let of = |items: &[Waiting]| -> BTreeSet<i64> {
        items.iter().filter_map(|item| numbers.get(&item.request).copied()).collect()
    };
    let first = proposal.at_risk.len().min(MOST_AT_RISK);
    Ok(ProposalShown {
        panel: terms.id.to_string(),
        meeting,
        minutes_available: plan.minutes_available,
        minutes_taken: plan.minutes_taken,
        minutes: proposal.minutes,
        items: lines(showing, of(&proposal.items)).await?,
        to_ratify: showing.desk.diary(&terms.id).delegated.into_iter().collect(),
        left_out: proposal.left_out.len(),
        decides_next_at: plan.decides_next_at,
        at_risk_count: proposal.at_risk.len(),
        at_risk: lines(showing, of(proposal.at_risk.get(..first).unwrap_or_default())).await?,
    })
}

/// These of the queue, in promise order.
async fn lines(showing: &Showing<'_>, numbers: BTreeSet<i64>) -> Result<Vec<QueueLine>, Problem> {
    let mut page = views::Page { limit: views::MOST_ON_A_PAGE, cursor: None };
    let mut found = Vec::with_capacity(numbers.len());
    let among = Some(numbers.into_iter().collect());
    let filter = QueueFilter { among, ..QueueFilter::default() };
    loop {
        let (scope, panel) = (showing.permit.scope(), showing.terms.id.clone());
        let asked = showing.app.views.queue(scope, panel, filter.clone(), page.clone());
        let listing = asked.await?;
        found.extend(listing.items);
        page.cursor = listing.next;
        if page.cursor.is_none() {
            return showing.lines(found).await;
        }
    }
}
