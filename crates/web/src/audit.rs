//! The log, for those who must be able to prove what happened.

pub(crate) mod access;
pub(crate) mod as_at;
pub(crate) mod break_glass;
mod changes;
pub(crate) mod checkpoint;
pub(crate) mod checkpoints;
pub(crate) mod cosign;
pub(crate) mod difference;
pub(crate) mod events;
pub(crate) mod export;
mod moment;
mod past;
pub(crate) mod proofs;
pub(crate) mod reader;
pub(crate) mod replay;
pub(crate) mod replays;
pub(crate) mod seen_by;
pub(crate) mod tiles;
pub(crate) mod unusual;
