//! Who does something: recorded with every event.

use domain::account::Role;
use domain::ids::AccountId;
use serde::{Deserialize, Serialize};

/// What kind of actor it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person, or a school's or council's own system, by account.
    Account,
    /// The front door itself: its timers, its set-up.
    FrontDoor,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// Which account; of the front door itself, which part of it.
    pub id: String,
    /// In which role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// For whom, where somebody acts for another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
}

impl Actor {
    /// Somebody with an account.
    #[must_use]
    pub fn account(id: &AccountId, role: Role) -> Self {
        let (kind, id) = (ActorKind::Account, id.to_string());
        Self { kind, id, role: Some(role), on_behalf_of: None }
    }

    /// A part of the front door itself, such as `set-up`.
    #[must_use]
    pub fn front_door(part: &str) -> Self {
        Self { kind: ActorKind::FrontDoor, id: part.to_owned(), role: None, on_behalf_of: None }
    }
}
