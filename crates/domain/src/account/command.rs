//! What somebody may do to an account, its keys and its sessions.

use super::{Account, IdentityHash, Key, KeyHash, LONGEST_KEY_DAYS, LONGEST_OVERLAP_HOURS};
use crate::ids::{AccountId, KeyId, SessionId};
use jiff::Timestamp;

/// What somebody wants to change about who comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountCommand {
    /// Let an account be somebody or something else, or open it again.
    Change {
        /// The whole entry.
        account: Account,
        /// Who asks, if it is an account.
        by: Option<AccountId>,
        /// When.
        at: Timestamp,
    },
    /// Let nobody in by an account any more.
    Close {
        /// Which.
        account: AccountId,
        /// Who asks, if it is an account.
        by: Option<AccountId>,
        /// When.
        at: Timestamp,
    },
    /// Let in whoever signs in first with an address.
    Invite {
        /// As which account.
        account: AccountId,
        /// The address.
        email: IdentityHash,
        /// When.
        at: Timestamp,
    },
    /// Bind an account to somebody whom an identity provider knows.
    Bind {
        /// Which account.
        account: AccountId,
        /// To whom.
        identity: IdentityHash,
        /// The invitation that says so; none is needed where an administrator does.
        invited: Option<IdentityHash>,
        /// When.
        at: Timestamp,
    },
    /// Begin a session.
    SignIn {
        /// As which account.
        account: AccountId,
        /// The session.
        session: SessionId,
        /// Who.
        identity: IdentityHash,
        /// When.
        at: Timestamp,
    },
    /// End a session.
    EndSession {
        /// Of which account.
        account: AccountId,
        /// Which.
        session: SessionId,
        /// When.
        at: Timestamp,
        /// When it would have ended anyway.
        until: Timestamp,
    },
    /// End all sessions that began by an instant.
    EndSessions {
        /// Of which account.
        account: AccountId,
        /// The instant.
        before: Timestamp,
    },
    /// Give an account a key.
    IssueKey {
        /// What is known of it.
        key: Key,
        /// Its hash.
        hash: KeyHash,
    },
    /// Let a key take another's place.
    RotateKey {
        /// The one that goes,
        old: KeyId,
        /// and when.
        old_until: Timestamp,
        /// What is known of the new one.
        key: Key,
        /// Its hash.
        hash: KeyHash,
    },
    /// Take a key back.
    RevokeKey {
        /// Whose.
        account: AccountId,
        /// Which.
        key: KeyId,
    },
}

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountRefusal {
    /// Somebody else has the name.
    #[error("the account “{0}” is another's")]
    Taken(AccountId),
    /// A school's account that is no school's, or a service's that is no service's.
    #[error("an account with this role acts for one {0}, which has to be named")]
    ForNobody(&'static str),
    /// No such school.
    #[error("there is no such school in the directory")]
    UnknownSchool,
    /// No such service.
    #[error("there is no such service in the directory")]
    UnknownService,
    /// Nobody locks themselves out, or makes themselves something else.
    #[error("nobody changes what their own account may do, or closes it; another may")]
    OwnAccount,
    /// It was closed.
    #[error("the account “{0}” is closed; open it again first")]
    Closed(AccountId),
    /// Somebody else comes in like this.
    #[error("another account is bound to this sign-in, or invited by this address")]
    SignInTaken,
    /// Nobody invited them.
    #[error("nobody invited this person to this account")]
    NotInvited,
    /// No such key.
    #[error("the account has no such key")]
    UnknownKey,
    /// It cannot be replaced.
    #[error("the key is good no longer; issue another")]
    KeyOver,
    /// Too long, or over before it begins.
    #[error("a key ends after it begins, and within {LONGEST_KEY_DAYS} days")]
    FaultyLife,
    /// Too long a time with two keys.
    #[error("the old key stays good for at most {LONGEST_OVERLAP_HOURS} hours")]
    LongOverlap,
}
