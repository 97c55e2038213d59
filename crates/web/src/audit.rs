//! The log, for those who must be able to prove what happened.

pub(crate) mod access;
pub(crate) mod checkpoint;
pub(crate) mod checkpoints;
pub(crate) mod cosign;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod proofs;
pub(crate) mod tiles;
pub(crate) mod unusual;
