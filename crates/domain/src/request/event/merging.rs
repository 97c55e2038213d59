//! Two requests that turn out to be one: one ends, the other goes on for both.

use crate::ids::RequestId;
use serde::{Deserialize, Serialize};

/// It repeats another request, which goes on for both. This one ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The one that goes on.
    pub into: RequestId,
}

/// Another request repeats this one, which goes on for both. What was said there stays there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absorbed {
    /// The one that ended.
    pub from: RequestId,
}
