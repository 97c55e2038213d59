//! Why nobody comes in like that.

use super::Problem;
use domain::account::AccountRefusal as Refusal;

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let says = refusal.to_string();
        match refusal {
            Refusal::ForNobody("service") | Refusal::UnknownService => {
                Self::fault("/service", says)
            }
            Refusal::ForNobody(_) | Refusal::UnknownSchool => Self::fault("/school_urn", says),
            Refusal::FaultyLife => Self::fault("/expires_at", says),
            Refusal::LongOverlap => Self::fault("/overlap_hours", says),
            Refusal::UnknownKey => Self::not_found(),
            Refusal::Taken(_)
            | Refusal::OwnAccount
            | Refusal::Closed(_)
            | Refusal::SignInTaken
            | Refusal::NotInvited
            | Refusal::KeyOver => Self::conflict(says),
        }
    }
}
