//! The API as its callers see it, over a log in memory.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on says so by panicking")]

extern crate frontdoor_web as web;

mod access;
mod accesses;
mod accounts;
mod break_glass;
mod canary;
mod children;
mod county;
mod description;
mod desk;
mod documents;
mod drafts;
mod erasure;
mod hardening;
mod history;
mod holds;
mod if_match;
mod importing;
mod insights;
mod matrix;
mod meetings;
mod minutes;
mod notices;
mod other_authority;
mod panels;
mod phone;
mod proofs;
mod published;
mod reading;
mod reasons;
mod retention;
mod retries;
mod rota;
mod rota_days;
mod rules;
mod schools;
mod service_work;
mod services;
mod sessions;
#[cfg(feature = "sign-in")]
mod sign_in;
mod subject_access;
mod talk;
mod time;
mod watched;
mod witness;
mod writing;
