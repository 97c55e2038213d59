//! How somebody comes in by signing in, and which sessions are over.

use crate::ids::SessionId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whom an identity provider means: a keyed hash of provider and subject, or of an e-mail
/// address, in hexadecimal. Who reads the log cannot tell who it is, nor try out who it could be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdentityHash(pub String);

/// How an account is come in by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entrance {
    /// Not at all.
    pub closed: bool,
    /// By whom, once somebody did or was bound to it.
    pub identity: Option<IdentityHash>,
    /// By whoever shows this address first.
    pub invited: Option<IdentityHash>,
    /// Sessions that began by then are over.
    pub over_until: Option<Timestamp>,
    /// Sessions that were ended one by one, with when they would have ended anyway.
    pub ended: BTreeMap<SessionId, Timestamp>,
}

impl Entrance {
    /// Whether a session that began then goes on, as far as anybody ended it.
    #[must_use]
    pub fn admits(&self, session: SessionId, started_at: Timestamp) -> bool {
        !self.closed
            && self.over_until.is_none_or(|over| over < started_at)
            && !self.ended.contains_key(&session)
    }

    /// Ends every session that began by this instant. Time goes one way, whatever is recorded.
    pub(super) fn end_all(&mut self, by: Timestamp) {
        self.over_until = self.over_until.max(Some(by));
    }

    /// Ends one, and forgets those that are over anyway.
    pub(super) fn end(&mut self, session: SessionId, at: Timestamp, until: Timestamp) {
        self.ended.retain(|_, until| *until > at);
        self.ended.insert(session, until);
    }
}
