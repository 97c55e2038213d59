//! What an engine promises to whoever uses it, over a log in memory.

extern crate frontdoor_engine as engine;

mod county;
mod idempotency;
mod privacy;
mod storing;
