//! Who was in the room when. Everything about validity is worked out from here.

use crate::ids::AccountId;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Every stay of every member, in the order of arrival.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attendance(Vec<Stay>);

/// Somebody was in the room from one instant to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Who.
    pub member: AccountId,
    /// Since when.
    pub arrived_at: Timestamp,
    /// Until when, not included; `None`: still there.
    pub departed_at: Option<Timestamp>,
}

impl Attendance {
    /// The stays.
    pub fn stays(&self) -> impl Iterator<Item = &Stay> {
        self.0.iter()
    }

    /// Everybody who was there at all.
    #[must_use]
    pub fn attended(&self) -> BTreeSet<&AccountId> {
        self.0.iter().map(|stay| &stay.member).collect()
    }

    /// Who is in the room at an instant: whoever arrives then is, whoever departs then is not.
    #[must_use]
    pub fn in_the_room(&self, at: Timestamp) -> BTreeSet<&AccountId> {
        let there = |stay: &&Stay| {
            stay.arrived_at <= at && stay.departed_at.is_none_or(|departed| at < departed)
        };
        self.0.iter().filter(there).map(|stay| &stay.member).collect()
    }

    /// The stay of a member that has not ended.
    #[must_use]
    pub fn staying(&self, member: &AccountId) -> Option<&Stay> {
        self.0.iter().find(|stay| stay.member == *member && stay.departed_at.is_none())
    }

    /// When a member last left.
    #[must_use]
    pub fn last_left(&self, member: &AccountId) -> Option<Timestamp> {
        let of_member = self.0.iter().filter(|stay| stay.member == *member);
        of_member.filter_map(|stay| stay.departed_at).max()
    }

    pub(super) fn arrive(&mut self, member: AccountId, at: Timestamp) {
        self.0.push(Stay { member, arrived_at: at, departed_at: None });
    }

    pub(super) fn depart(&mut self, member: &AccountId, at: Timestamp) {
        let staying = |stay: &&mut Stay| stay.member == *member && stay.departed_at.is_none();
        if let Some(stay) = self.0.iter_mut().find(staying) {
            stay.departed_at = Some(at);
        }
    }

    pub(super) fn all_depart(&mut self, at: Timestamp) {
        for stay in &mut self.0 {
            stay.departed_at.get_or_insert(at);
        }
    }
}
