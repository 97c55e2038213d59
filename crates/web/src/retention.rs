//! How long records are kept, what has come to the end of its time, and disposing of it.

pub(crate) mod dispose;
pub(crate) mod due;
pub(crate) mod groups;
pub(crate) mod kept;
pub(crate) mod schedule;
