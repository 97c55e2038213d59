//! As whom somebody comes in whom the provider vouches for.

use super::dfe::Organisation;
use super::provider::{Provider, Vouched};
use crate::app::App;
use crate::problem::Problem;
use crate::security::{Happening, Why, record};
use crate::session::identity;
use domain::account::{Account, IdentityHash, Role};
use domain::desk::Desk;

/// An account that somebody comes in by.
pub(super) struct Entry {
    pub(super) account: Account,
    /// The invitation that lets them, if this is their first time.
    pub(super) invited: Option<IdentityHash>,
}

/// The account that is bound to them, that invites them, or that is their school's.
pub(super) async fn comes_in(
    app: &App,
    provider: &Provider,
    vouched: &Vouched,
    identity: &IdentityHash,
) -> Result<Entry, Problem> {
    let desk = app.engine.desk().await?;
    let Some(dfe) = &provider.dfe else {
        return known(app, &desk, provider, vouched, identity).ok_or_else(nobody);
    };
    let organisation = Organisation::of(&vouched.more).ok_or_else(nobody)?;
    let at = app.engine.now();
    let roles = dfe.roles(&provider.fetch, &organisation, &vouched.subject, at).await;
    let roles = roles.map_err(|cause| super::unreachable(&cause))?;
    let entry = if organisation.is_a_school() {
        let account = organisation.urn().and_then(|urn| of_school(&desk, urn));
        account.map(|account| Entry { account: account.clone(), invited: None })
    } else {
        known(app, &desk, provider, vouched, identity)
    };
    entry.filter(|entry| roles.contains(&entry.account.role)).ok_or_else(nobody)
}

fn known(
    app: &App,
    desk: &Desk,
    provider: &Provider,
    vouched: &Vouched,
    identity: &IdentityHash,
) -> Option<Entry> {
    if let Some(account) = desk.bound_to(identity) {
        return Some(Entry { account: account.clone(), invited: None });
    }
    let email = identity::of_email(&app.engine, &address(provider, vouched)?);
    let account = desk.invited_by(&email)?.clone();
    Some(Entry { account, invited: Some(email) })
}

/// The address that an invitation names. The usual claim counts only when the provider checked
/// it; another one is the provider's to keep right, by whoever configured it.
fn address(provider: &Provider, vouched: &Vouched) -> Option<String> {
    if provider.email_claim == "email" {
        return vouched.email.clone().filter(|_| vouched.email_verified);
    }
    vouched.more.get(&provider.email_claim)?.as_str().map(ToOwned::to_owned)
}

/// The account of a school: the first that is open, by name.
fn of_school<'a>(desk: &'a Desk, urn: &str) -> Option<&'a Account> {
    let (school, _) = desk.school_by_urn(&urn.parse().ok()?)?;
    let its = |account: &&Account| {
        account.role == Role::School && account.school == Some(school) && desk.is_open(&account.id)
    };
    desk.accounts.values().find(its)
}

fn nobody() -> Problem {
    let detail = "You are known to the sign-in service, but not to this front door. Ask its \
                  administrator to invite you.";
    record(Happening::NotSignedIn { why: Why::NoAccount });
    Problem::no_entry(detail)
}
