//! `GET|PUT /retention`: how long each class of records is kept.

use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::entry::{Entry, entry};
use crate::form::{Faults, Form, code, number, text};
use crate::openapi::{Refused, Unanswered, Write};
use crate::problem::{Fault, Problem};
use crate::query::Query;
use crate::written::Written;
use axum::extract::State;
use domain::desk::DeskCommand;
use domain::retention::{
    Period, RecordClass, RetentionFault, RetentionRule, RetentionSchedule, RunsFrom,
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The most characters of where a rule comes from.
const MOST_SOURCE_CHARS: usize = 300;

/// How long records are kept, by class. A class that is left out has its default.
#[derive(Serialize, ToSchema)]
pub(crate) struct RetentionBody {
    /// The rule of each class: `looked_after`, `statutory_assessment`, `supported`,
    /// `redirected`, `closed_without_support` and `draft`.
    #[schema(value_type = Object, example = json!({"supported": {"from": "date_of_birth",
        "keep": {"years": 25}, "source": "IRMS Toolkit for Schools"}}))]
    rules: BTreeMap<RecordClass, RetentionRule>,
}

impl RetentionBody {
    fn of(schedule: &RetentionSchedule) -> Self {
        Self { rules: schedule.rules.clone() }
    }
}

/// The rules in force, each with where it comes from.
#[utoipa::path(
    get, path = "/retention", operation_id = "read_retention", tag = "privacy",
    responses((status = 200, body = RetentionBody), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    _: Permit,
    query: Query,
) -> Result<Entry<RetentionBody>, Problem> {
    query.done()?;
    let version = app.engine.desk_version("council").await?;
    let desk = app.engine.desk().await?;
    Ok(entry(version, RetentionBody::of(&desk.retention)))
}

/// Set all of them anew. Nothing is disposed of by it: what falls due by the new rules is shown
/// by `GET /retention/due` first.
#[utoipa::path(
    put, path = "/retention", operation_id = "set_retention", tag = "privacy",
    params(Write),
    request_body(content = RetentionBody, content_type = "application/json"),
    responses((status = 200, body = RetentionBody), Refused),
)]
pub(crate) async fn set(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Written<RetentionBody>, Problem> {
    let mut faults = Faults::default();
    let schedule = schedule(&incoming.body, &mut faults);
    let schedule = faults.or(schedule)?;
    let command = DeskCommand::SetRetention(schedule.clone());
    let set = app.engine.configure(&incoming.context(None), vec![command]).await?;
    Ok(Written::now(set, None, RetentionBody::of(&schedule)))
}

fn schedule(body: &Value, faults: &mut Faults) -> Option<RetentionSchedule> {
    let mut form = Form::of(body, "", faults)?;
    let rules = form.optional("rules", faults, |value, at, faults| {
        let mut form = Form::of(value, at, faults)?;
        let mut rules = RetentionSchedule::default().rules;
        for class in RecordClass::ALL {
            rules.extend(form.optional(class.code(), faults, rule).map(|rule| (*class, rule)));
        }
        form.done(faults);
        Some(rules)
    });
    form.done(faults);
    Some(RetentionSchedule { rules: rules.unwrap_or_else(|| RetentionSchedule::default().rules) })
}

fn rule(value: &Value, at: &str, faults: &mut Faults) -> Option<RetentionRule> {
    let mut form = Form::of(value, at, faults)?;
    let from: Option<RunsFrom> = form.required("from", faults, code);
    let keep = form.required("keep", faults, period);
    let source = form.required("source", faults, text(MOST_SOURCE_CHARS));
    form.done(faults);
    Some(RetentionRule { from: from?, keep: keep?, source: source? })
}

fn period(value: &Value, at: &str, faults: &mut Faults) -> Option<Period> {
    let mut form = Form::of(value, at, faults)?;
    let years = form.optional("years", faults, number(1, 120)).map(Period::Years);
    let days = form.optional("days", faults, number(1, 3_650)).map(Period::Days);
    let both = form.has("years") == form.has("days");
    form.done(faults);
    if both {
        faults.say(at, "either “years” or “days”");
    }
    years.or(days)
}

/// What makes no sense, where it stands in the body.
pub(crate) fn of_schedule(faults: Vec<RetentionFault>) -> Problem {
    let fault = |it: RetentionFault| Fault {
        pointer: format!("/rules/{}/{}", it.class, it.field),
        detail: it.says.to_owned(),
    };
    Problem::invalid(faults.into_iter().map(fault).collect())
}
