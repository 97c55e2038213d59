//! What the duty adviser and the coordinator do to a request.

use super::reason::{reason, words};
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code, text_block};
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::schema::{AskBody, CloseBody, ReferBody, RouteBody, WordsBody};
use axum::extract::State;
use domain::codes::Ending;
use domain::personal::Words;
use domain::request::Command;

const MOST_QUESTIONS: usize = 20;

/// Questions, one by one, or a text that asks.
fn questions(form: &mut Form<'_>, faults: &mut Faults) -> Words {
    let questions = form.list("questions", MOST_QUESTIONS, faults, text_block(2_000));
    Words { questions, ..words(form, faults) }
}

/// Ask the school. A considered question answers it; from here on it is its turn.
#[utoipa::path(
    post, path = "/requests/{id}/actions/ask-information", operation_id = "ask_information", tag = "duty",
    params(OfRequest, Write),
    request_body(content = AskBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn ask_information(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let (asked, effective_at) = read(&incoming.body, |form, faults| Some(questions(form, faults)))?;
    act(&app, &incoming, &id, effective_at, Command::AskInformation(asked)).await
}

/// Send it to a service. Against the rules only with a reason.
#[utoipa::path(
    post, path = "/requests/{id}/actions/route", operation_id = "route", tag = "duty",
    params(OfRequest, Write),
    request_body(content = RouteBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn route(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((service, stated), effective_at) = read(&incoming.body, |form, faults| {
        let service = form.required("service", faults, code);
        let stated = reason(form, faults);
        Some((service?, stated))
    })?;
    act(&app, &incoming, &id, effective_at, Command::Route(service, stated)).await
}

/// Send it to a panel. Against the rules only with a reason.
#[utoipa::path(
    post, path = "/requests/{id}/actions/refer-to-panel", operation_id = "refer_to_panel", tag = "duty",
    params(OfRequest, Write),
    request_body(content = ReferBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn refer_to_panel(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((panel, stated), effective_at) = read(&incoming.body, |form, faults| {
        Some((form.optional("panel", faults, code), reason(form, faults)))
    })?;
    act(&app, &incoming, &id, effective_at, Command::ReferToPanel(panel, stated)).await
}

/// End it.
#[utoipa::path(
    post, path = "/requests/{id}/actions/close", operation_id = "close", tag = "duty",
    params(OfRequest, Write),
    request_body(content = CloseBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn close(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((ending, words), effective_at) = read(&incoming.body, |form, faults| {
        let ending = form.optional("ending", faults, code);
        Some((ending.unwrap_or(Ending::SupportComplete), words(form, faults)))
    })?;
    act(&app, &incoming, &id, effective_at, Command::Close(ending, words)).await
}

/// Take it up again.
#[utoipa::path(
    post, path = "/requests/{id}/actions/reopen", operation_id = "reopen", tag = "duty",
    params(OfRequest, Write),
    request_body(content = WordsBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn reopen(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let (words, effective_at) = read(&incoming.body, |form, faults| Some(words(form, faults)))?;
    act(&app, &incoming, &id, effective_at, Command::Reopen(words)).await
}

/// Make an internal note, which the school never sees.
#[utoipa::path(
    post, path = "/requests/{id}/actions/note", operation_id = "note", tag = "duty",
    params(OfRequest, Write),
    request_body(content = WordsBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn note(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let (words, effective_at) = read(&incoming.body, |form, faults| Some(words(form, faults)))?;
    act(&app, &incoming, &id, effective_at, Command::Note(words)).await
}
