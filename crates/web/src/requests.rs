//! Requests for support: one file for each thing that can be done with them.

pub(crate) mod actions;
pub(crate) mod clocks;
mod consent;
pub(crate) mod counts;
pub(crate) mod hand_over_record;
pub(crate) mod list;
mod owed;
pub(crate) mod part;
mod questions;
pub(crate) mod read;
pub(crate) mod receipt;
pub(crate) mod same_child;
pub(crate) mod schema;
pub(crate) mod shown;
pub(crate) mod submission;
pub(crate) mod submit;
pub(crate) mod timeline;
pub(crate) mod triage;
