//! Accounts over the API: who may come in, as what, with which keys; administrators' work.
//!
//! Names of staff are shown to whoever may see names; an auditor sees accounts and roles.

pub(crate) mod change;
mod entry;
pub(crate) mod invite;
pub(crate) mod issue;
mod key_form;
pub(crate) mod keys;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod rotate;
pub(crate) mod scope;
pub(crate) mod sessions;
mod shown;

use crate::problem::Problem;
use domain::account::Account;
use domain::desk::Desk;
use domain::ids::{AccountId, KeyId};
use uuid::Uuid;

/// The account of this name, if there is one.
pub(crate) fn named<'a>(desk: &'a Desk, id: &str) -> Result<&'a Account, Problem> {
    let id: Option<AccountId> = id.parse().ok();
    id.and_then(|id| desk.accounts.get(&id)).ok_or_else(Problem::not_found)
}

/// The stream that an account is written in.
fn stream(id: &AccountId) -> String {
    format!("account-{id}")
}

/// The name of a key, if it could be one.
fn key_named(key: &str) -> Result<KeyId, Problem> {
    Uuid::try_parse(key).map(KeyId).map_err(|_| Problem::not_found())
}
