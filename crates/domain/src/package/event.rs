//! What happens to a package of support: events of its request's stream.

use super::{Package, ReviewResult};
use crate::codes::codes;
use crate::ids::{AccountId, ServiceSlug};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// Why a package, or a part of it, is over.
    PackageEnd {
        RanOut = "ran_out", "its time is over";
        Reviewed = "reviewed", "a review ended it";
        Replaced = "replaced", "a review put another one in its place";
        SetAside = "set_aside", "the decision was set aside";
        RequestEnded = "request_ended", "the request was closed or withdrawn";
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
    /// It goes on for longer, or as another one.
    Change {
        /// The whole of it, from here on. What was spent before stays in it.
        package: Package,
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
}
