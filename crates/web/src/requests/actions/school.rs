//! What a school does to its own request.

use super::answers::answers;
use super::reason::words;
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::consent::consent;
use crate::requests::schema::{SupplyBody, WordsBody};
use axum::extract::State;
use domain::calendar::london;
use domain::personal::Words;
use domain::request::Command;

/// Supply what was asked for, or anything more.
#[utoipa::path(
    post, path = "/requests/{id}/actions/supply-information", operation_id = "supply_information", tag = "school",
    params(OfRequest, Write),
    request_body(content = SupplyBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn supply_information(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let today = london::wall(app.engine.now()).date();
    let ((said, answers, words), effective_at) = read(&incoming.body, |form, faults| {
        let said = form.optional("consent", faults, consent(today));
        let (answers, said_in_answer) = answers(form, faults);
        Some((said, answers, Words { answers: said_in_answer, ..words(form, faults) }))
    })?;
    let (consent, how) = match said {
        Some(said) => (Some(said.consent), said.override_reason.or(said.method)),
        None => (None, None),
    };
    let words = Words { consent: how, ..words };
    let command = Command::SupplyInformation(consent, answers, words);
    act(&app, &incoming, &id, effective_at, command).await
}

/// Take the request back.
#[utoipa::path(
    post, path = "/requests/{id}/actions/withdraw", operation_id = "withdraw", tag = "school",
    params(OfRequest, Write),
    request_body(content = WordsBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn withdraw(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let (words, effective_at) = read(&incoming.body, |form, faults| Some(words(form, faults)))?;
    act(&app, &incoming, &id, effective_at, Command::Withdraw(words)).await
}
