//! The directory of services: what each offers, in which tier, and what it promises.

use crate::clock::Allowance;
use crate::codes::codes;
use crate::ids::ServiceSlug;
use serde::{Deserialize, Serialize};

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
}

/// Something a service offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// In which tier.
    pub tier: Tier,
    /// What it is.
    pub title: String,
}

impl Service {
    /// How long the service may take to its first contact.
    #[must_use]
    pub const fn first_contact(&self) -> Allowance {
        Allowance::WorkingDays(self.first_contact_working_days)
    }
}
