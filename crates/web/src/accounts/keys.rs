//! `GET /accounts/{id}/keys` and `DELETE /accounts/{id}/keys/{key}`: which keys there are, and
//! taking one back.

use super::shown::KeyShown;
use super::{key_named, named};
use crate::app::{App, Permit};
use crate::command::Incoming;
use crate::form::{Faults, Form};
use crate::openapi::{AtLeast, Refused, Unanswered, Write};
use crate::page::Page;
use crate::place::{Place, Places};
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use domain::account::{AccountCommand, Key};
use domain::desk::DeskCommand;
use serde::Serialize;
use utoipa::ToSchema;

/// The keys of an account that nobody took back, the newest first: what is known of them, never
/// the keys.
#[utoipa::path(
    get, path = "/accounts/{id}/keys", operation_id = "list_keys", tag = "access",
    params(("id" = String, Path, description = "The account"), AtLeast),
    responses((status = 200, body = Page<KeyShown>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    _: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Json<Page<KeyShown>>, Problem> {
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let (desk, now) = (app.engine.desk().await?, app.engine.now());
    let account = &named(&desk, &id)?.id;
    let mut keys: Vec<&Key> = desk.keys.values().filter(|key| key.account == *account).collect();
    keys.sort_by_key(|key| std::cmp::Reverse((key.issued_at, key.id)));
    let items = keys.into_iter().map(|key| KeyShown::of(key, now)).collect();
    Ok(Json(Page { items, next: None }))
}

/// That a key opens nothing any longer.
#[derive(Serialize, ToSchema)]
pub(crate) struct RevokedKey {
    revoked: bool,
}

/// Take a key back, at once and everywhere.
#[utoipa::path(
    delete, path = "/accounts/{id}/keys/{key}", operation_id = "revoke_key", tag = "access",
    params(
        ("id" = String, Path, description = "The account"),
        ("key" = String, Path, format = Uuid, description = "The key"),
        Write,
    ),
    responses((status = 200, body = RevokedKey), Refused),
)]
pub(crate) async fn revoke(
    State(app): State<App>,
    Places(id, key): Places,
    incoming: Incoming,
) -> Result<Written<RevokedKey>, Problem> {
    let desk = app.engine.desk().await?;
    let (account, key) = (named(&desk, &id)?.id.clone(), key_named(&key)?);
    let mut faults = Faults::default();
    let form = Form::of(&incoming.body, "", &mut faults);
    let read = form.map(|form| form.done(&mut faults));
    faults.or(read)?;
    let known = desk.key_of(&account, key).is_some();
    let command = DeskCommand::Account(AccountCommand::RevokeKey { account, key });
    let done = app.engine.configure(&incoming.context(None), vec![command]).await?;
    // A retry of what was done finds the key gone, and was right to ask.
    if known || done.replayed {
        Ok(Written::now(done, None, RevokedKey { revoked: true }))
    } else {
        Err(Problem::not_found())
    }
}
