//! What an engine promises to whoever uses it, over a log in memory.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on says so by panicking")]

extern crate frontdoor_engine as engine;

mod children;
mod county;
mod docket;
mod faulty;
mod idempotency;
mod letters;
mod panel;
mod privacy;
mod reactions;
mod rota;
mod simulation;
mod storing;
mod timers;
