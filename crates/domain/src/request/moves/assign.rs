//! A request changes hands: a person says so, or whoever had it is away.

use super::{Decided, Move, Refusal};
use crate::account::Role;
use crate::desk::{Desk, Workload};
use crate::event::{Change, RequestEvent as E};
use crate::ids::AccountId;
use crate::personal::Words;
use crate::request::assignment::accountable;
use crate::request::event::{Assigned, AssignedBecause};
use crate::request::{Case, Stage};
use jiff::Timestamp;

impl Move<'_> {
    /// To somebody by name. The rota has no say in it, and so no version.
    pub(in crate::request) fn assign(mut self, adviser: AccountId, words: Words) -> Decided {
        if !may_answer(self.desk, &adviser) {
            return Err(Refusal::UnknownAdviser(adviser));
        }
        if self.case.adviser.as_ref() == Some(&adviser) {
            return Ok(vec![]);
        }
        let assigned = Assigned {
            team: self.case.team.clone(),
            adviser: Some(adviser),
            rota_version: None,
            from_next_shift_at: None,
            because: AssignedBecause::ByHand,
        };
        self.unfolding.then(Change::of(E::Assigned(assigned)).with(words.personal()));
        Ok(self.done())
    }

    /// To whoever is on duty, by the rule of every assignment, if it waits for somebody who is
    /// away until an instant and would have to act before that.
    pub(in crate::request) fn cover(
        mut self,
        away: &AccountId,
        until: Timestamp,
        workload: &Workload,
        now: Timestamp,
    ) -> Vec<Change> {
        let (team, need) = (self.case.team.clone(), self.case.intake.primary_need);
        let found = accountable(self.desk, team, need, workload, now);
        let theirs = self.case.adviser.as_ref() == Some(away);
        let another = found.adviser.as_ref().is_some_and(|adviser| adviser != away);
        if theirs && another && self.case.needs_adviser_before(until) {
            let assigned = Assigned { because: AssignedBecause::Absence, ..found };
            self.unfolding.then(Change::of(E::Assigned(assigned)));
        }
        self.done()
    }
}

/// Whether somebody can be accountable: an adviser, or of a team.
fn may_answer(desk: &Desk, who: &AccountId) -> bool {
    let adviser = desk.accounts.get(who).is_some_and(|account| account.role == Role::Adviser);
    adviser || desk.teams.values().any(|team| team.has(who))
}

impl Case {
    /// Whether the accountable adviser has something to do before an instant: it is with them,
    /// or an answer of the school would bring it there, or the school is owed one by then.
    #[must_use]
    pub fn needs_adviser_before(&self, until: Timestamp) -> bool {
        let owed = || {
            let due = self.clocks.open().filter_map(|clock| clock.due_at);
            due.into_iter().any(|due| due <= until)
        };
        match self.stage {
            Stage::WithDutyAdviser | Stage::AwaitingInformation { .. } => true,
            Stage::WithService { .. }
            | Stage::AwaitingPanel { .. }
            | Stage::OnAgenda { .. }
            | Stage::AwaitingRatification { .. } => owed(),
            Stage::Supported | Stage::Closed { .. } => false,
        }
    }
}
