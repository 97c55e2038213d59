//! `POST /accounts`: somebody may come in.

use super::shown::AccountShown;
use super::{entry, stream};
use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form, code};
use crate::openapi::{Refused, Write};
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use domain::account::Account;
use domain::desk::{Desk, DeskCommand};
use domain::ids::AccountId;
use serde_json::Value;

/// Open an account. It lets nobody in until it has a key, or somebody was invited to sign in.
#[utoipa::path(
    post, path = "/accounts", operation_id = "open_account", tag = "access",
    params(Write),
    request_body(content = entry::EntryBody, content_type = "application/json"),
    responses((status = 201, body = AccountShown), Refused),
)]
pub(crate) async fn open_account(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Written<AccountShown>, Problem> {
    let mut faults = Faults::default();
    let account = read(&incoming.body, &*app.engine.desk().await?, &mut faults);
    let account = faults.or(account)?;
    let id = account.id.clone();
    let command = DeskCommand::OpenAccount(account);
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    let desk = app.engine.desk().await?;
    let account = super::named(&desk, id.as_str())?;
    let shown = AccountShown::of(account, &desk, true, app.engine.now());
    let version = app.engine.desk_version(&stream(&id)).await?;
    Ok(Written::new(done, Some(version), shown).at(format!("/api/v1/accounts/{id}")))
}

fn read(body: &Value, desk: &Desk, faults: &mut Faults) -> Option<Account> {
    let mut form = Form::of(body, "", faults)?;
    let (said, id) = (form.has("id"), form.optional("id", faults, code::<AccountId>));
    let named = |name: &str| if said { id } else { AccountId::after(name).ok() };
    let account = entry::read(&mut form, named, desk, faults);
    form.done(faults);
    account
}
