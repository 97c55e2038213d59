//! `POST /meetings/{id}/items/{request}/decide` and `…/defer`: what the panel says of an item.

use super::ruling::{Said, said};
use super::{Convened, OfItem, Sat, convene, within};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code, text_block};
use crate::openapi::{Refused, Write};
use crate::packages::body::PackageBody;
use crate::place::Places;
use crate::problem::Problem;
use crate::requests::actions::{read, request_id};
use crate::requests::schema::ReasonBody;
use axum::extract::State;
use domain::ids::{AccountId, RequestId};
use domain::meeting::event::Votes;
use domain::meeting::{Deciding, MeetingCommand, MeetingRefusal};
use domain::personal::{Dissent, Words};
use engine::Failure;
use serde_json::Value;
use utoipa::ToSchema;

/// The most members who are named at once: as many as a panel can have.
const MOST_MEMBERS: usize = 60;

/// What the panel decides, why, and who does not share it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"decision": "advice",
    "reason": {"code": "criteria_not_met", "criteria": ["specialist-sen/autism"],
        "text": "The school has yet to try what its adviser proposed."},
    "evidence": ["request", "cycle:1", "heard"]}))]
pub(crate) struct DecideBody {
    /// `package service advice defer decline ehc_assessment redirect`.
    decision: String,
    /// Where the decision is `package`.
    package: Option<PackageBody>,
    /// Where the decision is `service`.
    service: Option<String>,
    /// Where the decision is `redirect`: the number of the other authority.
    authority: Option<String>,
    /// Where the decision is `defer`: what the school is asked, one question each.
    #[schema(max_items = 20)]
    questions: Option<Vec<String>>,
    reason: ReasonBody,
    /// What it relies on: `request`, `provision`, `heard`, `cycle:1`, `specialist:camhs`,
    /// `document:<id>`.
    #[schema(max_items = 50)]
    evidence: Vec<String>,
    /// Where the panel decides by majority: how each of those in the room voted.
    votes: Option<VotesBody>,
    /// Who does not share the decision, and why.
    #[schema(max_items = 60)]
    dissent: Option<Vec<DissentBody>>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// How each of those in the room voted, by account.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct VotesBody {
    #[schema(rename = "for")]
    in_favour: Option<Vec<String>>,
    against: Option<Vec<String>>,
    abstained: Option<Vec<String>>,
}

/// A member who does not share a decision.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct DissentBody {
    member: String,
    #[schema(max_length = 5_000)]
    text: String,
}

/// Why an item is put off.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"why": "no_quorum"}))]
pub(crate) struct DeferBody {
    /// `information no_quorum no_time gone attendance`.
    why: String,
    #[schema(max_length = 5_000)]
    text: Option<String>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// Decide an item: by those who are in the room and do not stand aside, if they are a quorum.
#[utoipa::path(
    post, path = "/meetings/{id}/items/{request}/decide", operation_id = "decide_item",
    tag = "meetings",
    params(OfItem, Write),
    request_body(content = DecideBody, content_type = "application/json"),
    responses(Convened, Refused),
)]
pub(crate) async fn decide(
    State(app): State<App>,
    Places(id, request): Places,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let request = request_id(&request)?;
    let (deciding, effective_at) = read(&incoming.body, |form, faults| {
        let said = said(form, faults);
        let votes = form.optional("votes", faults, votes);
        let dissent = form.list("dissent", MOST_MEMBERS, faults, dissent);
        Some(deciding(request, said?, votes, dissent))
    })?;
    let named = deciding.dissent.clone();
    let command = MeetingCommand::Decide(Box::new(deciding));
    let context = incoming.context(effective_at);
    let meeting = within(&app, &incoming.permit, &id).await?;
    let done = app.engine.convene(&context, &meeting, command).await;
    done.map(|done| Sat::changed(&done)).map_err(|failure| refused(failure, &named))
}

/// Put an item off, back into the queue, without asking the school anything.
#[utoipa::path(
    post, path = "/meetings/{id}/items/{request}/defer", operation_id = "defer_item",
    tag = "meetings",
    params(OfItem, Write),
    request_body(content = DeferBody, content_type = "application/json"),
    responses(Convened, Refused),
)]
pub(crate) async fn defer(
    State(app): State<App>,
    Places(id, request): Places,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let request = request_id(&request)?;
    let ((why, text), effective_at) = read(&incoming.body, |form, faults| {
        let why = form.required("why", faults, code);
        let text = form.optional("text", faults, text_block(5_000));
        Some((why?, text))
    })?;
    let words = Words { text, ..Words::default() };
    let command = MeetingCommand::PutOff(request, why, words);
    convene(&app, &incoming, &id, effective_at, command).await
}

fn deciding(
    request: RequestId,
    said: Said,
    votes: Option<Votes>,
    dissent: Vec<Dissent>,
) -> Deciding {
    let Said { decision, reason, evidence, words } = said;
    Deciding { request, decision, reason, evidence, words, votes, dissent }
}

fn votes(value: &Value, at: &str, faults: &mut Faults) -> Option<Votes> {
    let mut form = Form::of(value, at, faults)?;
    let votes = Votes {
        for_it: form.list("for", MOST_MEMBERS, faults, code),
        against: form.list("against", MOST_MEMBERS, faults, code),
        abstained: form.list("abstained", MOST_MEMBERS, faults, code),
    };
    form.done(faults);
    Some(votes)
}

fn dissent(value: &Value, at: &str, faults: &mut Faults) -> Option<Dissent> {
    let mut form = Form::of(value, at, faults)?;
    let member: Option<AccountId> = form.required("member", faults, code);
    let text = form.required("text", faults, text_block(5_000));
    form.done(faults);
    Some(Dissent { member: member?, text: text? })
}

/// Who is named twice, or does not decide, is named where the body names them.
fn refused(failure: Failure, dissent: &[Dissent]) -> Problem {
    if let Failure::MeetingRefused(MeetingRefusal::NotDeciding(who)) = &failure
        && let Some(place) = dissent.iter().rposition(|it| it.member == *who)
    {
        return Problem::fault(&format!("/dissent/{place}/member"), failure.to_string());
    }
    failure.into()
}
