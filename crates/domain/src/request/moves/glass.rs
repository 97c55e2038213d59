//! Reading by exception: it changes nothing about the request but who may read it, for a while.

use super::{Decided, Move, said};
use crate::account::Role;
use crate::event::{Change, RequestEvent as E};
use crate::ids::AccountId;
use crate::personal::Words;
use crate::request::Moment;
use crate::request::command::Glass;
use crate::request::event::GlassBroken;
use jiff::SignedDuration;

impl Move<'_> {
    /// Lets somebody read it until so many minutes from now; why must be said.
    pub(in crate::request) fn break_glass(
        mut self,
        glass: Glass,
        words: Words,
        at: Moment,
    ) -> Decided {
        let said = said(words)?;
        let lasts = SignedDuration::from_mins(i64::from(glass.minutes));
        let until = at.recorded_at.saturating_add(lasts).unwrap_or(at.recorded_at);
        let told = self.told(&glass.account);
        let Glass { account, role, code, .. } = glass;
        let broken = GlassBroken { account, role, code, until, told };
        self.unfolding.then(Change::of(E::GlassBroken(broken)).with(said.personal()));
        Ok(self.done())
    }

    /// Whoever is accountable, and the data protection officers; never the one who reads.
    fn told(&self, by: &AccountId) -> Vec<AccountId> {
        let officers = self.desk.accounts.values().filter(|it| it.role == Role::Dpo);
        let all = self.case.adviser.iter().chain(officers.map(|it| &it.id));
        let mut told: Vec<_> = all.filter(|account| *account != by).cloned().collect();
        told.sort_unstable();
        told.dedup();
        told
    }
}
