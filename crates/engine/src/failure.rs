//! Why something was not done: the rules say no, or a machine is broken. Never confused.

use crate::engine::MasterKeyUnkept;
use crate::stored::Unreadable;
use domain::child::ChildRefusal;
use domain::desk::DeskRefusal;
use domain::draft::DraftRefusal;
use domain::ids::DocumentId;
use domain::meeting::MeetingRefusal;
use domain::notice::NoticeRefusal;
use domain::request::Refusal;
use domain::subject_access::SubjectAccessRefusal;

/// Why a command was not carried out, or a question not answered.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules of a request say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The rules of a meeting say no.
    #[error(transparent)]
    MeetingRefused(#[from] MeetingRefusal),
    /// The rules of a child's record say no.
    #[error(transparent)]
    ChildRefused(#[from] ChildRefusal),
    /// No new master key can be kept.
    #[error(transparent)]
    MasterKey(#[from] MasterKeyUnkept),
    /// The rules of a request for access say no.
    #[error(transparent)]
    SubjectAccessRefused(#[from] SubjectAccessRefusal),
    /// The rules of a message say no.
    #[error(transparent)]
    NoticeRefused(#[from] NoticeRefusal),
    /// The rules of a draft say no.
    #[error(transparent)]
    DraftRefused(#[from] DraftRefusal),
    /// No place for documents was given.
    #[error("this front door has no place for documents")]
    NoDocuments,
    /// A document that the log knows of is not where documents are kept.
    #[error("the document {document} is missing; restore the documents that go with this log")]
    DocumentLost {
        /// Which.
        document: DocumentId,
    },
    /// More than one record holds.
    #[error("at most {most_bytes} bytes can be kept; this is longer")]
    TooLong {
        /// How much fits.
        most_bytes: usize,
    },
    /// The rules of the directory say no.
    #[error(transparent)]
    DeskRefused(#[from] DeskRefusal),
    /// The idempotency key was used before, for something else.
    #[error("this idempotency key was used before with another request")]
    KeyReused,
    /// The caller decided on a version that is no longer the latest.
    #[error("version {expected} is no longer the latest, which is {actual}")]
    Stale {
        /// What the caller had seen.
        expected: u32,
        /// What there is.
        actual: u32,
    },
    /// It happened after it was recorded, or too long before.
    #[error("it cannot have happened later than now, or more than ten years ago")]
    Untimely,
    /// The child was erased: nothing personal can be added.
    #[error("the child was erased, so nothing can be written about it any more")]
    Erased,
    /// Others kept changing the same thing.
    #[error("others were changing this at the same time; try again")]
    Contended,
    /// The log does not take writes now, or nobody knows whether it took this one. Trying
    /// again with the same command id is safe.
    #[error("the log does not take writes now")]
    Unavailable(#[source] log::Error),
    /// The log is damaged, or was asked for something that cannot be.
    #[error("the log cannot answer")]
    Log(#[source] log::Error),
    /// A checkpoint could not be signed.
    #[error("no checkpoint can be signed")]
    Checkpoint(#[from] log::CheckpointError),
    /// Nothing to sign checkpoints with was given.
    #[error("this front door has no key to sign checkpoints with")]
    NoSigner,
    /// Keys or the access record cannot be written.
    #[error("the vault cannot take this now")]
    Vault(#[from] vault::Error),
    /// A sealed box could not be opened although it was not erased.
    #[error("a sealed box cannot be opened")]
    Sealed(#[from] vault::OpenError),
    /// A stored record is no event.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// An event could not be written as JSON, or a box not read as what it should hold.
    #[error("an event cannot be written or read")]
    Shape(#[from] serde_json::Error),
    /// The operating system gave no randomness.
    #[error("no id can be made")]
    Entropy(#[from] vault::entropy::NoEntropy),
}

impl From<log::Error> for Failure {
    fn from(error: log::Error) -> Self {
        match error {
            log::Error::ReadOnly { .. } | log::Error::Unknown { .. } => Self::Unavailable(error),
            log::Error::Invalid(_)
            | log::Error::OutOfRange { .. }
            | log::Error::Corrupt { .. }
            | log::Error::Unopenable { .. }
            | log::Error::Checkpoint(_)
            | log::Error::InUse { .. }
            | log::Error::Storage { .. } => Self::Log(error),
        }
    }
}

impl From<vault::SealError> for Failure {
    fn from(error: vault::SealError) -> Self {
        match error {
            vault::SealError::Shredded { .. } => Self::Erased,
            vault::SealError::NoKey { subject } => {
                Self::Sealed(vault::OpenError::NotRecordedFor { subject })
            }
            vault::SealError::Cipher(_) => Self::Contended,
        }
    }
}
