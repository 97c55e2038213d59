//! What happens to a message: stream `notice-{id}`.

use super::{FailureCode, NoticeChannel, NoticeKind, Recipient};
use crate::ids::{NoticeId, RequestId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Somebody is to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intended {
    /// The message's name, for ever: `Message-ID`, `webhook-id`, Notify's `reference`.
    pub notice: NoticeId,
    /// Whom.
    pub to: Recipient,
    /// Of which request.
    pub request: RequestId,
    /// What there is to know.
    pub kind: NoticeKind,
    /// By which channel: the one that was chosen when there was news.
    pub channel: NoticeChannel,
}

/// The other side took it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {}

/// A try failed, and another follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptFailed {
    /// Which try it was, from 1.
    pub attempt: u32,
    /// Why.
    pub why: FailureCode,
    /// When it is tried again.
    pub next_at: Timestamp,
}

/// The last try failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenUp {
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last try failed.
    pub why: FailureCode,
}

/// A person had it tried again, from the start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutBack {}
