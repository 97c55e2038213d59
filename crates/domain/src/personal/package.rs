//! What a panel said of a child, and what a package and its reviews say in words.

use crate::ids::AccountId;
use serde::{Deserialize, Serialize};

/// What a panel said when it decided.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulingWords {
    /// Why, to be read by the school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Criteria in the panel's own words, which no rule set knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<String>,
    /// What it needs to know first, one question each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// Who does not share the decision, and why. Not for the school.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissent: Vec<Dissent>,
    /// The package, if that is the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<PackageWords>,
}

/// A member does not share a decision.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dissent {
    /// Who.
    pub member: AccountId,
    /// Why.
    pub text: String,
}

/// A package of support in words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageWords {
    /// Whom the family talks to.
    pub key_worker: KeyWorker,
    /// What each contribution is, in their order.
    pub contributions: Vec<ContributionWords>,
}

/// The one person whom a family can always ask.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyWorker {
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// How to reach them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// One contribution in words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionWords {
    /// What is given.
    pub what: String,
    /// What it is to bring about.
    pub outcome: String,
    /// Who sees to it.
    pub lead: String,
}

/// What a review found.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewWords {
    /// In a few sentences.
    pub text: String,
    /// How each outcome was measured, in the order of the results.
    pub measured: Vec<MeasuredWords>,
    /// The package that goes on from here, where the review changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<PackageWords>,
}

/// How one outcome was measured.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuredWords {
    /// What was measured, and what came of it.
    pub measure: String,
}
