//! What follows from a change to who comes in.

use super::{Account, AccountCommand, AccountRefusal as Refusal, Entrance, IdentityHash};
use super::{Key, KeyHash, LONGEST_OVERLAP_HOURS, Role};
use crate::desk::{Desk, DeskRefusal};
use crate::event::{
    AccountChanged, AccountClosed, AccountInvited, AccountOpened, DeskEvent, KeyIssued, KeyRevoked,
    KeyRotated, SessionEnded, SessionsEnded, SignInBound, SignedIn,
};
use crate::ids::{AccountId, KeyId, SessionId};
use jiff::{SignedDuration, Timestamp};

type Decided = Result<Option<DeskEvent>, DeskRefusal>;

impl Desk {
    /// What follows from letting somebody in. `Ok(None)`: they are in already.
    pub(crate) fn open_account(&self, account: Account) -> Decided {
        match self.accounts.get(&account.id) {
            Some(known) if *known == account && self.is_open(&account.id) => Ok(None),
            Some(_) => Err(Refusal::Taken(account.id).into()),
            None => {
                self.fits(&account)?;
                Ok(Some(DeskEvent::AccountOpened(AccountOpened { account })))
            }
        }
    }

    /// What follows from a change to an account. `Ok(None)`: it is so already.
    pub(crate) fn decide_account(&self, command: AccountCommand) -> Decided {
        use AccountCommand as C;
        use DeskEvent as E;
        Ok(Some(match command {
            C::Change { account, by, at } => return self.change_account(account, by.as_ref(), at),
            C::Close { account, by, at } => return self.close_account(account, by.as_ref(), at),
            C::Invite { account, email, at } => {
                self.open(&account)?;
                self.nobody_else(&account, &email)?;
                E::AccountInvited(AccountInvited { account, email, at })
            }
            C::Bind { account, identity, invited, at } => {
                self.open(&account)?;
                self.nobody_else(&account, &identity)?;
                let entrance = self.entrances.get(&account);
                if entrance.is_some_and(|it| it.identity.as_ref() == Some(&identity)) {
                    return Ok(None);
                }
                if invited.is_some() && entrance.is_none_or(|it| it.invited != invited) {
                    return Err(Refusal::NotInvited.into());
                }
                E::SignInBound(SignInBound { account, identity, at })
            }
            C::SignIn { account, session, identity, at } => {
                self.open(&account)?;
                E::SignedIn(SignedIn { account, session, identity, at })
            }
            C::EndSession { account, session, .. } if self.is_over(&account, session) => {
                return Ok(None);
            }
            C::EndSession { account, session, at, until } => {
                self.known_account(&account)?;
                E::SessionEnded(SessionEnded { account, session, at, until })
            }
            C::EndSessions { account, before } => {
                self.known_account(&account)?;
                E::SessionsEnded(SessionsEnded { account, before })
            }
            C::IssueKey { key, hash } => {
                self.open(&key.account)?;
                self.may_live(&key)?;
                E::KeyIssued(KeyIssued { key, hash })
            }
            C::RotateKey { old, old_until, key, hash } => self.rotate(old, old_until, key, hash)?,
            C::RevokeKey { account, key } => {
                let known = self.key_of(&account, key).is_some();
                return Ok(known.then_some(E::KeyRevoked(KeyRevoked { account, key })));
            }
        }))
    }

    fn change_account(&self, account: Account, by: Option<&AccountId>, at: Timestamp) -> Decided {
        let known = self.known_account(&account.id)?;
        if *known == account && self.is_open(&account.id) {
            return Ok(None);
        }
        if by == Some(&account.id) && does_otherwise(known, &account) {
            return Err(Refusal::OwnAccount.into());
        }
        self.fits(&account)?;
        Ok(Some(DeskEvent::AccountChanged(AccountChanged { account, at })))
    }

    fn close_account(&self, account: AccountId, by: Option<&AccountId>, at: Timestamp) -> Decided {
        self.known_account(&account)?;
        if by == Some(&account) {
            return Err(Refusal::OwnAccount.into());
        }
        let open = self.is_open(&account);
        Ok(open.then_some(DeskEvent::AccountClosed(AccountClosed { account, at })))
    }

