//! `GET|PUT /policy`: how strictly the council watches its own promises.

use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::entry::{Entry, entry};
use crate::form::{Faults, Form, code, number};
use crate::openapi::{Refused, Unanswered, Write};
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::extract::State;
use domain::desk::{DeskCommand, DeskRefusal};
use domain::policy::Policy;
use engine::Failure;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// When somebody is warned, reminded, or told that a promise was broken. A setting that is left
/// out has its default.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicyBody {
    /// At which part of a promise's working time somebody is warned, in percent.
    #[schema(minimum = 1, maximum = 99, default = 75)]
    warn_at_percent: u8,
    /// How long after a breach the line manager is told, in working minutes; 0: at once.
    #[schema(minimum = 0, maximum = 124_800, default = 0)]
    escalate_after_working_minutes: u32,
    /// Who is told where a team has no line manager, by account.
    escalate_to: Option<String>,
    /// How long the school is left with a question before it is reminded, in working days.
    #[schema(minimum = 1, maximum = 260, default = 3)]
    remind_after_working_days: u32,
    /// After how long an unanswered question goes back to the adviser, in working days.
    #[schema(minimum = 1, maximum = 260, default = 15)]
    question_lapses_after_working_days: u32,
    /// After how long a review of a package that is due, and that nobody has recorded, is asked
    /// for again, in working days. From the second time on the line manager is told too.
    #[schema(minimum = 1, maximum = 260, default = 5)]
    chase_review_after_working_days: u32,
}

impl PolicyBody {
    fn of(policy: &Policy) -> Self {
        Self {
            warn_at_percent: policy.warn_at_percent,
            escalate_after_working_minutes: policy.escalate_after_working_minutes,
            escalate_to: policy.escalate_to.as_ref().map(ToString::to_string),
            remind_after_working_days: policy.remind_after_working_days,
            question_lapses_after_working_days: policy.question_lapses_after_working_days,
            chase_review_after_working_days: policy.chase_review_after_working_days,
        }
    }
}

/// The settings in force.
#[utoipa::path(
    get, path = "/policy", operation_id = "read_policy", tag = "directory",
    responses((status = 200, body = PolicyBody), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    _: Permit,
    query: Query,
) -> Result<Entry<PolicyBody>, Problem> {
    query.done()?;
    let version = app.engine.desk_version("council").await?;
    let desk = app.engine.desk().await?;
    Ok(entry(version, PolicyBody::of(&desk.policy)))
}

/// Set all of them anew.
#[utoipa::path(
    put, path = "/policy", operation_id = "set_policy", tag = "directory",
    params(Write),
    request_body(content = PolicyBody, content_type = "application/json"),
    responses((status = 200, body = PolicyBody), Refused),
)]
pub(crate) async fn set(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Written<PolicyBody>, Problem> {
    let mut faults = Faults::default();
    let policy = policy(&incoming.body, &mut faults);
    let policy = faults.or(policy)?;
    let command = DeskCommand::SetPolicy(policy.clone());
    let set = app.engine.configure(&incoming.context(None), vec![command]).await;
    if let Err(Failure::DeskRefused(unknown @ DeskRefusal::UnknownAccount(_))) = &set {
        return Err(Problem::fault("/escalate_to", unknown.to_string()));
    }
    Ok(Written::now(set?, None, PolicyBody::of(&policy)))
}

fn policy(body: &Value, faults: &mut Faults) -> Option<Policy> {
    let usual = Policy::default();
    let mut form = Form::of(body, "", faults)?;
    let warn = form.optional("warn_at_percent", faults, number(1, 99));
    let minutes = form.optional("escalate_after_working_minutes", faults, number(0, 124_800));
    let escalate_to = form.optional("escalate_to", faults, code);
    let remind = form.optional("remind_after_working_days", faults, number(1, 260));
    let lapse = form.optional("question_lapses_after_working_days", faults, number(1, 260));
    let chase = form.optional("chase_review_after_working_days", faults, number(1, 260));
    form.done(faults);
    Some(Policy {
        warn_at_percent: warn.unwrap_or(usual.warn_at_percent),
        escalate_after_working_minutes: minutes.unwrap_or(usual.escalate_after_working_minutes),
        escalate_to,
        remind_after_working_days: remind.unwrap_or(usual.remind_after_working_days),
        question_lapses_after_working_days: lapse
            .unwrap_or(usual.question_lapses_after_working_days),
        chase_review_after_working_days: chase.unwrap_or(usual.chase_review_after_working_days),
    })
}
