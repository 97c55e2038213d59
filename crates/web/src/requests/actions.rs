//! `POST /requests/{id}/actions/…`: what can be done to a request, one file for each kind
//! of person who does it.

pub(crate) mod advice;
pub(crate) mod answers;
pub(crate) mod assign;
pub(crate) mod child;
pub(crate) mod choice;
pub(crate) mod duty;
pub(crate) mod elsewhere;
pub(crate) mod hand_over;
pub(crate) mod open;
pub(crate) mod parts;
mod reason;
pub(crate) mod school;
pub(crate) mod service;
pub(crate) mod statutory;

use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, instant};
use crate::problem::Problem;
use domain::ids::RequestId;
use domain::request::Command;
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

/// Reads what an action says. Every action may say when it happened.
fn read<T>(
    body: &Value,
    said: impl FnOnce(&mut Form<'_>, &mut Faults) -> Option<T>,
) -> Result<(T, Option<Timestamp>), Problem> {
    let mut faults = Faults::default();
    let read = Form::of(body, "", &mut faults).and_then(|mut form| {
        let said = said(&mut form, &mut faults);
        let effective_at = form.optional("effective_at", &mut faults, instant);
        form.done(&mut faults);
        said.map(|said| (said, effective_at))
    });
    faults.or(read)
}

/// Carries out an action on a request that lies within the caller's reach. One that does
/// not is not there.
async fn act(
    app: &App,
    incoming: &Incoming,
    id: &str,
    effective_at: Option<Timestamp>,
    command: Command,
) -> Result<Answer, Problem> {
    let request = request_id(id)?;
    let (state, _) = app.engine.request(request).await?;
    let permit = &incoming.permit;
    let within = state.case().is_some_and(|case| permit.reach.covers(&permit.caller, case));
    if !within {
        return Err(Problem::not_found());
    }
    if effective_at.is_some() && permit.caller.school().is_some() {
        let detail = "only the council's staff can log what happened earlier";
        return Err(Problem::fault("/effective_at", detail));
    }
    let done = app.engine.act(&incoming.context(effective_at), request, command).await?;
    Ok(Answer::changed(done))
}

/// An id that is none names nothing.
pub(crate) fn request_id(id: &str) -> Result<RequestId, Problem> {
    Uuid::try_parse(id).map(RequestId).map_err(|_| Problem::not_found())
}
