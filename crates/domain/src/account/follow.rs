//! Following what was recorded of accounts, their keys and their sessions. Total.

use super::Entrance;
use super::decide::does_otherwise;
use crate::desk::Desk;
use crate::event::{AccountChanged, AccountInvited, DeskEvent, KeyRotated, SignInBound};
use crate::ids::AccountId;
use jiff::Timestamp;

impl Desk {
    pub(crate) fn follow_account(&mut self, event: &DeskEvent) {
        if let DeskEvent::AccountOpened(it) = event {
            self.accounts.insert(it.account.id.clone(), it.account.clone());
        } else if let DeskEvent::AccountChanged(it) = event {
            self.follow_change(it);
        } else if let DeskEvent::AccountClosed(it) = event {
            self.shut(&it.account, it.at);
            self.entrance(&it.account).closed = true;
        } else if let DeskEvent::AccountInvited(it) = event {
            self.follow_invitation(it);
        } else if let DeskEvent::SignInBound(it) = event {
            self.follow_binding(it);
        } else if let DeskEvent::SessionEnded(it) = event {
            self.entrance(&it.account).end(it.session, it.at, it.until);
        } else if let DeskEvent::SessionsEnded(it) = event {
            self.entrance(&it.account).end_all(it.before);
        } else if let DeskEvent::KeyIssued(it) = event {
            self.keys.insert(it.hash.clone(), it.key.clone());
        } else if let DeskEvent::KeyRotated(it) = event {
            self.follow_rotation(it);
        } else if let DeskEvent::KeyRevoked(it) = event {
            self.keys.retain(|_, key| key.id != it.key);
        } else if let DeskEvent::FeedIssued(it) = event {
            self.feeds.insert((it.account.clone(), it.feed.clone()), it.hash.clone());
        } else if let DeskEvent::FeedRevoked(it) = event {
            self.feeds.remove(&(it.account.clone(), it.feed.clone()));
        }
    }

    fn follow_change(&mut self, it: &AccountChanged) {
        let known = self.accounts.insert(it.account.id.clone(), it.account.clone());
        if known.is_none_or(|known| does_otherwise(&known, &it.account)) {
            self.shut(&it.account.id, it.at);
        }
        self.entrance(&it.account.id).closed = false;
    }

    fn follow_invitation(&mut self, it: &AccountInvited) {
        let entrance = self.entrance(&it.account);
        entrance.end_all(it.at);
        entrance.identity = None;
        entrance.invited = Some(it.email.clone());
    }

    fn follow_binding(&mut self, it: &SignInBound) {
        let entrance = self.entrance(&it.account);
        // Whoever was bound before is out; nobody was, where an invitation was taken up.
        if entrance.identity.is_some() {
            entrance.end_all(it.at);
        }
        entrance.identity = Some(it.identity.clone());
        entrance.invited = None;
    }

    fn follow_rotation(&mut self, it: &KeyRotated) {
        if let Some(old) = self.keys.values_mut().find(|key| key.id == it.old) {
            old.expires_at = old.expires_at.min(it.old_until);
        }
        self.keys.insert(it.hash.clone(), it.key.clone());
    }

    /// No key and no session of an account is good any longer.
    fn shut(&mut self, account: &AccountId, at: Timestamp) {
        self.keys.retain(|_, key| key.account != *account);
        self.entrance(account).end_all(at);
    }

    fn entrance(&mut self, account: &AccountId) -> &mut Entrance {
        self.entrances.entry(account.clone()).or_default()
    }
}
