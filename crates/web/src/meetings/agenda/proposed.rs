//! What a meeting could take up beside what is on its agenda: planned as the panel's queue plans
//! its next meeting.

use crate::app::App;
use crate::panels::plan::Plan;
use crate::problem::Problem;
use domain::meeting::Sitting;
use domain::panel::{MeetingToCome, Proposal};

/// What is proposed for the time that is left.
pub(super) async fn proposal(app: &App, sitting: &Sitting) -> Result<Proposal, Problem> {
    let desk = app.engine.desk().await?;
    let (terms, _) = desk.terms(&sitting.panel).ok_or_else(Problem::not_found)?;
    let this = MeetingToCome {
        meeting: Some(sitting.id.clone()),
        starts_at: sitting.starts_at,
        ends_at: sitting.ends_at(),
    };
    let after = desk.meetings_to_come(&terms.id, this.ends_at, 1).into_iter().next();
    Ok(Plan::between(app, &desk, terms, (Some(this), after), None).await?.proposal)
}
