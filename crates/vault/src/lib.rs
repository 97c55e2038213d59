//! One key per child: seal, open against a recorded access, shred.
//!
//! Nothing personal is at rest in the clear, so erasing a child is one act: destroying a
//! key. What was sealed stays where it is, in the log, the views and every backup, and is
//! noise from then on.
//!
//! - [`Vault`] seals and opens. Opening takes a [`Recorded`], which only a [`Journal`]
//!   gives out, and only once the access is on disk: looking cannot be forgotten from the
//!   record.
//! - The key store is one file of keys, each wrapped by the [`MasterKey`]. It is appended
//!   to when keys are made and rewritten whole when one is shredded.
//! - [`Journal`] is the record of who looked at whom, and why: a chain of lines, so that an
//!   altered one shows.
//! - [`Erasures`] is the ledger of who was erased, by which keys that a restore brings back are
//!   destroyed again.
//! - [`entropy`] is the only source of randomness in the project.
//!
//! Deliberately absent: any way to list or export keys, to open without a record, or to
//! bring a shredded key back.

mod cipher;
mod disk;
mod documents;
mod durable;
pub mod entropy;
mod erasures;
mod error;
#[cfg(feature = "faults")]
pub mod faults;
mod journal;
mod keyfile;
mod keystore;
mod master;
mod ring;
mod sealed;
mod subject;
mod vault;
mod writer;

pub use crate::{
    cipher::{CannotSeal, Ciphertext, MAX_PLAINTEXT_BYTES},
    documents::Documents,
    durable::{ReadOnly, Stats},
    erasures::{Erased, Erasures},
    error::Error,
    journal::{Access, Chained, Choice, Entry, Filter, Head, Journal, Recorded, Sought, Subjects},
    keyfile::live_among,
    keystore::Shredded,
    master::{MasterKey, MasterKeyError},
    sealed::{OpenError, SealError, Sealed},
    subject::{KeyId, Subject},
    vault::Vault,
};
/// Wiped from memory when dropped: what personal data is held in on its way in and out.
pub use zeroize::Zeroizing;
