//! Who is calling: a key, looked up, and what it stands for.

use axum::http::{HeaderMap, header};
use domain::account::{Account, KeyHash, Role};
use domain::desk::Desk;
use domain::ids::{AccountId, PanelId, SchoolId, ServiceSlug};
use engine::Actor;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use subtle::ConstantTimeEq;

/// Which keys open the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Those issued to accounts.
    Issued,
    /// Those, and the demonstration keys that anybody can guess. On loopback only.
    AndDemo,
}

impl Keys {
    /// The account of this name, which somebody could show a key of.
    pub(crate) fn account(self, id: &AccountId, desk: &Desk) -> Option<Account> {
        let demo = id.as_str().strip_prefix("demo-").filter(|_| self == Self::AndDemo);
        let by_key = || demo_account(demo?, desk).filter(|account| account.id == *id);
        desk.accounts.get(id).cloned().or_else(by_key)
    }
}

/// Somebody who showed a good key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    account: Account,
    /// The panels whose terms of reference name it.
    panels: BTreeSet<PanelId>,
}

impl Caller {
    /// Looks up the key in the request's headers.
    pub(crate) fn of(headers: &HeaderMap, keys: Keys, desk: &Desk, now: Timestamp) -> Option<Self> {
        let key = bearer(headers)?;
        let account = match key.strip_prefix("demo-") {
            Some(demo) if keys == Keys::AndDemo => demo_account(demo, desk)?,
            _ => issued_account(key, desk, now)?,
        };
        Some(Self::with(account, keys, desk))
    }

    /// Whoever has this account.
    pub(crate) fn with(account: Account, keys: Keys, desk: &Desk) -> Self {
        let panels = panels(&account, keys, desk);
        Self { account, panels }
    }

    /// The account.
    #[must_use]
    pub fn id(&self) -> &AccountId {
        &self.account.id
    }

    /// The role.
    #[must_use]
    pub fn role(&self) -> Role {
        self.account.role
    }

    /// The school it acts for.
    #[must_use]
    pub fn school(&self) -> Option<SchoolId> {
        self.account.school
    }

    /// The service it acts for.
    #[must_use]
    pub fn service(&self) -> Option<&ServiceSlug> {
        self.account.service.as_ref()
    }

    /// The panels on which it sits, or for which it works.
    #[must_use]
    pub fn panels(&self) -> &BTreeSet<PanelId> {
        &self.panels
    }

    /// As whom its doings are recorded.
    pub(crate) fn actor(&self) -> Actor {
        Actor::account(self.id(), self.role())
    }
}

/// The panels of an account. A demonstration has one panel manager, `demo-panel`, for all of
/// them, also for those that its rules name and nobody has established yet.
fn panels(account: &Account, keys: Keys, desk: &Desk) -> BTreeSet<PanelId> {
    let mut panels = desk.panels_of(&account.id);
    if keys == Keys::AndDemo && account.id.as_str() == "demo-panel" {
        panels.extend(desk.panels.keys().cloned());
        panels.extend(desk.rules.panels().cloned());
    }
    panels
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && (1..=200).contains(&key.len())).then_some(key)
}

/// The hash under which a key is kept.
#[must_use]
pub fn hash_of(key: &str) -> KeyHash {
    use std::fmt::Write;
    let digest = Sha256::digest(key.as_bytes());
    KeyHash(digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _written = write!(hex, "{byte:02x}");
        hex
    }))
}

/// A key has 256 random bits, so looking its hash up gives nothing away; comparing in
/// constant time keeps it so whatever the map does.
fn issued_account(key: &str, desk: &Desk, now: Timestamp) -> Option<Account> {
    let shown = hash_of(key);
    let (known, (account, expires_at)) = desk.keys.get_key_value(&shown)?;
    let same: bool = known.0.as_bytes().ct_eq(shown.0.as_bytes()).into();
    let good = same && expires_at.is_none_or(|end| now < end);
    desk.accounts.get(account).filter(|_| good).cloned()
}

fn demo_account(demo: &str, desk: &Desk) -> Option<Account> {
    let account = |role, school, service| {
        let id: AccountId = format!("demo-{demo}").parse().ok()?;
        Some(Account { id, name: format!("Demo {demo}"), role, school, service })
    };
    if let Some(urn) = demo.strip_prefix("school-") {
        let (school, _) = desk.school_by_urn(&urn.parse().ok()?)?;
        return account(Role::School, Some(school), None);
    }
    if let Some(slug) = demo.strip_prefix("service-") {
        let slug: ServiceSlug = slug.parse().ok()?;
        desk.services.get(&slug)?;
        return account(Role::Service, None, Some(slug));
    }
    if let Some(member) = demo.strip_prefix("panel-") {
        let member: AccountId = member.parse().ok()?;
        return desk.accounts.get(&member).filter(|it| it.role == Role::Panel).cloned();
    }
    let role = demo.parse().ok().filter(|role| !matches!(role, Role::School | Role::Service))?;
    account(role, None, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A desk with a member of a panel and an adviser.
    fn desk() -> Desk {
        let mut desk = Desk::default();
        for (id, role) in [("joan-ferris", Role::Panel), ("rowan-ashby", Role::Adviser)] {
            let (id, name) = (id.parse().unwrap(), id.to_owned());
            let account = Account { id, name, role, school: None, service: None };
            desk.accounts.insert(account.id.clone(), account);
        }
        desk
    }

    #[test]
    fn a_demo_key_lets_a_member_of_a_panel_in_as_themselves() {
        let member = demo_account("panel-joan-ferris", &desk()).unwrap();
        assert_eq!((member.id.as_str(), member.role), ("joan-ferris", Role::Panel));
    }

    #[test]
    fn a_demo_key_of_a_panel_lets_nobody_else_in() {
        for stranger in ["panel-rowan-ashby", "panel-nobody", "panel-", "panel-Joan Ferris"] {
            assert_eq!(demo_account(stranger, &desk()), None, "{stranger}");
        }
    }

    #[test]
    fn a_key_of_a_member_is_no_account_of_its_own() {
        let by_key = "demo-panel-joan-ferris".parse().unwrap();
        assert_eq!(Keys::AndDemo.account(&by_key, &desk()), None);
        assert!(Keys::AndDemo.account(&"joan-ferris".parse().unwrap(), &desk()).is_some());
    }
}
