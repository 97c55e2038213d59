//! `POST /notices/{id}/retry`: a message that nobody could deliver is tried again.

use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::ids::NoticeId;
use domain::notice::Delivery;
use engine::Configured;
use serde::Serialize;
use utoipa::ToSchema;
use views::NoticeState;

/// That it is tried again.
#[derive(Serialize, ToSchema)]
pub(crate) struct RetriedBody {
    #[schema(value_type = String, format = Uuid)]
    id: NoticeId,
    /// How far it is now: `waiting`, or already further.
    #[schema(example = "waiting")]
    state: &'static str,
}

/// Try a message again that was given up. One that waits or was sent is left alone.
#[utoipa::path(
    post, path = "/notices/{id}/retry", operation_id = "retry_notice", tag = "notices",
    params(("id" = String, Path, description = "The message's name"), Write),
    responses((status = 200, body = RetriedBody), Refused),
)]
pub(crate) async fn retry(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<RetriedBody>, Problem> {
    let mut faults = Faults::default();
    let form = Form::of(&incoming.body, "", &mut faults);
    let read = form.map(|form| form.done(&mut faults));
    faults.or(read)?;
    let notice: NoticeId = id.parse().map_err(|_| Problem::not_found())?;
    let done = app.engine.put_back(&incoming.context(None), &notice).await?;
    let state = match done.message.delivery {
        Delivery::Waiting { .. } => NoticeState::Waiting,
        Delivery::Sent => NoticeState::Sent,
        Delivery::GivenUp => NoticeState::GivenUp,
    };
    let configured = Configured { position: done.position, replayed: done.replayed };
    let retried = RetriedBody { id: notice, state: state.as_str() };
    Ok(Written::now(configured, None, retried))
}