    fn rotate(
        &self,
        old: KeyId,
        old_until: Timestamp,
        key: Key,
        hash: KeyHash,
    ) -> Result<DeskEvent, DeskRefusal> {
        self.open(&key.account)?;
        let known = self.key_of(&key.account, old).ok_or(Refusal::UnknownKey)?;
        if !known.is_good(key.issued_at) {
            return Err(Refusal::KeyOver.into());
        }
        self.may_live(&key)?;
        let overlap = old_until.duration_since(key.issued_at);
        if overlap > SignedDuration::from_hours(LONGEST_OVERLAP_HOURS) {
            return Err(Refusal::LongOverlap.into());
        }
        let old_until = old_until.min(known.expires_at);
        Ok(DeskEvent::KeyRotated(KeyRotated { old, old_until, key, hash }))
    }

    /// Whether an account has whom it acts for.
    fn fits(&self, account: &Account) -> Result<(), Refusal> {
        match (account.role, account.school, &account.service) {
            (Role::School, None, _) => Err(Refusal::ForNobody("school")),
            (Role::Service, _, None) => Err(Refusal::ForNobody("service")),
            (_, Some(school), _) if !self.schools.contains_key(&school) => {
                Err(Refusal::UnknownSchool)
            }
            (_, _, Some(service)) if !self.services.contains_key(service) => {
                Err(Refusal::UnknownService)
            }
            _ => Ok(()),
        }
    }

    fn may_live(&self, key: &Key) -> Result<(), Refusal> {
        let taken = self.keys.values().any(|known| known.id == key.id);
        if taken || !key.lives_well() { Err(Refusal::FaultyLife) } else { Ok(()) }
    }

    fn known_account(&self, id: &AccountId) -> Result<&Account, DeskRefusal> {
        self.accounts.get(id).ok_or_else(|| DeskRefusal::UnknownAccount(id.clone()))
    }

    fn open(&self, id: &AccountId) -> Result<(), DeskRefusal> {
        self.known_account(id)?;
        if self.is_open(id) { Ok(()) } else { Err(Refusal::Closed(id.clone()).into()) }
    }

    fn nobody_else(&self, account: &AccountId, identity: &IdentityHash) -> Result<(), Refusal> {
        let is = |it: &Entrance| {
            it.identity.as_ref() == Some(identity) || it.invited.as_ref() == Some(identity)
        };
        let taken = self.entrances.iter().any(|(id, it)| id != account && is(it));
        if taken { Err(Refusal::SignInTaken) } else { Ok(()) }
    }
}

/// What is known of accounts, keys and sessions.
impl Desk {
    /// Whether anybody comes in by this account.
    #[must_use]
    pub fn is_open(&self, account: &AccountId) -> bool {
        self.accounts.contains_key(account)
            && self.entrances.get(account).is_none_or(|entrance| !entrance.closed)
    }

    /// Whether a session goes on, as far as anybody ended it.
    #[must_use]
    pub fn admits(&self, account: &AccountId, session: SessionId, started_at: Timestamp) -> bool {
        let entrance = self.entrances.get(account);
        self.is_open(account) && entrance.is_none_or(|it| it.admits(session, started_at))
    }

    /// An account's key of this name.
    #[must_use]
    pub fn key_of(&self, account: &AccountId, key: KeyId) -> Option<&Key> {
        self.keys.values().find(|known| known.id == key && known.account == *account)
    }

    /// The open account that comes in like this, by the identity that it is bound to.
    #[must_use]
    pub fn bound_to(&self, identity: &IdentityHash) -> Option<&Account> {
        self.entered_by(|entrance| entrance.identity.as_ref() == Some(identity))
    }

    /// The open account that was invited by this address, and that nobody took yet.
    #[must_use]
    pub fn invited_by(&self, email: &IdentityHash) -> Option<&Account> {
        self.entered_by(|entrance| entrance.invited.as_ref() == Some(email))
    }

    fn entered_by(&self, how: impl Fn(&Entrance) -> bool) -> Option<&Account> {
        let (id, _) = self.entrances.iter().find(|(_, entrance)| how(entrance))?;
        self.accounts.get(id).filter(|_| self.is_open(id))
    }

    fn is_over(&self, account: &AccountId, session: SessionId) -> bool {
        self.entrances.get(account).is_some_and(|it| it.ended.contains_key(&session))
    }
}

/// Whether an account may do something else from here on.
pub(super) fn does_otherwise(was: &Account, is: &Account) -> bool {
    (was.role, was.school, &was.service) != (is.role, is.school, &is.service)
}
