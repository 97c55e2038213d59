//! `POST /meetings/{id}/ratify`: the officer gives the word that a meeting's decisions await.

use super::{Convened, OfMeeting, Sat, sitting};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, flag, via};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::requests::actions::read;
use crate::requests::actions::reason::reason;
use crate::requests::schema::ReasonBody;
use axum::extract::State;
use domain::ids::{AccountId, RequestId};
use domain::meeting::{ItemOutcome, MeetingCommand, Sitting};
use domain::request::Stated;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// The most items of a meeting.
const MOST_ITEMS: usize = 200;

/// The officer's word on each; everything of this meeting that awaits it, when left out. All
/// of it is recorded or none.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({}))]
pub(crate) struct RatifyBody {
    #[schema(max_items = 200)]
    items: Option<Vec<RatifyItemBody>>,
    #[schema(format = DateTime)]
    effective_at: Option<String>,
}

/// The officer's word on one decision; a reason where they do not agree.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct RatifyItemBody {
    #[schema(format = Uuid)]
    request: String,
    agreed: bool,
    reason: Option<ReasonBody>,
}

/// The officer's word on one decision.
struct Word {
    request: RequestId,
    agreed: bool,
    stated: Stated,
}

/// Say, as the officer whom the terms of reference name, whether decisions are in force.
#[utoipa::path(
    post, path = "/meetings/{id}/ratify", operation_id = "ratify_meeting", tag = "meetings",
    params(OfMeeting, Write),
    request_body(content = RatifyBody, content_type = "application/json"),
    responses(Convened, Refused),
)]
pub(crate) async fn ratify_meeting(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let (words, effective_at) = read(&incoming.body, |form, faults| {
        Some(form.has("items").then(|| form.list("items", MOST_ITEMS, faults, word)))
    })?;
    let officer = incoming.permit.caller.id();
    let (sitting, _) = sitting(&app, &incoming.permit, &id).await?;
    let words = words.unwrap_or_else(|| everything(&sitting, officer));
    let command = |word: Word| {
        MeetingCommand::Ratify(word.request, officer.clone(), word.agreed, word.stated)
    };
    let commands: Vec<_> = words.into_iter().map(command).collect();
    let context = incoming.context(effective_at);
    let done = app.engine.convene_all(&context, &sitting.id, &commands).await?;
    if commands.is_empty() && !done.replayed {
        let detail = "nothing of this meeting awaits your word";
        return Err(Problem::conflict(detail));
    }
    Ok(Sat::changed(&done))
}

/// Agreement to everything that awaits this officer's word.
fn everything(sitting: &Sitting, officer: &AccountId) -> Vec<Word> {
    let awaits = sitting.items.iter().filter(|item| match &item.outcome {
        Some(ItemOutcome::Decided(decided, _)) => {
            decided.awaits.as_ref() == Some(officer) && item.ratification.is_none()
        }
        Some(ItemOutcome::Deferred(..)) | None => false,
    });
    let agreed =
        awaits.map(|item| Word { request: item.request, agreed: true, stated: Stated::default() });
    agreed.collect()
}

fn word(value: &Value, at: &str, faults: &mut Faults) -> Option<Word> {
    let mut form = Form::of(value, at, faults)?;
    let request = form.required("request", faults, request);
    let agreed = form.required("agreed", faults, flag);
    let stated = reason(&mut form, faults);
    if agreed == Some(false) && stated.reason.is_none() {
        faults.say(&form.at("reason"), "not to agree needs a reason");
    }
    form.done(faults);
    Some(Word { request: request?, agreed: agreed?, stated })
}

/// The id of a request.
pub(super) fn request(value: &Value, at: &str, faults: &mut Faults) -> Option<RequestId> {
    via(value, at, faults, |text| {
        let id = Uuid::try_parse(text).map(RequestId);
        id.map_err(|_| "the id of a request".to_owned())
    })
}
