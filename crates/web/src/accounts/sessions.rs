//! `POST /accounts/{id}/end-sessions`: whoever signed in signs in again, on every node.

use super::named;
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::account::AccountCommand;
use domain::desk::DeskCommand;
use serde::Serialize;
use utoipa::ToSchema;

/// That they are over.
#[derive(Serialize, ToSchema)]
pub(crate) struct EndedBody {
    /// Every session of the account that had begun.
    ended: bool,
}

/// End every session of an account. Its keys stay good.
#[utoipa::path(
    post, path = "/accounts/{id}/end-sessions", operation_id = "end_sessions", tag = "access",
    params(("id" = String, Path, description = "The account"), Write),
    responses((status = 200, body = EndedBody), Refused),
)]
pub(crate) async fn end_sessions(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<EndedBody>, Problem> {
    let account = named(&*app.engine.desk().await?, &id)?.id.clone();
    let mut faults = Faults::default();
    let form = Form::of(&incoming.body, "", &mut faults);
    let read = form.map(|form| form.done(&mut faults));
    faults.or(read)?;
    let command = AccountCommand::EndSessions { account, before: app.engine.now() };
    let commands = vec![DeskCommand::Account(command)];
    let done = app.engine.configure(&incoming.context(None), commands).await?;
    Ok(Written::now(done, None, EndedBody { ended: true }))
}
