//! Somebody who has no part in a request reads it by exception: for a reason, for a time, and
//! not unseen.

use crate::account::Role;
use crate::codes::codes;
use crate::ids::AccountId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

codes! {
    /// Why somebody reads a request by exception.
    GlassReason {
        Safeguarding = "safeguarding", "a child may be at risk";
        OutOfHours = "out_of_hours", "whoever could answer is not at work";
        Complaint = "complaint", "there is a complaint";
        Absence = "absence", "whoever has it is away";
        Legal = "legal", "the law asks for it";
    }
}

/// Somebody reads it by exception, until an instant. In which words they said why is sealed
/// beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlassBroken {
    /// Who.
    pub account: AccountId,
    /// As what.
    pub role: Role,
    /// Why.
    pub code: GlassReason,
    /// Until when.
    pub until: Timestamp,
    /// Who is told: whoever is accountable for the request, and the data protection officers.
    pub told: Vec<AccountId>,
}
