//! What is recorded of accounts, their keys and their sessions: stream `account-{id}`.
//!
//! Keys and addresses stand here as hashes only. What ends something carries its instant, so
//! that every node that follows the log draws the same line.

use crate::account::{Account, Feed, IdentityHash, Key, KeyHash};
use crate::ids::{AccountId, KeyId, SessionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Somebody may come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountOpened {
    /// Who, and as what.
    pub account: Account,
}

/// An account is somebody else, or something else, or open again. When what it may do changes,
/// its keys and its sessions end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChanged {
    /// Who, and as what, from here on.
    pub account: Account,
    /// When.
    pub at: Timestamp,
}

/// Nobody comes in by an account any more. Its keys and its sessions end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountClosed {
    /// Which.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
}

/// Whoever signs in with this address for the first time is who the account is for. Whoever
/// came in by it before does so no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountInvited {
    /// Which account.
    pub account: AccountId,
    /// The keyed hash of the address.
    pub email: IdentityHash,
    /// When.
    pub at: Timestamp,
}

/// An account is bound to somebody whom an identity provider knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInBound {
    /// Which account.
    pub account: AccountId,
    /// The keyed hash of provider and subject.
    pub identity: IdentityHash,
    /// When. Sessions that others began before are over.
    pub at: Timestamp,
}

/// Somebody signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// As which account.
    pub account: AccountId,
    /// The session that began.
    pub session: SessionId,
    /// Who, as a keyed hash of provider and subject: of a school, several people sign in.
    pub identity: IdentityHash,
    /// When.
    pub at: Timestamp,
}

/// Somebody signed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionEnded {
    /// Of which account.
    pub account: AccountId,
    /// Which session.
    pub session: SessionId,
    /// When.
    pub at: Timestamp,
    /// When it would have ended anyway; from then on nobody needs to remember it.
    pub until: Timestamp,
}

/// All sessions of an account are over that began by this instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsEnded {
    /// Of which account.
    pub account: AccountId,
    /// Those that began by then.
    pub before: Timestamp,
}

/// A key was issued to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyIssued {
    /// What is known of it.
    pub key: Key,
    /// Its hash.
    pub hash: KeyHash,
}

/// A key takes another's place. Both are good for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRotated {
    /// The one that goes,
    pub old: KeyId,
    /// and when.
    pub old_until: Timestamp,
    /// What is known of the new one.
    pub key: Key,
    /// Its hash.
    pub hash: KeyHash,
}

/// A key is good no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRevoked {
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub key: KeyId,
}

/// A calendar can be read with a token, instead of any token before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedIssued {
    /// Whose address it is.
    pub account: AccountId,
    /// What is read there.
    pub feed: Feed,
    /// The token's hash.
    pub hash: KeyHash,
}

/// A calendar can be read with no token any longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedRevoked {
    /// Whose address it was.
    pub account: AccountId,
    /// What was read there.
    pub feed: Feed,
}
