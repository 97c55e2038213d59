//! `POST /requests/{id}/actions/…`: what can be done to a request, one file for each kind
//! of person who does it.

pub(crate) mod advice;
pub(crate) mod answers;
pub(crate) mod assign;
pub(crate) mod break_glass;
pub(crate) mod child;
pub(crate) mod choice;
pub(crate) mod duty;
pub(crate) mod elsewhere;
pub(crate) mod hand_over;
pub(crate) mod open;
pub(crate) mod package;
pub(crate) mod panel;
pub(crate) mod parts;
pub(crate) mod reason;
pub(crate) mod school;
pub(crate) mod service;
pub(crate) mod set_depth;
pub(crate) mod statutory;

use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, instant};
use crate::problem::Problem;
use domain::ids::RequestId;
use domain::request::{Case, Command};
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

/// Reads what an action says. Every action may say when it happened.
pub(crate) fn read<T>(
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
    let request = within(app, incoming, id).await?.id;
    let permit = &incoming.permit;
    if effective_at.is_some() && permit.caller.school().is_some() {
        let detail = "only the council's staff can log what happened earlier";
        return Err(Problem::fault("/effective_at", detail));
    }
    let done = app.engine.act(&incoming.context(effective_at), request, command).await?;
    Ok(Answer::changed(&done))
}

/// A request that lies within the caller's reach, as it stands.
async fn within(app: &App, incoming: &Incoming, id: &str) -> Result<Case, Problem> {
    let (state, _) = app.engine.request(request_id(id)?).await?;
    let permit = &incoming.permit;
    let case = state.case().filter(|case| permit.reach.covers(&permit.caller, case));
    case.cloned().ok_or_else(Problem::not_found)
}

/// An id that is none names nothing.
pub(crate) fn request_id(id: &str) -> Result<RequestId, Problem> {
    Uuid::try_parse(id).map(RequestId).map_err(|_| Problem::not_found())
}
