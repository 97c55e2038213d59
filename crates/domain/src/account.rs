//! Accounts: who may come in, as what, and with which key.

mod command;
mod decide;
mod entrance;
mod follow;
mod key;
#[cfg(test)]
mod tests;

pub use command::{AccountCommand, AccountRefusal};
pub use entrance::{Entrance, IdentityHash};
pub use key::{Key, KeyScope, LONGEST_KEY_DAYS, LONGEST_OVERLAP_HOURS};

use crate::codes::codes;
use crate::ids::{AccountId, PanelId, SchoolId, ServiceSlug, TeamId};
use serde::{Deserialize, Serialize};

codes! {
    /// What somebody is to the front door.
    Role {
        School = "school", "a school";
        Adviser = "adviser", "a duty adviser";
        Coordinator = "coordinator", "a coordinator";
        Service = "service", "a service";
        Panel = "panel", "a panel member";
        Commissioner = "commissioner", "a commissioner";
        Auditor = "auditor", "an auditor";
        Dpo = "dpo", "the data protection officer";
        Admin = "admin", "an administrator";
    }
}

codes! {
    /// What somebody says that they look at personal data for.
    Purpose {
        Casework = "casework", "work on the request";
        Complaint = "complaint", "a complaint";
        Safeguarding = "safeguarding", "safeguarding";
        SubjectAccess = "subject_access", "subject access";
        Audit = "audit", "an audit";
        Test = "test", "a test";
    }
}

/// Somebody who may come in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its name in events.
    pub id: AccountId,
    /// How the person is called; for a system, what it is.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The school it acts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<SchoolId>,
    /// The service it acts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceSlug>,
}

/// Something that a calendar program reads with a token in its address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feed {
    /// One's own shifts in a team.
    Shifts(TeamId),
    /// The meetings of a panel.
    Meetings(PanelId),
}

/// The SHA-256 of an API key of 256 random bits, in hexadecimal. The key itself is shown
/// once, to whoever it is issued to, and kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyHash(pub String);
