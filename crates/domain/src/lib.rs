//! What may happen to a request for support, and what follows from it.
//!
//! Pure on purpose: no clock, no input or output, no randomness. Time and ids arrive as
//! data, so that replaying a history always gives the same answer. Read [`request`] first:
//! it is the heart, and everything else here serves it.

pub mod account;
pub mod calendar;
pub mod child;
pub mod clock;
pub mod codes;
#[cfg(test)]
mod county;
pub mod desk;
pub mod document;
pub mod draft;
pub mod event;
pub mod ids;
pub mod intake;
pub mod meeting;
pub mod money;
pub mod need;
pub mod notice;
pub mod package;
pub mod panel;
pub mod personal;
pub mod policy;
pub mod promises;
pub mod reading;
pub mod request;
pub mod retention;
pub mod rota;
pub mod school;
pub mod service;
pub mod statutory;
pub mod subject_access;
pub mod team;
pub mod triage;
pub mod upn;
