//! The log, for those who must be able to prove what happened.

pub(crate) mod access;
pub(crate) mod checkpoint;
pub(crate) mod events;
pub(crate) mod unusual;
