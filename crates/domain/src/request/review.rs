//! A review of a package of support, as it is given: what was found, and what follows.

use crate::ids::{AccountId, ServiceSlug};
use crate::package::{PackageDraft, ReviewResult};
use crate::personal::ReviewWords;
use jiff::civil::Date;

/// A review of a package of support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Who reviewed it,
    pub by: AccountId,
    /// and as which service; `None`: for the panel.
    pub as_service: Option<ServiceSlug>,
    /// What was found of each contribution that is running.
    pub results: Vec<ReviewResult>,
    /// What follows.
    pub follows: Follows,
    /// What was said and measured, in the order of the results.
    pub words: ReviewWords,
}

/// What shall follow from a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Follows {
    /// It goes on as it is until it is reviewed again, on this day.
    Continue(Date),
    /// From today on it is another one, or goes on for longer.
    Change(PackageDraft),
    /// It has done what it can.
    End,
    /// The panel decides.
    Refer,
}
