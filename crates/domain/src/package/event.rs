//! What happens to a package of support: events of its request's stream.

use super::{Contribution, Package, ReviewResult};
use crate::codes::codes;
use crate::ids::{AccountId, ServiceSlug};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// Why a package, or a part of it, is over.
    PackageEnd {
        RanOut = "ran_out", "its time is over";
        Reviewed = "reviewed", "a review ended it";
        Replaced = "replaced", "the panel put another one in its place";
        SetAside = "set_aside", "the decision was set aside";
        RequestEnded = "request_ended", "the request was closed or withdrawn";
    }
}

impl PackageEnd {
    /// Whether it came to its own end, and with it the request that was open for it.
    #[must_use]
    pub const fn by_itself(self) -> bool {
        matches!(self, Self::RanOut | Self::Reviewed)
    }
}

/// A service asks about its part before it takes it on; what it asks is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartQueried {
    /// Which service.
    pub service: ServiceSlug,
}

/// The panel's side answered; what it says is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryAnswered {
    /// Which service had asked.
    pub service: ServiceSlug,
}

/// A contribution's time is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionEnded {
    /// Which, from 1.
    pub number: u16,
}

/// A review of the package is due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewFellDue {}

/// Nobody has recorded a review that is due; once more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewChased {
    /// How many times by now.
    pub times: u16,
}

/// The package was reviewed. What was found and measured is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageReviewed {
    /// Counts up with each review.
    pub number: u16,
    /// Who reviewed it.
    pub by: AccountId,
    /// What was found for each contribution, by its number.
    pub results: Vec<ReviewResult>,
    /// What follows.
    #[serde(flatten)]
    pub then: ReviewThen,
}

/// What follows from a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "then", rename_all = "snake_case")]
pub enum ReviewThen {
    /// It goes on as it is.
    Continue {
        /// Until this day, when it is reviewed again.
        review_on: Date,
    },
    /// From that day on it is another one, or goes on for longer.
    Change {
        /// The whole of it, from here on; its contributions are numbered on.
        package: Package,
        /// What was given of the one before, up to the day before.
        given: Vec<Contribution>,
    },
    /// It has done what it can.
    End,
    /// It is for the panel again.
    Refer,
}

/// The package is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageEnded {
    /// Why.
    pub why: PackageEnd,
    /// What was given of it: each contribution as far as it went.
    pub given: Vec<Contribution>,
}
