//! `GET /meetings/{id}`: a meeting as it is at this moment. It names no child; packs do.

use super::of_item::{InterestShown, ItemNow, QuorumShown, interests};
use super::shown::MeetingShown;
use super::{OfMeeting, sitting};
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use domain::desk::Desk;
use domain::event::{Event, RequestEvent as E};
use domain::ids::RequestId;
use domain::meeting::Sitting;
use domain::meeting::event::DecisionKind;
use domain::panel::Panel;
use domain::request::Status;
use serde::Serialize;
use utoipa::ToSchema;

/// A meeting as it is at this moment: every item says whether those in the room could decide
/// it, and whose interest is not settled.
#[derive(Serialize, ToSchema)]
pub(crate) struct LiveMeeting {
    #[serde(flatten)]
    meeting: MeetingShown,
    /// What the chair decided under delegation, for the panel to ratify.
    delegated: Vec<DelegatedShown>,
}

/// A request that the chair decided under delegation.
#[derive(Serialize, ToSchema)]
pub(crate) struct DelegatedShown {
    #[schema(value_type = String, format = Uuid)]
    request: RequestId,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    #[schema(value_type = String)]
    status: Status,
    /// What the chair decided.
    #[schema(value_type = Option<String>, example = "service")]
    decision: Option<DecisionKind>,
    quorum: QuorumShown,
    interests: Vec<InterestShown>,
}

/// A meeting as it is at this moment.
#[utoipa::path(
    get, path = "/meetings/{id}", operation_id = "read_meeting", tag = "meetings",
    params(OfMeeting, AtLeast),
    responses((status = 200, body = LiveMeeting, headers(("ETag" = String, description = "Its version"))), Unanswered),
)]
pub(crate) async fn read_meeting(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<([(HeaderName, String); 1], Json<LiveMeeting>), Problem> {
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (sitting, version) = sitting(&app, &permit, &id).await?;
    let desk = app.engine.desk().await?;
    let (terms, _) = desk.terms(&sitting.panel).ok_or_else(Problem::not_found)?;
    let meeting = with_items(&app, &sitting, version, (&desk, terms)).await?;
    let delegated = delegated(&app, &sitting, (&desk, terms)).await?;
    let tag = format!("\"{version}\"");
    Ok(([(header::ETAG, tag)], Json(LiveMeeting { meeting, delegated })))
}

async fn with_items(
    app: &App,
    sitting: &Sitting,
    version: u32,
    by: (&Desk, &Panel),
) -> Result<MeetingShown, Problem> {
    let now = app.engine.now();
    let mut meeting = MeetingShown::of(sitting, version);
    for (item, shown) in sitting.items.iter().zip(&mut meeting.items) {
        let at_hand = app.engine.request_at_hand(item.request).await?;
        shown.now = ItemNow::of(item, sitting, by, &at_hand, now);
    }
    Ok(meeting)
}

async fn delegated(
    app: &App,
    sitting: &Sitting,
    (desk, terms): (&Desk, &Panel),
) -> Result<Vec<DelegatedShown>, Problem> {
    let mut delegated = Vec::new();
    for request in desk.diary(&sitting.panel).delegated {
        let at_hand = app.engine.request_at_hand(request).await?;
        let Some(case) = at_hand.request.case() else { continue };
        delegated.push(DelegatedShown {
            request,
            reference: request.reference(),
            status: case.status(),
            decision: last_decision(app, request).await?,
            quorum: QuorumShown::of(sitting, terms, case, app.engine.now()),
            interests: interests(sitting, terms, &at_hand, case),
        });
    }
    Ok(delegated)
}

/// What was last decided on a request.
async fn last_decision(app: &App, request: RequestId) -> Result<Option<DecisionKind>, Problem> {
    let history = app.engine.stream(&format!("request-{request}")).await?;
    let decided = history.iter().rev().find_map(|recorded| {
        let Some(Event::Request(E::PanelDecided(it))) = &recorded.event else { return None };
        Some(it.decision.kind())
    });
    Ok(decided)
}
