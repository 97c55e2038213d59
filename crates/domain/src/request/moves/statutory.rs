//! What the statutory service decides about an EHC plan, and what the law excuses.

use super::super::Refusal;
use super::super::event::{ExcusalRecorded, StatutoryDecided};
use super::{Decided, Move, Stated, reason_for};
use crate::clock::Promise;
use crate::event::{Change, RequestEvent as E};
use crate::ids::ServiceSlug;
use crate::personal::Words;
use crate::statutory::{ExcusalGround, StatutoryDecision};

impl Move<'_> {
    /// A decision answers the school, and meets one promise of the law; those that it leaves
    /// without an object lapse. To deny what was asked for needs a reason.
    pub(in crate::request) fn statutory(
        mut self,
        service: ServiceSlug,
        decision: StatutoryDecision,
        stated: Stated,
    ) -> Decided {
        self.by_law(&service)?;
        let last = self.case.statutory;
        if !decision.follows(last) {
            return Err(Refusal::OutOfOrder { decision, last });
        }
        if decision.denies() {
            reason_for("a decision against the request", &stated)?;
        }
        let keeper = self.unfolding.keeper();
        let mut clocks = keeper.meet(Promise::Respond);
        clocks.extend(keeper.meet(decision.meets()));
        clocks.extend(decision.ends().iter().flat_map(|promise| keeper.lapse(*promise)));
        let decided = StatutoryDecided { service, decision, reason: stated.reason };
        let decided = Change::of(E::StatutoryDecided(decided)).moving(clocks);
        self.unfolding.then(decided.with(stated.words.personal()));
        Ok(self.done())
    }

    /// An excusal never pauses a clock and moves no due day: it stands beside it.
    pub(in crate::request) fn excuse(
        mut self,
        service: ServiceSlug,
        promise: Promise,
        ground: ExcusalGround,
        words: Words,
    ) -> Decided {
        self.by_law(&service)?;
        if !ground.excuses(promise) {
            return Err(Refusal::NoGround { ground, promise });
        }
        let recorded = ExcusalRecorded { service, promise, ground };
        let recorded = Change::of(E::ExcusalRecorded(recorded));
        self.unfolding.then(recorded.with(words.personal()));
        Ok(self.done())
    }

    /// Whether the law has anything to decide here, and by whom.
    fn by_law(&self, service: &ServiceSlug) -> Result<(), Refusal> {
        let statutory = &self.desk.rules.statutory_service;
        if service != statutory {
            return Err(Refusal::NotTheStatutoryService(statutory.clone()));
        }
        if self.case.is_statutory() { Ok(()) } else { Err(Refusal::NotStatutory) }
    }
}
