//! One item of a meeting: a request, its packs, what came of it.

use super::event::{Decided, DeferReason, Pack, Planned};
use crate::ids::{AccountId, RequestId};
use crate::panel::Depth;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// One item of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The request.
    pub request: RequestId,
    /// How deep it is discussed.
    pub depth: Depth,
    /// How long it may take.
    pub minutes: u16,
    /// What members can read, the latest last.
    pub packs: Vec<Pack>,
    /// The latest version of it that each member has opened.
    pub opened: BTreeMap<AccountId, u32>,
    /// What came of it.
    pub outcome: Option<ItemOutcome>,
    /// The officer's word on it, where one was needed.
    pub ratification: Option<Ratification>,
}

/// What came of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemOutcome {
    /// It was decided, then.
    Decided(Box<Decided>, Timestamp),
    /// It was put off, then.
    Deferred(DeferReason, Timestamp),
}

/// An officer's word on a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratification {
    /// Who.
    pub by: AccountId,
    /// Whether it is in force.
    pub agreed: bool,
    /// When.
    pub at: Timestamp,
}

impl Item {
    /// An item as it is planned; what was published of it before stays.
    pub(super) fn planned(planned: &Planned, before: Option<Self>) -> Self {
        let (packs, opened) = before.map(|item| (item.packs, item.opened)).unwrap_or_default();
        Self {
            request: planned.request,
            depth: planned.depth,
            minutes: planned.minutes,
            packs,
            opened,
            outcome: None,
            ratification: None,
        }
    }

    /// What members can read now.
    #[must_use]
    pub fn pack(&self) -> Option<&Pack> {
        self.packs.last()
    }

    /// The version of what members can read now; 0: nothing yet.
    #[must_use]
    pub fn pack_version(&self) -> u32 {
        self.pack().map_or(0, |pack| pack.version)
    }

    /// Whether a member has opened what can be read now.
    #[must_use]
    pub fn is_read_by(&self, member: &AccountId) -> bool {
        self.opened.get(member).is_some_and(|version| *version >= self.pack_version())
    }

    pub(super) fn opened(&mut self, member: &AccountId, version: u32) {
        let opened = self.opened.entry(member.clone()).or_default();
        *opened = version.max(*opened);
    }
}
