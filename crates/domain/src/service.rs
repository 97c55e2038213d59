//! The directory of services: what each offers, in which tier, and what it promises.
//!
//! An entry is published: schools, families and other directories read it. What it says of
//! contact is the service's public address, nobody's own.

mod faults;

use crate::clock::Allowance;
use crate::codes::codes;
use crate::ids::ServiceSlug;
use serde::{Deserialize, Serialize};

pub use faults::ServiceFault;

codes! {
    /// Who provides a service.
    Agency {
        Education = "education", "education";
        Health = "health", "health";
        SocialCare = "social_care", "social care";
        Voluntary = "voluntary", "the voluntary sector";
    }
}

codes! {
    /// How a service is paid for, hence who gets it.
    Tier {
        Statutory = "statutory", "required by law";
        Critical = "critical", "critical to a school or pupil";
        CapacityBuilding = "capacity_building", "essential capacity building";
        Traded = "traded", "traded: charged to the school";
    }
}

codes! {
    /// Whether a service takes anything on.
    ServiceStatus {
        Active = "active", "active";
        Inactive = "inactive", "not there any more";
        TemporarilyClosed = "temporarily_closed", "closed for a time";
    }
}

/// One entry of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its name in addresses and rules.
    pub slug: ServiceSlug,
    /// Its name.
    pub name: String,
    /// Who provides it.
    pub agency: Agency,
    /// Within how many working days it contacts the family of a new case.
    pub first_contact_working_days: u32,
    /// What it offers.
    pub offers: Vec<Offer>,
    /// Whether it takes anything on.
    #[serde(default = "active")]
    pub status: ServiceStatus,
    /// How many cases it can have open at once, if it says so. Shown, never enforced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_cases: Option<u32>,
    /// What the public is told about it.
    #[serde(flatten)]
    pub public: Published,
}

/// What the public is told about a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who can have it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<String>,
    /// For children of which ages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<Ages>,
    /// When it can be reached, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<String>,
    /// How to reach it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ServiceContact>,
}

/// Whole years of age, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ages {
    /// From this age on.
    pub minimum: u8,
    /// Up to this age.
    pub maximum: u8,
}

/// How the public reaches a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceContact {
    /// The desk or team to ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Something a service offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// In which tier.
    pub tier: Tier,
    /// What it is.
    pub title: String,
}

/// An entry that says nothing of it is of a service that is there.
const fn active() -> ServiceStatus {
    ServiceStatus::Active
}

impl Service {
    /// How long the service may take to its first contact.
    #[must_use]
    pub const fn first_contact(&self) -> Allowance {
        Allowance::WorkingDays(self.first_contact_working_days)
    }

    /// Whether requests can be sent to it. One that is closed for a time keeps its place in
    /// the line; one that is not there any more takes nothing.
    #[must_use]
    pub fn takes_requests(&self) -> bool {
        self.status != ServiceStatus::Inactive
    }
}
