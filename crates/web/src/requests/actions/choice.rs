//! What a school decides about its own request: whether advice is enough, whether the
//! support came to what is said, how it all went.

use super::reason::words;
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{code, flag, text_block};
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::schema::WordsBody;
use axum::extract::State;
use domain::personal::Words;
use domain::request::{Agreement, Command, Feedback};
use utoipa::ToSchema;

/// Whether the support came to what the service says.
#[derive(ToSchema)]
#[schema(example = json!({"agreed": false, "text": "He still cannot follow a lesson."}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ConfirmBody {
    agreed: bool,
    /// Required when the school does not agree.
    #[schema(max_length = 10_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// How it went, in two questions.
#[derive(ToSchema)]
#[schema(example = json!({"quick": "yes", "helped": "partly",
    "comment": "The visit came soon; the written report took a while."}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct FeedbackBody {
    /// Whether the answer was quick: `yes`, `partly` or `no`.
    quick: String,
    /// Whether it helped: `yes`, `partly` or `no`.
    helped: String,
    #[schema(max_length = 5_000)]
    comment: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Take the advice: the request ends with it.
#[utoipa::path(
    post, path = "/requests/{id}/actions/accept-advice", operation_id = "accept_advice", tag = "school",
    params(OfRequest, Write),
    request_body(content = WordsBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn accept_advice(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let (words, effective_at) = read(&incoming.body, |form, faults| Some(words(form, faults)))?;
    act(&app, &incoming, &id, effective_at, Command::AcceptAdvice(words)).await
}

/// Ask for more than the advice: the request goes on, without a new form, to the one service
/// that fits or else to its panel.
#[utoipa::path(
    post, path = "/requests/{id}/actions/go-on", operation_id = "go_on", tag = "school",
    params(OfRequest, Write),
    request_body(content = WordsBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn go_on(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let (words, effective_at) = read(&incoming.body, |form, faults| Some(words(form, faults)))?;
    act(&app, &incoming, &id, effective_at, Command::GoOn(words)).await
}

/// Say whether the support came to what the service says. Agreed, the request ends;
/// otherwise it goes to the duty adviser.
#[utoipa::path(
    post, path = "/requests/{id}/actions/confirm-outcome", operation_id = "confirm_outcome", tag = "school",
    params(OfRequest, Write),
    request_body(content = ConfirmBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn confirm_outcome(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((agreed, words), effective_at) = read(&incoming.body, |form, faults| {
        let agreed = form.required("agreed", faults, flag);
        let words = words(form, faults);
        Some((agreed?, words))
    })?;
    let agreement = if agreed { Agreement::Agreed } else { Agreement::Disputed };
    act(&app, &incoming, &id, effective_at, Command::ConfirmOutcome(agreement, words)).await
}

/// Say how it went, once the request was answered or has ended. What is said last counts.
#[utoipa::path(
    post, path = "/requests/{id}/actions/give-feedback", operation_id = "give_feedback", tag = "school",
    params(OfRequest, Write),
    request_body(content = FeedbackBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn give_feedback(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((feedback, words), effective_at) = read(&incoming.body, |form, faults| {
        let quick = form.required("quick", faults, code);
        let helped = form.required("helped", faults, code);
        let text = form.optional("comment", faults, text_block(5_000));
        let words = Words { text, ..Words::default() };
        Some((Feedback { quick: quick?, helped: helped? }, words))
    })?;
    act(&app, &incoming, &id, effective_at, Command::GiveFeedback(feedback, words)).await
}
