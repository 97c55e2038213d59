//! The only way to change anything: load, decide, seal, append.

mod actor;
mod stored;

pub use actor::{Actor, ActorKind};
pub use stored::{Recorded, Unreadable, read};
