//! How deep an item had better be discussed, suggested from what the request says.
//!
//! Too many cases in a meeting starve the complex ones: the depth decides how long each is
//! discussed, never whether it is.

use super::Depth;
use crate::codes::codes;
use crate::request::Case;

codes! {
    /// Why an item is suggested to be discussed as deep as it is.
    DepthReason {
        Concern = "concern", "something about the child is urgent or at risk";
        Deferred = "deferred", "the panel has put it off before";
        Nothing = "nothing", "nothing speaks for more or less";
    }
}

/// How deep, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// How deep.
    pub depth: Depth,
    /// Why, the weightiest first.
    pub reasons: Vec<DepthReason>,
}

impl Suggestion {
    /// What is suggested for a request.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let mut reasons = Vec::new();
        if !case.intake.concerns.is_empty() {
            reasons.push(DepthReason::Concern);
        }
        if case.deferrals > 0 {
            reasons.push(DepthReason::Deferred);
        }
        let depth = if reasons.is_empty() { Depth::Standard } else { Depth::InDepth };
        if reasons.is_empty() {
            reasons.push(DepthReason::Nothing);
        }
        Self { depth, reasons }
    }
}
