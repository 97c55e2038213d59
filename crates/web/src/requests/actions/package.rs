//! What is done about a package of support: a service asks about its part, the panel answers,
//! and whoever reviews it says what was found and what follows.

use super::reason::words;
use super::service::own;
use super::{act, read};
use crate::answer::Answer;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code, date, list, number, text_block, via};
use crate::openapi::{Changed, OfRequest, Refused, Write};
use crate::packages::body::{PackageBody, package};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::schema::WordsBody;
use axum::extract::State;
use domain::package::{OutcomeMet, ReviewResult};
use domain::personal::{MeasuredWords, PackageWords, ReviewWords};
use domain::request::{Command, Follows, Review};
use serde_json::Value;
use utoipa::ToSchema;

/// More results than a package has contributions.
const MOST_RESULTS: usize = 60;

/// To which service, and what.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"service": "sensory-support",
    "text": "Two visits before half term are enough."}))]
pub(crate) struct AnswerQueryBody {
    service: String,
    #[schema(max_length = 10_000)]
    text: String,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// What was found of each contribution that is running, and what follows.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"results": [{"number": 1, "outcome": "partly",
    "measure": "Asked for help in words on three days of five."}],
    "text": "She has come far.", "then": "continue", "review_on": "2027-05-03"}))]
pub(crate) struct ReviewBody {
    #[schema(max_items = 60)]
    results: Vec<ReviewResultBody>,
    #[schema(max_length = 10_000)]
    text: String,
    /// `continue` (with `review_on`), `change` or `extend` (with `package`, which holds from
    /// today on), `end`, or `refer` back to the panel.
    then: String,
    /// When it is reviewed again.
    #[schema(format = Date)]
    review_on: Option<String>,
    package: Option<PackageBody>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// What was found of one contribution.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ReviewResultBody {
    /// The contribution, by its number.
    number: u16,
    /// `met partly not_met`.
    outcome: String,
    /// What was measured, and what came of it.
    #[schema(max_length = 2_000)]
    measure: String,
}

/// Ask about the own part in a package before taking it on.
#[utoipa::path(
    post, path = "/requests/{id}/actions/query", operation_id = "query_part", tag = "packages",
    params(OfRequest, Write),
    request_body(content = WordsBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn query(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let service = own(&incoming)?;
    let (words, effective_at) = read(&incoming.body, |form, faults| Some(words(form, faults)))?;
    act(&app, &incoming, &id, effective_at, Command::QueryPart(service, words)).await
}

/// Answer what a service asked about its part.
#[utoipa::path(
    post, path = "/requests/{id}/actions/answer-query", operation_id = "answer_query",
    tag = "packages",
    params(OfRequest, Write),
    request_body(content = AnswerQueryBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn answer_query(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let ((service, words), effective_at) = read(&incoming.body, |form, faults| {
        let service = form.required("service", faults, code);
        let words = words(form, faults);
        Some((service?, words))
    })?;
    act(&app, &incoming, &id, effective_at, Command::AnswerQuery(service, words)).await
}

/// Review the package: as the panel, or as the service of the key worker. What a change adds
/// beyond what the terms of reference let pass is refused: refer it to the panel.
#[utoipa::path(
    post, path = "/requests/{id}/actions/review-package", operation_id = "review_package",
    tag = "packages",
    params(OfRequest, Write),
    request_body(content = ReviewBody, content_type = "application/json"),
    responses(Changed, Refused),
)]
pub(crate) async fn review_package(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Answer, Problem> {
    let caller = &incoming.permit.caller;
    let (by, as_service) = (caller.id().clone(), caller.service().cloned());
    let ((results, follows, words), effective_at) = read(&incoming.body, review)?;
    let review = Review { by, as_service, results, follows, words };
    act(&app, &incoming, &id, effective_at, Command::ReviewPackage(Box::new(review))).await
}

fn review(
    form: &mut Form<'_>,
    faults: &mut Faults,
) -> Option<(Vec<ReviewResult>, Follows, ReviewWords)> {
    let results = form.required("results", faults, list(MOST_RESULTS, result));
    let text = form.required("text", faults, text_block(10_000));
    let follows = follows(form, faults);
    let (results, measured) = results?.into_iter().unzip();
    let (follows, package) = follows?;
    Some((results, follows, ReviewWords { text: text?, measured, package }))
}

fn result(value: &Value, at: &str, faults: &mut Faults) -> Option<(ReviewResult, MeasuredWords)> {
    let mut form = Form::of(value, at, faults)?;
    let number = form.required("number", faults, number(1, 10_000));
    let outcome: Option<OutcomeMet> = form.required("outcome", faults, code);
    let measure = form.required("measure", faults, text_block(2_000));
    form.done(faults);
    let result = ReviewResult { number: number?, outcome: outcome? };
    Some((result, MeasuredWords { measure: measure? }))
}

/// What follows. A review date is asked for to go on, and a package to change it; anything else
/// has neither.
fn follows(form: &mut Form<'_>, faults: &mut Faults) -> Option<(Follows, Option<PackageWords>)> {
    const WORDS: [&str; 5] = ["continue", "change", "extend", "end", "refer"];
    let then = form.required("then", faults, |value, at, faults| {
        via(value, at, faults, |text| {
            let known = WORDS.into_iter().find(|word| *word == text);
            known.ok_or_else(|| format!("one of: {}", WORDS.join(", ")))
        })
    })?;
    match then {
        "continue" => {
            let review_on = form.required("review_on", faults, date)?;
            Some((Follows::Continue(review_on), None))
        }
        "change" | "extend" => {
            let (draft, words) = form.required("package", faults, package)?;
            Some((Follows::Change(draft), Some(words)))
        }
        "end" => Some((Follows::End, None)),
        _ => Some((Follows::Refer, None)),
    }
}
