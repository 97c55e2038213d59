//! Who answers for what arrives when nobody is on: whoever comes on next.

use super::{OnDuty, Rota};
use crate::calendar::london;
use crate::ids::AccountId;
use jiff::Timestamp;

/// How far ahead the next shift is looked for.
const HORIZON_DAYS: usize = 62;

/// Who answers for what arrives at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Who; the line manager when the rota names nobody within two months, and `None` when
    /// there is no team either.
    pub adviser: Option<AccountId>,
    /// The version of the month of the rota that says so.
    pub rota_version: Option<u32>,
    /// When the shift begins, if it is not this one but the next.
    pub from_next_shift_at: Option<Timestamp>,
}

/// Everybody who could answer for what arrives at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answering {
    /// Who: those who are on, or else those who come on next. Nobody, when the rota names
    /// nobody within two months.
    pub people: Vec<OnDuty>,
    /// When their shift begins, if it is not this one but the next.
    pub from_next_shift_at: Option<Timestamp>,
}

impl Rota {
    /// Everybody who could answer for what arrives at this instant.
    #[must_use]
    pub fn answering(&self, at: Timestamp) -> Answering {
        let people = self.people(at);
        if !people.is_empty() {
            return Answering { people, from_next_shift_at: None };
        }
        match self.next_shift(at) {
            Some((starts_at, people)) => Answering { people, from_next_shift_at: Some(starts_at) },
            None => Answering { people: vec![], from_next_shift_at: None },
        }
    }

    /// Who answers for what arrives at this instant: of several, the one of the first layer.
    #[must_use]
    pub fn duty(&self, at: Timestamp) -> Duty {
        let Answering { people, from_next_shift_at } = self.answering(at);
        let first = people.into_iter().next();
        let rota_version = first.as_ref().map(|on| on.rota_version);
        let manager = || self.team().map(|team| team.manager.clone());
        let adviser = first.map(|on| on.adviser).or_else(manager);
        Duty { adviser, rota_version, from_next_shift_at }
    }

    /// Who answers after whoever does at this instant, and from when, within two months.
    #[must_use]
    pub fn relief(&self, at: Timestamp) -> Option<(Timestamp, OnDuty)> {
        let before = self.answering(at).people.into_iter().next();
        let firsts = self
            .shifts_after(at)
            .filter_map(|(from, people)| Some((from, people.into_iter().next()?)));
        let mut others =
            firsts.filter(|(_, on)| before.as_ref().map(|it| &it.adviser) != Some(&on.adviser));
        others.next()
    }

    /// The first instant after `at` at which somebody comes on, within two months.
    fn next_shift(&self, at: Timestamp) -> Option<(Timestamp, Vec<OnDuty>)> {
        self.shifts_after(at).next()
    }

    /// The instants after `at` at which it may change who is on, and somebody is, within two
    /// months.
    fn shifts_after(&self, at: Timestamp) -> impl Iterator<Item = (Timestamp, Vec<OnDuty>)> {
        let today = london::wall(at).date();
        let days = std::iter::successors(Some(today), |day| day.tomorrow().ok());
        let boundaries = days.take(HORIZON_DAYS).flat_map(|day| self.boundaries_of(day));
        let starts = boundaries.filter(move |start| *start > at);
        let on = starts.map(|start| (start, self.people(start)));
        on.filter(|(_, people)| !people.is_empty())
    }

    /// The instants of one day at which it may change who is on, in order.
    fn boundaries_of(&self, day: jiff::civil::Date) -> Vec<Timestamp> {
        let midnight = |day: jiff::civil::Date| london::instant(day.to_datetime(<_>::default()));
        let tomorrow = day.tomorrow().map_or(Timestamp::MAX, midnight);
        let mut boundaries = self.boundaries(midnight(day), tomorrow);
        boundaries.retain(|at| *at < tomorrow);
        boundaries
    }
}
