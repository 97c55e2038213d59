//! What the journeys walk with: the real binary on a directory of its own, a caller with a
//! key, submissions, and second opinions on what must come of them.
//!
//! Nothing here knows the crates of Front Door. What is expected was written from the
//! published contract, the county's rules and its bank holidays, so that a mistake in the
//! program is not repeated here.
#![expect(clippy::missing_panics_doc, reason = "a journey that cannot go on says so by panicking")]

pub mod binary;
pub mod caller;
pub mod canary;
pub mod county;
pub mod dice;
pub mod due;
pub mod post;
pub mod provider;
pub mod sample;
pub mod server;
pub mod story;
pub mod submission;
pub mod syscalls;
pub mod triage;
