//! How somebody wants to be told: chosen once, sealed as far as it is an address.

use crate::codes::codes;
use crate::ids::{AccountId, SchoolId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// By which channel somebody is told.
    NoticeChannel {
        Email = "email", "by e-mail";
        Notify = "notify", "by e-mail through GOV.UK Notify";
        Webhook = "webhook", "by webhook";
        None = "none", "not at all";
    }
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// A school, of its own requests.
    School(SchoolId),
    /// A member of staff, of what is escalated to them.
    Account(AccountId),
}

impl Recipient {
    /// The stream in which the choice is kept.
    #[must_use]
    pub fn stream(&self) -> String {
        match self {
            Self::School(school) => format!("school-{school}"),
            Self::Account(account) => format!("account-{account}"),
        }
    }
}

/// Somebody chose how to be told. The address is sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdatesChosen {
    /// Who.
    pub to: Recipient,
    /// How.
    pub channel: NoticeChannel,
    /// Under whose key the address is sealed: a school's own id, or an id made for an account.
    pub subject: Uuid,
}

/// How somebody wants to be told, as the desk knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Updates {
    /// How.
    pub channel: NoticeChannel,
    /// Under whose key the address is sealed.
    pub subject: Uuid,
    /// The version of the stream that has it.
    pub version: u32,
}
