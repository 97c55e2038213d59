//! Who is calling: a key or a session, looked up, and what it stands for.

use crate::app::App;
use crate::session::Session;
use axum::http::{HeaderMap, header};
use domain::account::{Account, KeyHash, KeyScope, Role};
use domain::desk::Desk;
use domain::ids::{AccountId, KeyId, PanelId, SchoolId, ServiceSlug};
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

    /// Whom a demonstration key plays.
    pub(crate) fn played_by(self, key: &str, desk: &Desk) -> Option<Account> {
        demo_account(key.strip_prefix("demo-").filter(|_| self == Self::AndDemo)?, desk)
    }
}

/// How somebody came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// With an API key.
    Key(KeyId),
    /// By signing in.
    Session(Session),
    /// With the token in a calendar's address.
    Feed,
    /// With a demonstration key.
    Demo,
}

/// Somebody who showed a good key, or who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    account: Account,
    scope: KeyScope,
    via: Via,
    /// The panels whose terms of reference name it.
    panels: BTreeSet<PanelId>,
}

impl Caller {
    /// Looks up the key in the request's headers, or the session where there is no key: who
    /// shows a key is whose key it is, whatever a browser adds.
    pub(crate) fn of(headers: &HeaderMap, app: &App, desk: &Desk) -> Option<Self> {
        let now = app.engine.now();
        if headers.contains_key(header::AUTHORIZATION) {
            let key = bearer(headers)?;
            return match key.strip_prefix("demo-") {
                Some(demo) if app.keys == Keys::AndDemo => {
                    let account = demo_account(demo, desk)?;
                    Some(Self::new(account, KeyScope::Everything, Via::Demo, app.keys, desk))
                }
                _ => by_key(key, app.keys, desk, now),
            };
        }
        let session = app.sessions.shown(headers, &app.engine, now)?;
        if !desk.admits(&session.account, session.id, session.started_at) {
            return None;
        }
        let account = app.keys.account(&session.account, desk)?;
        let via = Via::Session(session);
        Some(Self::new(account, KeyScope::Everything, via, app.keys, desk))
    }

    /// Whoever reads a calendar of this account with the token in its address: nothing else.
    pub(crate) fn with_feed(account: Account, keys: Keys, desk: &Desk) -> Self {
        let nothing = KeyScope::Operations(BTreeSet::new());
        Self::new(account, nothing, Via::Feed, keys, desk)
    }

    fn new(account: Account, scope: KeyScope, via: Via, keys: Keys, desk: &Desk) -> Self {
        let panels = panels(&account, keys, desk);
        Self { account, scope, via, panels }
    }

    /// How they came in.
    #[must_use]
    pub fn via(&self) -> &Via {
        &self.via
    }

    /// The session that they came in by.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        match &self.via {
            Via::Session(session) => Some(session),
            Via::Key(_) | Via::Feed | Via::Demo => None,
        }
    }

    /// How much of what their role may do they may do.
    #[must_use]
    pub fn scope(&self) -> &KeyScope {
        &self.scope
    }

    /// How they are called.
    pub(crate) fn name(&self) -> &str {
        &self.account.name
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
fn by_key(key: &str, keys: Keys, desk: &Desk, now: Timestamp) -> Option<Caller> {
    let shown = hash_of(key);
    let (known, key) = desk.keys.get_key_value(&shown)?;
    let same: bool = known.0.as_bytes().ct_eq(shown.0.as_bytes()).into();
    let good = same && key.is_good(now) && desk.is_open(&key.account);
    let account = desk.accounts.get(&key.account).filter(|_| good)?.clone();
    Some(Caller::new(account, key.scope.clone(), Via::Key(key.id), keys, desk))
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
    for (of, role) in [("panel-", Role::Panel), ("adviser-", Role::Adviser)] {
        if let Some(member) = demo.strip_prefix(of) {
            let member: AccountId = member.parse().ok()?;
            return desk.accounts.get(&member).filter(|it| it.role == role).cloned();
        }
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
    fn a_demo_key_lets_a_member_of_a_panel_or_an_adviser_in_as_themselves() {
        let member = demo_account("panel-joan-ferris", &desk()).unwrap();
        assert_eq!((member.id.as_str(), member.role), ("joan-ferris", Role::Panel));
        let adviser = demo_account("adviser-rowan-ashby", &desk()).unwrap();
        assert_eq!((adviser.id.as_str(), adviser.role), ("rowan-ashby", Role::Adviser));
    }

    #[test]
    fn a_demo_key_of_a_panel_or_an_adviser_lets_nobody_else_in() {
        for stranger in [
            "panel-rowan-ashby",
            "panel-nobody",
            "panel-",
            "panel-Joan Ferris",
            "adviser-joan-ferris",
            "adviser-",
        ] {
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
