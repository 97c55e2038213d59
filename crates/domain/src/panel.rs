//! Panels: who decides what no single service can, by which terms.
//!
//! A panel's terms of reference are published in versions: every meeting and every decision
//! says by which version it went. Who has authority, and over what, is in there and nowhere
//! else; `docs/adr/0012-a-decision-and-its-effect-are-one-append.md` says how it is used.

mod cycle;
mod depth;
mod diary;
mod faults;
mod member;
mod outlook;
mod proposal;
mod quorum;

pub use depth::{DepthReason, Suggestion};
pub use diary::{Diary, Slot};
pub use faults::{PanelFault, PanelFaultAt};
pub use member::{Member, MemberRole};
pub use outlook::MeetingToCome;
pub use proposal::{Proposal, Waiting};
pub use quorum::{Quorum, Shortfall};

use crate::codes::{Support, codes};
use crate::ids::{AccountId, PanelId};
use crate::money::Money;
use crate::need::Area;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

codes! {
    /// What a panel's word is worth.
    Standing {
        Decides = "decides", "it decides";
        Advises = "advises", "it advises, and a named officer decides";
    }
}

codes! {
    /// How a panel comes to a decision.
    DecidesBy {
        Consensus = "consensus", "by consensus; who does not share it is on record";
        Majority = "majority", "by the votes of those in the room";
    }
}

codes! {
    /// How deep an item is discussed. Every item is decided, whatever its depth.
    Depth {
        Consent = "consent", "agreed without discussion unless a member asks for it";
        Standard = "standard", "discussed";
        InDepth = "in_depth", "discussed at length";
    }
}

/// A panel's terms of reference. Their version is that of the panel's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// Its name in addresses.
    pub id: PanelId,
    /// Its name.
    pub name: String,
    /// The area of need it decides for.
    pub area: Area,
    /// When it meets.
    pub cycle: Cycle,
    /// What a chair must be.
    pub chair_role: MemberRole,
    /// Who chairs. A panel without a chair can meet, and nobody can decide for it outside a
    /// meeting or sign its minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chair: Option<AccountId>,
    /// Who chairs when the chair does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vice_chair: Option<AccountId>,
    /// Who calls its meetings and sends out its papers, without a vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<AccountId>,
    /// The roles from which members are appointed.
    pub membership_roles: Vec<MemberRole>,
    /// Who is appointed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// Who must be in the room.
    pub quorum: Quorum,
    /// How many working days before it meets papers are due.
    pub papers_due_working_days_before: u32,
    /// How long a meeting lasts.
    pub minutes_available: u16,
    /// How long an item takes, by its depth.
    #[serde(default)]
    pub minutes_for: MinutesFor,
    /// What it can grant.
    pub can_grant: Vec<Support>,
    /// What its word is worth.
    #[serde(default = "decides")]
    pub standing: Standing,
    /// How it comes to a decision.
    #[serde(default = "by_consensus")]
    pub decides_by: DecidesBy,
    /// The whole cost of a package above which the officer must ratify it. `None`: no amount
    /// is too much for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratify_above: Option<Money>,
    /// The officer who ratifies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratified_by: Option<AccountId>,
}

/// When a panel meets: so many weeks apart, counted from a first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// Any day on which it met or will meet by the cycle.
    pub first_on: Date,
    /// How many weeks apart its meetings are.
    pub every_weeks: u8,
    /// When a meeting starts, on the clocks of London.
    pub starts: Time,
}

/// How long an item takes, by its depth, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesFor {
    /// One that is agreed without discussion.
    pub consent: u16,
    /// One that is discussed.
    pub standard: u16,
    /// One that is discussed at length.
    pub in_depth: u16,
}

impl Default for MinutesFor {
    fn default() -> Self {
        Self { consent: 3, standard: 15, in_depth: 30 }
    }
}

impl MinutesFor {
    /// How long an item of this depth takes.
    #[must_use]
    pub const fn depth(&self, depth: Depth) -> u16 {
        match depth {
            Depth::Consent => self.consent,
            Depth::Standard => self.standard,
            Depth::InDepth => self.in_depth,
        }
    }
}

const fn decides() -> Standing {
    Standing::Decides
}

const fn by_consensus() -> DecidesBy {
    DecidesBy::Consensus
}

impl Panel {
    /// The member with this account.
    #[must_use]
    pub fn member(&self, account: &AccountId) -> Option<&Member> {
        self.members.iter().find(|member| member.account == *account)
    }

    /// Whether its terms name somebody: as a member, as its chair or vice-chair, as its manager,
    /// or as the officer who ratifies.
    #[must_use]
    pub fn names(&self, account: &AccountId) -> bool {
        let offices = [&self.chair, &self.vice_chair, &self.manager, &self.ratified_by];
        let holds_one = offices.into_iter().flatten().any(|holder| holder == account);
        holds_one || self.member(account).is_some()
    }

    /// Whether somebody is its chair or its vice-chair.
    #[must_use]
    pub fn is_chaired_by(&self, account: &AccountId) -> bool {
        self.chair.as_ref() == Some(account) || self.vice_chair.as_ref() == Some(account)
    }

    /// Who must ratify a decision that commits so much, if anybody. `Err`: somebody must, and
    /// the terms name nobody.
    pub fn must_ratify(&self, commits: Money) -> Result<Option<&AccountId>, NoOfficer> {
        let too_much = self.ratify_above.is_some_and(|most| commits > most);
        if self.standing == Standing::Decides && !too_much {
            return Ok(None);
        }
        self.ratified_by.as_ref().map(Some).ok_or(NoOfficer)
    }
}

/// The terms ask for an officer's word and name no officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the terms of reference name no officer who ratifies")]
pub struct NoOfficer;
