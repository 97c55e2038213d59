//! An agenda as it is shown: with names, for whoever may see them and does not stand aside.

use crate::app::{App, Permit};
use crate::panels::agenda_proposal::MOST_AT_RISK;
use crate::problem::Problem;
use crate::requests::shown::{ChildShown, identity};
use domain::ids::RequestId;
use domain::meeting::Sitting;
use domain::need::{Area, Need};
use domain::panel::{Depth, DepthReason, Proposal, Waiting};
use engine::SealedBox;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;
use uuid::Uuid;
use views::{Detail, Scope};

/// What a meeting takes up, and what it could.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgendaShown {
    #[schema(example = "semh-2026-12-02")]
    meeting: String,
    /// How long the meeting may take.
    minutes: u16,
    /// How long what is on its agenda takes.
    planned_minutes: u32,
    /// What is left; less than nought where items came from a meeting that was called off.
    minutes_left: i64,
    items: Vec<AgendaItem>,
    /// What it could take up in the time that is left, in promise order.
    proposal: Vec<AgendaItem>,
    /// How much of what waits does not fit, and is promised before the panel next decides,
    promises_at_risk_count: usize,
    /// and which: the earliest hundred. All of them are in the panel's queue.
    #[schema(max_items = 100)]
    promises_at_risk: Vec<AgendaItem>,
}

/// One item of an agenda.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgendaItem {
    request: Uuid,
    #[schema(example = "FD-7K3MQ-9XZT4")]
    reference: String,
    child: Option<ChildShown>,
    school_urn: Option<String>,
    school_name: Option<String>,
    #[schema(value_type = Option<String>, example = "SEMH")]
    primary_need: Option<Need>,
    #[schema(value_type = Option<String>)]
    area: Option<Area>,
    #[schema(value_type = String, example = "standard")]
    depth: Depth,
    /// Why the depth that is suggested is.
    #[schema(value_type = Vec<String>)]
    depth_reasons: Vec<DepthReason>,
    minutes: u16,
    #[schema(value_type = String, format = DateTime)]
    received_at: Option<Timestamp>,
    /// By when the panel's decision is promised; null while the school is waited for.
    #[schema(value_type = Option<String>, format = DateTime)]
    decision_due_at: Option<Timestamp>,
}

/// One line to be shown.
#[derive(Clone, Copy)]
struct Line {
    request: RequestId,
    depth: Depth,
    minutes: u16,
}

impl Line {
    const fn waiting(it: &Waiting) -> Self {
        Self { request: it.request, depth: it.depth, minutes: it.minutes }
    }
}

impl AgendaShown {
    pub(super) async fn of(
        app: &App,
        permit: &Permit,
        sitting: &Sitting,
        proposal: &Proposal,
    ) -> Result<Self, Problem> {
        let items: Vec<_> = sitting
            .items
            .iter()
            .map(|it| Line { request: it.request, depth: it.depth, minutes: it.minutes })
            .collect();
        let proposed: Vec<_> = proposal.items.iter().map(Line::waiting).collect();
        let at_risk: Vec<_> =
            proposal.at_risk.iter().take(MOST_AT_RISK).map(Line::waiting).collect();
        let all = items.iter().chain(&proposed).chain(&at_risk);
        let mut known = known(app, permit, sitting, all.map(|line| line.request)).await?;
        let planned_minutes = items.iter().map(|line| u32::from(line.minutes)).sum();
        let mut shown = |lines: Vec<Line>| {
            let shown = lines.into_iter().map(|line| item(line, known.remove(&line.request)));
            shown.collect()
        };
        Ok(Self {
            meeting: sitting.id.to_string(),
            minutes: sitting.minutes,
            planned_minutes,
            minutes_left: i64::from(sitting.minutes) - i64::from(planned_minutes),
            items: shown(items),
            proposal: shown(proposed),
            promises_at_risk_count: proposal.at_risk.len(),
            promises_at_risk: shown(at_risk),
        })
    }
}

/// A request as it stands, and its child.
type Known = (Detail, Option<ChildShown>);

/// The requests with their children, opened at once, as far as the caller may know them.
async fn known(
    app: &App,
    permit: &Permit,
    sitting: &Sitting,
    requests: impl Iterator<Item = RequestId>,
) -> Result<HashMap<RequestId, Known>, Problem> {
    let mut details = Vec::new();
    for request in requests {
        details.extend(app.views.request(Scope::All, request).await?);
    }
    let who = permit.caller.id();
    let names = |detail: &Detail| -> Option<SealedBox> {
        detail.item.identity.clone().filter(|_| !sitting.is_aside(who, detail.item.id))
    };
    let mut opened =
        permit.open(app, details.iter().filter_map(names).collect()).await?.into_iter();
    let known = details.into_iter().map(|detail| {
        let identity = names(&detail).and_then(|_| opened.next()).and_then(identity);
        let erased = detail.item.child_erased;
        let child = detail.item.child.map(|child| ChildShown::of(child, identity, erased));
        (detail.item.id, (detail, child))
    });
    Ok(known.collect())
}

fn item(line: Line, known: Option<Known>) -> AgendaItem {
    let (detail, child) = known.unzip();
    let case = detail.as_ref().map(|detail| &detail.case);
    let need = case.and_then(|case| case.intake.primary_need);
    let clock = case.and_then(|case| case.clocks.latest(domain::clock::Promise::PanelDecision));
    AgendaItem {
        request: line.request.0,
        reference: line.request.reference(),
        child: child.flatten(),
        school_urn: detail.as_ref().map(|detail| detail.item.urn.to_string()),
        school_name: detail.as_ref().and_then(|detail| detail.item.school_name.clone()),
        primary_need: need,
        area: need.map(Need::area),
        depth: line.depth,
        depth_reasons: case.map(|case| case.suggested_depth().reasons).unwrap_or_default(),
        minutes: line.minutes,
        received_at: case.map(|case| case.received_at),
        decision_due_at: clock.and_then(|clock| clock.due_at),
    }
}
