//! `POST /meetings/{id}/publish` and `…/items/{request}/pack`: members can read what they will
//! decide on, each version for ever.

use super::{Convened, OfItem, OfMeeting, Sat, convene};
use crate::app::App;
use crate::command::Incoming;
use crate::openapi::{Refused, Write};
use crate::place::{Place, Places};
use crate::problem::Problem;
use crate::requests::actions::{read, request_id};
use axum::extract::State;
use domain::meeting::MeetingCommand;

/// Publish the packs: one for every item that has none.
#[utoipa::path(
    post,
    path = "/meetings/{id}/publish",
    operation_id = "publish_packs",
    tag = "meetings",
    params(OfMeeting, Write),
    responses(Convened, Refused)
)]
pub(crate) async fn publish(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let ((), effective_at) = read(&incoming.body, |_, _| Some(()))?;
    convene(&app, &incoming, &id, effective_at, MeetingCommand::Publish).await
}

/// Publish another version of an item's pack, if anything has come in since the last.
#[utoipa::path(
    post,
    path = "/meetings/{id}/items/{request}/pack",
    operation_id = "renew_pack",
    tag = "meetings",
    params(OfItem, Write),
    responses(Convened, Refused)
)]
pub(crate) async fn renew_pack(
    State(app): State<App>,
    Places(id, request): Places,
    incoming: Incoming,
) -> Result<Sat, Problem> {
    let request = request_id(&request)?;
    let ((), effective_at) = read(&incoming.body, |_, _| Some(()))?;
    convene(&app, &incoming, &id, effective_at, MeetingCommand::RenewPack(request)).await
}
