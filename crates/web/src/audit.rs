//! The log, for those who must be able to prove what happened.

pub(crate) mod access;
pub(crate) mod as_at;
pub(crate) mod break_glass;
mod changes;
pub(crate) mod checkpoint;
pub(crate) mod checkpoints;
mod command_line;
pub(crate) mod cosign;
pub(crate) mod difference;
mod entry_then;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod figures;
pub(crate) mod meeting;
mod moment;
pub(crate) mod panel;
mod past;
pub(crate) mod proofs;
pub(crate) mod reader;
pub(crate) mod replay;
pub(crate) mod replays;
pub(crate) mod rota;
pub(crate) mod rules;
pub(crate) mod seen_by;
pub(crate) mod tiles;
pub(crate) mod unusual;
pub(crate) mod verify;

pub use command_line::{Auditor, Moment, Named};
