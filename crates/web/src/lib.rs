//! The REST API over commands and queries; who may do what.
//!
//! A request passes the guard of its route ([`access`] is the table it asks), is read with
//! every fault found at once, becomes a command to the engine or a query to the views, and
//! is answered as `../../../api-spec/openapi.json` says. Nothing personal is in a URL, a log
//! line or a problem.

pub mod access;
mod accounts;
mod answer;
mod app;
pub mod audit;
mod children;
mod command;
mod demo_clock;
mod demo_sign_in;
mod directory;
mod documents;
mod drafts;
mod entry;
mod erase;
mod erasure;
mod feed;
mod form;
pub mod hardening;
mod health;
mod holds;
pub mod identity;
pub mod import;
mod insights;
mod master_key;
mod me;
mod meetings;
mod metrics;
mod minutes;
mod notices;
mod openapi;
mod opener;
mod packages;
mod page;
mod panels;
mod paper;
mod place;
mod problem;
mod prose;
mod query;
pub mod records;
mod requests;
mod retention;
mod rota;
pub mod rota_ics;
mod router;
mod routes;
mod security;
pub mod serve;
pub mod session;
#[cfg(feature = "sign-in")]
pub mod sign_in;
mod spreadsheet;
mod subject_access;
mod trace;
mod upload;
mod written;

pub use app::App;
pub use demo_clock::routes as demo_clock_routes;
pub use demo_sign_in::routes as demo_sign_in_routes;
pub use problem::{Fault, Problem};
pub use router::{Routes, api, router, router_with};
pub use routes::openapi;
