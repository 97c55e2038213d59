//! A sealed box as it is stored in an event, and why one may not seal or open.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    cipher::{CannotSeal, Ciphertext},
    subject::{KeyId, Subject},
};

/// The `sealed` member of a stored event: whose it is, under which key, and the box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Whose personal data it is, by pseudonym.
    pub subject: Subject,
    /// The subject's key it was sealed under.
    pub key: KeyId,
    /// What cannot be read without that key.
    pub ciphertext: Ciphertext,
}

/// Why nothing was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The subject has no key yet.
    #[error("{subject} has no key; create one before sealing")]
    NoKey {
        /// Whose.
        subject: Subject,
    },
    /// The subject was erased, so nothing more can be kept about it.
    #[error("the key of {subject} was shredded, so nothing more can be sealed for it")]
    Shredded {
        /// Whose.
        subject: Subject,
    },
    /// The cipher could not.
    #[error(transparent)]
    Cipher(#[from] CannotSeal),
}

/// Why a box was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The subject was erased. An ordinary answer: show that the data is gone.
    #[error("the key of {subject} was shredded, so this cannot be read again")]
    Shredded {
        /// Whose.
        subject: Subject,
    },
    /// The access that was recorded is to other subjects.
    #[error("no access to {subject} was recorded; record it before opening")]
    NotRecordedFor {
        /// Whose.
        subject: Subject,
    },
    /// The key store has never had this key: it is older than the event.
    #[error("key {key} of {subject} is missing; restore the key store that goes with this log")]
    NoKey {
        /// Whose.
        subject: Subject,
        /// Which.
        key: KeyId,
    },
    /// The box, the event it belongs to, or its subject is not what was sealed.
    #[error("what was sealed for {subject} has been tampered with or belongs to another event")]
    Tampered {
        /// Whose.
        subject: Subject,
    },
}

/// The layout of what a box is bound to; a new layout takes the next number.
const FORMAT: u8 = 1;

/// What a box is bound to: event id (16 bytes), subject (16 bytes), format (1 byte).
pub(crate) fn context(event_id: Uuid, subject: Subject) -> [u8; 33] {
    let mut context = [FORMAT; 33];
    context[..16].copy_from_slice(event_id.as_bytes());
    context[16..32].copy_from_slice(subject.as_uuid().as_bytes());
    context
}
