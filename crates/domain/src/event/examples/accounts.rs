//! What happens to accounts, their keys and their sessions.

use super::*;

pub(super) fn entrances() -> Vec<DeskEvent> {
    let (account, now) = (county::name("amara"), at("2026-11-20T10:00:00Z"));
    let hash = || KeyHash("5e88".to_owned());
    let (session, identity) = (SessionId(Uuid::from_u128(5)), IdentityHash("1d3f".to_owned()));
    let key = |id, scope| Key {
        id: KeyId(Uuid::from_u128(id)),
        account: account.clone(),
        label: "Case system".to_owned(),
        scope,
        issued_at: now,
        expires_at: at("2027-11-20T10:00:00Z"),
    };
    let named = ["read_request".to_owned()].into_iter().collect();
    let changed = Account {
        id: account.clone(),
        name: "Amara Osei".to_owned(),
        role: Role::Coordinator,
        school: None,
        service: None,
    };
    let issued = |key| DeskEvent::KeyIssued(KeyIssued { key, hash: hash() });
    let rotated = KeyRotated {
        old: KeyId(Uuid::from_u128(6)),
        old_until: at("2026-11-21T10:00:00Z"),
        key: key(9, KeyScope::Everything),
        hash: hash(),
    };
    let (email, until) = (IdentityHash("e4a1".to_owned()), at("2026-11-20T20:00:00Z"));
    let ended = SessionEnded { account: account.clone(), session, at: now, until };
    vec![
        issued(key(6, KeyScope::Everything)),
        issued(key(7, KeyScope::Reading)),
        issued(key(8, KeyScope::Operations(named))),
        DeskEvent::KeyRotated(rotated),
        DeskEvent::KeyRevoked(KeyRevoked { account: account.clone(), key: KeyId(Uuid::nil()) }),
        DeskEvent::AccountChanged(AccountChanged { account: changed, at: now }),
        DeskEvent::AccountInvited(AccountInvited { account: account.clone(), email, at: now }),
        DeskEvent::SignInBound(SignInBound {
            account: account.clone(),
            identity: identity.clone(),
            at: now,
        }),
        DeskEvent::SignedIn(SignedIn { account: account.clone(), session, identity, at: now }),
        DeskEvent::SessionEnded(ended),
        DeskEvent::SessionsEnded(SessionsEnded { account: account.clone(), before: now }),
        DeskEvent::AccountClosed(AccountClosed { account, at: now }),
    ]
}
