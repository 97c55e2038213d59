//! `GET /accounts` and `GET /accounts/{id}`: who may come in, and as what.

use super::named;
use super::shown::AccountShown;
use crate::app::{App, Permit};
use crate::openapi::{AtLeast, Unanswered};
use crate::page::Page;
use crate::place::Place;
use crate::problem::Problem;
use crate::query::Query;
use crate::written::Written;
use axum::Json;
use axum::extract::State;
use domain::account::{Account, Role};
use engine::Configured;
use utoipa::IntoParams;

/// Which accounts.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AccountQuery {
    /// Those of this role.
    role: Option<String>,
    /// At most so many; 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// Answer only when everything up to this position is known.
    at_least: Option<u64>,
}

/// Who may come in, by the accounts' names.
#[utoipa::path(
    get, path = "/accounts", operation_id = "list_accounts", tag = "access",
    params(AccountQuery),
    responses((status = 200, body = Page<AccountShown>), Unanswered),
)]
pub(crate) async fn list(
    State(app): State<App>,
    permit: Permit,
    mut query: Query,
) -> Result<Json<Page<AccountShown>>, Problem> {
    let role: Option<Role> = query.read("role");
    let (limit, cursor, at_least) = (query.limit(), query.text("cursor"), query.at_least());
    query.done()?;
    app.fresh(at_least).await?;
    let (desk, now) = (app.engine.desk().await?, app.engine.now());
    let after =
        |it: &&Account| cursor.as_ref().is_none_or(|cursor| it.id.as_str() > cursor.as_str());
    let of_role = |it: &&Account| role.is_none_or(|role| it.role == role);
    let items = desk.accounts.values().filter(after).filter(of_role).take(limit + 1).collect();
    let Page { items, next } = Page::of(items, limit, |it: &&Account| it.id.to_string());
    let named = permit.reach.names();
    let shown = |it: &Account| AccountShown::of(it, &desk, named, now);
    Ok(Json(Page { items: items.into_iter().map(shown).collect(), next }))
}

/// An account. Its `ETag` changes with whatever is recorded of it.
#[utoipa::path(
    get, path = "/accounts/{id}", operation_id = "read_account", tag = "access",
    params(("id" = String, Path, description = "The account"), AtLeast),
    responses((status = 200, body = AccountShown), Unanswered),
)]
pub(crate) async fn read(
    State(app): State<App>,
    permit: Permit,
    Place(id): Place,
    mut query: Query,
) -> Result<Written<AccountShown>, Problem> {
    let at_least = query.at_least();
    query.done()?;
    app.fresh(at_least).await?;
    let desk = app.engine.desk().await?;
    let account = named(&desk, &id)?;
    let shown = AccountShown::of(account, &desk, permit.reach.names(), app.engine.now());
    let version = app.engine.desk_version(&super::stream(&account.id)).await?;
    let known = Configured { position: app.engine.head(), replayed: false };
    Ok(Written::now(known, Some(version), shown))
}
