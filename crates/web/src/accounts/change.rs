//! `PUT /accounts/{id}`: somebody is called otherwise, becomes something else, or comes in no
//! longer.

use super::shown::AccountShown;
use super::{entry, named, stream};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, flag};
use crate::openapi::{Refused, Write};
use crate::place::Place;
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::account::{Account, AccountCommand};
use domain::desk::{Desk, DeskCommand};
use domain::ids::AccountId;
use jiff::Timestamp;
use serde_json::Value;
use utoipa::ToSchema;

/// The whole entry of an account.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
#[schema(example = json!({"name": "Asha Rao", "role": "coordinator", "closed": false}))]
pub(crate) struct ChangeBody {
    #[schema(max_length = 200)]
    name: String,
    /// `school adviser coordinator service panel commissioner auditor dpo admin`.
    role: String,
    /// The school that it acts for: for the role `school`, required.
    school_urn: Option<String>,
    /// The service that it acts for: for the role `service`, required.
    service: Option<String>,
    /// Whether nobody comes in by it any more; `false` when left out.
    closed: Option<bool>,
}

/// Write an account's entry anew. When it may do something else from here on, or is closed, its
/// keys and its sessions end.
#[utoipa::path(
    put, path = "/accounts/{id}", operation_id = "change_account", tag = "access",
    params(("id" = String, Path, description = "The account"), Write),
    request_body(content = ChangeBody, content_type = "application/json"),
    responses((status = 200, body = AccountShown), Refused),
)]
pub(crate) async fn change(
    State(app): State<App>,
    Place(id): Place,
    incoming: Incoming,
) -> Result<Written<AccountShown>, Problem> {
    let desk = app.engine.desk().await?;
    let id = named(&desk, &id)?.id.clone();
    let mut faults = Faults::default();
    let entry = read(&incoming.body, &id, &desk, &mut faults);
    let (account, closed) = faults.or(entry)?;
    let by = incoming.permit.caller.id().clone();
    let commands = commands(&desk, account, closed, &by, app.engine.now());
    let done = app.engine.configure(&incoming.context(None), commands).await?;
    let desk = app.engine.desk().await?;
    let shown = AccountShown::of(named(&desk, id.as_str())?, &desk, true, app.engine.now());
    let version = app.engine.desk_version(&stream(&id)).await?;
    Ok(Written::now(done, Some(version), shown))
}

/// A closed account whose entry stays as it is stays closed.
fn commands(
    desk: &Desk,
    account: Account,
    closed: bool,
    by: &AccountId,
    at: Timestamp,
) -> Vec<DeskCommand> {
    let (id, by) = (account.id.clone(), Some(by.clone()));
    let same = desk.accounts.get(&id) == Some(&account);
    let mut commands = Vec::new();
    if !(closed && same) {
        commands.push(AccountCommand::Change { account, by: by.clone(), at });
    }
    if closed {
        commands.push(AccountCommand::Close { account: id, by, at });
    }
    commands.into_iter().map(DeskCommand::Account).collect()
}

fn read(body: &Value, id: &AccountId, desk: &Desk, faults: &mut Faults) -> Option<(Account, bool)> {
    let mut form = Form::of(body, "", faults)?;
    let account = entry::read(&mut form, |_| Some(id.clone()), desk, faults);
    let closed = form.optional("closed", faults, flag).unwrap_or_default();
    form.done(faults);
    Some((account?, closed))
}
