//! A request as one line of a panel's queue.

use crate::app::{App, Permit};
use crate::problem::Problem;
use crate::requests::list::lines;
use crate::requests::shown::Line;
use domain::desk::Desk;
use domain::ids::RequestId;
use domain::panel::{Depth, DepthReason, Panel};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;
use views::Queued;

/// A request that a panel has before it.
#[derive(Serialize, ToSchema)]
pub(crate) struct QueueLine {
    #[serde(flatten)]
    request: Line,
    /// `queued`, `on_agenda` or `awaiting_information`.
    #[schema(value_type = String, example = "queued")]
    standing: &'static str,
    /// The meeting that will take it up.
    #[schema(value_type = Option<String>)]
    meeting: Option<String>,
    /// Since when the panel has it before it,
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// which is so many working days ago.
    age_working_days: u32,
    /// When the panel's decision is promised; null while the school is waited for.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// The promise is broken.
    overdue: bool,
    /// The promise ends before the meeting that would decide is over, as things stand.
    at_risk: bool,
    /// How deep it is discussed: `consent`, `standard` or `in_depth`.
    #[schema(value_type = String, example = "standard")]
    depth: Depth,
    suggestion: SuggestionShown,
    /// Whether a person says how deep it is discussed.
    depth_set: bool,
    /// How long it may take, by the panel's terms.
    minutes: u16,
    /// How often the panel has put it off.
    deferrals: u16,
}

/// How deep a request had better be discussed, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuggestionShown {
    #[schema(value_type = String, example = "in_depth")]
    depth: Depth,
    /// The weightiest first.
    reasons: Vec<ReasonShown>,
}

/// Why a request is suggested to be discussed so deep.
#[derive(Serialize, ToSchema)]
#[schema(as = DepthReasonShown)]
pub(crate) struct ReasonShown {
    #[schema(value_type = String, example = "exclusion")]
    code: DepthReason,
    #[schema(example = "the child is excluded, or may be")]
    says: &'static str,
}

/// How lines of one queue are shown.
pub(super) struct Showing<'a> {
    pub(super) app: &'a App,
    pub(super) permit: &'a Permit,
    pub(super) desk: &'a Desk,
    pub(super) terms: &'a Panel,
    pub(super) at_risk: &'a BTreeSet<RequestId>,
}

impl Showing<'_> {
    /// As they are shown to this caller: who the children are is opened once for all of them.
    pub(super) async fn lines(&self, queued: Vec<Queued>) -> Result<Vec<QueueLine>, Problem> {
        let items = queued.iter().map(|it| it.item.clone()).collect();
        let shown = lines(self.app, self.permit, items).await?;
        Ok(shown.into_iter().zip(&queued).map(|(line, it)| self.line(line, it)).collect())
    }

    fn line(&self, request: Line, queued: &Queued) -> QueueLine {
        let (now, standing) = (self.app.engine.now(), &queued.standing);
        let reason = |code: &DepthReason| ReasonShown { code: *code, says: code.says() };
        QueueLine {
            request,
            standing: standing.state.as_str(),
            meeting: standing.meeting.as_ref().map(ToString::to_string),
            since: standing.since,
            age_working_days: self.desk.calendar.working_days_between(standing.since, now),
            due_at: standing.due_at,
            overdue: standing.due_at.is_some_and(|due| due < now),
            at_risk: self.at_risk.contains(&standing.request),
            depth: standing.depth,
            suggestion: SuggestionShown {
                depth: queued.suggested,
                reasons: queued.reasons.iter().map(reason).collect(),
            },
            depth_set: queued.depth_set,
            minutes: self.terms.minutes_for.depth(standing.depth),
            deferrals: queued.deferrals,
        }
    }
}
