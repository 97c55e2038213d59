//! Messages to schools and line managers: which there were, and how somebody wants to be told.

mod choice;
pub(crate) mod list;
pub(crate) mod retry;
mod shown;
pub(crate) mod updates;
