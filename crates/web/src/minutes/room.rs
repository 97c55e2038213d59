//! Who was in the room, who was not, and when there were enough for a quorum.

use super::person::Person;
use super::record::Record;
use domain::ids::AccountId;
use domain::meeting::Stay;
use domain::panel::MemberRole;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Somebody was there.
#[derive(Serialize, ToSchema)]
pub(crate) struct Present {
    #[serde(flatten)]
    pub(crate) person: Person,
    /// When they came and went, in order.
    pub(crate) stays: Vec<StayShown>,
    /// Whether they came after the meeting should have begun,
    pub(crate) late: bool,
    /// or were gone when it was closed.
    pub(crate) left_early: bool,
}

/// From when until when somebody was in the room.
#[derive(Serialize, ToSchema)]
pub(crate) struct StayShown {
    #[schema(value_type = String, format = DateTime)]
    pub(crate) arrived_at: Timestamp,
    /// Null: still there.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) departed_at: Option<Timestamp>,
}

/// Who must be in the room, and when they were.
#[derive(Serialize, ToSchema)]
#[schema(as = QuorumOfMinutes)]
pub(crate) struct QuorumShown {
    /// How many in all.
    pub(crate) total: u8,
    /// How many of a role.
    #[schema(value_type = Object, example = json!({"education_adviser": 1}))]
    pub(crate) roles: BTreeMap<MemberRole, u8>,
    /// When enough were in the room, before anybody stands aside from an item.
    pub(crate) met: Vec<MetShown>,
}

/// From when until when there was a quorum.
#[derive(Serialize, ToSchema)]
pub(crate) struct MetShown {
    #[schema(value_type = String, format = DateTime)]
    pub(crate) from: Timestamp,
    /// Null: still.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) to: Option<Timestamp>,
}

impl Record {
    /// Everybody who was there, the chair and the vice-chair first.
    pub(super) fn present(&self) -> Vec<Present> {
        let mut accounts: Vec<&AccountId> = Vec::new();
        for stay in self.sitting.attendance.stays() {
            if !accounts.contains(&&stay.member) {
                accounts.push(&stay.member);
            }
        }
        accounts.sort_by_key(|account| self.seat(account));
        accounts.into_iter().map(|account| self.presence(account)).collect()
    }

    fn presence(&self, account: &AccountId) -> Present {
        let stays = self.sitting.attendance.stays().filter(|stay| stay.member == *account);
        let stays: Vec<&Stay> = stays.collect();
        let first = stays.first().map(|stay| stay.arrived_at);
        let last = stays.last().and_then(|stay| stay.departed_at);
        let closed = self.sitting.closed_at;
        let shown =
            |stay: &&Stay| StayShown { arrived_at: stay.arrived_at, departed_at: stay.departed_at };
        Present {
            person: self.person(account),
            late: first.is_some_and(|first| minute(first) > minute(self.sitting.starts_at)),
            left_early: last.is_some_and(|last| closed.is_none_or(|closed| last < closed)),
            stays: stays.iter().map(shown).collect(),
        }
    }

    /// Who did not come, after saying so and without.
    pub(super) fn not_there(&self) -> (Vec<Person>, Vec<Person>) {
        let came = self.sitting.attendance.attended();
        let members = self.terms.members.iter().map(|member| &member.account);
        let absent = members.filter(|account| !came.contains(account));
        let (apologies, absent): (Vec<_>, Vec<_>) =
            absent.partition(|account| self.sitting.apologies.contains(*account));
        (self.people(apologies), self.people(absent))
    }

    /// Who was in the chair of the meeting.
    pub(super) fn chair(&self) -> Option<Person> {
        let came = self.sitting.attendance.attended();
        let named = self.terms.chair.iter().chain(&self.terms.vice_chair);
        let there = named.into_iter().find(|account| came.contains(account));
        there.map(|account| self.person(account))
    }

    pub(super) fn quorum(&self) -> QuorumShown {
        let quorum = &self.terms.quorum;
        QuorumShown { total: quorum.total, roles: quorum.roles.clone(), met: self.met() }
    }

    /// The stretches of time in which enough were in the room.
    fn met(&self) -> Vec<MetShown> {
        let attendance = &self.sitting.attendance;
        let stays = || attendance.stays();
        let arrivals = stays().map(|stay| stay.arrived_at);
        let departures = stays().filter_map(|stay| stay.departed_at);
        let moments: BTreeSet<_> = arrivals.chain(departures).collect();
        let mut met: Vec<MetShown> = Vec::new();
        for moment in moments {
            let there = attendance.in_the_room(moment);
            let roles = there.iter().filter_map(|account| self.person(account).role);
            let enough = self.terms.quorum.shortfall(roles).is_none();
            match met.last_mut().filter(|last| last.to.is_none()) {
                Some(last) if !enough => last.to = Some(moment),
                None if enough => met.push(MetShown { from: self.begun(moment), to: None }),
                Some(_) | None => {}
            }
        }
        met
    }

    /// An instant of the meeting: whoever is early waits for it to begin.
    fn begun(&self, at: Timestamp) -> Timestamp {
        at.max(self.sitting.starts_at)
    }

    /// When it began: at its time, or when the first came after that.
    pub(super) fn opened_at(&self) -> Option<Timestamp> {
        let arrivals = self.sitting.attendance.stays().map(|stay| stay.arrived_at);
        arrivals.min().map(|first| self.begun(first))
    }

    /// The order in which those present are named.
    pub(super) fn seat(&self, account: &AccountId) -> (bool, bool, usize) {
        let is = |seat: &Option<AccountId>| seat.as_ref() == Some(account);
        let mut members = self.terms.members.iter();
        let place = members.position(|member| member.account == *account);
        (!is(&self.terms.chair), !is(&self.terms.vice_chair), place.unwrap_or(usize::MAX))
    }
}

/// Whole minutes: minutes are not kept to the second.
pub(super) fn minute(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}
