//! Who sits on a panel, as what, and where their own interests lie.

use crate::codes::codes;
use crate::ids::{AccountId, SchoolId, ServiceSlug};
use serde::{Deserialize, Serialize};

codes! {
    /// What somebody sits on a panel as.
    MemberRole {
        EducationAdviser = "education_adviser", "an education adviser";
        EducationalPsychologist = "educational_psychologist", "an educational psychologist";
        SchoolLeader = "school_leader", "a headteacher or school leader";
        Senco = "senco", "a SENCO";
        ServiceManager = "service_manager", "a service manager";
        Health = "health", "health";
        SocialCare = "social_care", "social care";
        SenLead = "sen_lead", "the SEN lead";
    }
}

/// Somebody appointed to a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub account: AccountId,
    /// As what.
    pub role: MemberRole,
    /// The school they work for: an interest in its requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<SchoolId>,
    /// The service they work for: an interest in what it asks for or would get.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceSlug>,
}
