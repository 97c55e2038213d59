//! A person says that two requests are one.
//!
//! Only requests of one school are merged: the survivor's timeline points to the other, and
//! no school may learn what another one asked.

use super::{Decided, Move};
use crate::event::{Change, RequestEvent as E};
use crate::ids::RequestId;
use crate::package::event::PackageEnd;
use crate::request::command::Merge;
use crate::request::event::{Absorbed, Merged};
use crate::request::{Case, Refusal, Stage};

impl Move<'_> {
    /// This request ends. What it promised lapses: the school is answered by the survivor.
    pub(crate) fn merge(mut self, merge: Merge) -> Decided {
        let Merge { into, same_child, words } = merge;
        may_merge(self.case, &into, same_child)?;
        self.end_package(PackageEnd::RequestEnded);
        let clocks = self.unfolding.keeper().lapse_all();
        let merged = Change::of(E::Merged(Merged { into: into.id })).moving(clocks);
        self.unfolding.then(merged.with(words.personal()));
        Ok(self.done())
    }

    /// This request goes on for both.
    pub(crate) fn absorb(mut self, from: RequestId) -> Vec<Change> {
        self.unfolding.then(Change::of(E::Absorbed(Absorbed { from })));
        self.done()
    }
}

fn may_merge(from: &Case, into: &Case, same_child: bool) -> Result<(), Refusal> {
    if from.id == into.id {
        return Err(Refusal::IntoItself);
    }
    if matches!(into.stage, Stage::Closed { .. }) {
        return Err(Refusal::SurvivorClosed);
    }
    if from.school != into.school {
        return Err(Refusal::OtherSchool);
    }
    if from.intake.about != into.intake.about || (from.child.is_some() && !same_child) {
        return Err(Refusal::NotTheSame);
    }
    if assessing(from) && !assessing(into) {
        return Err(Refusal::LosesStatutoryClock);
    }
    Ok(())
}

/// Whether the law's clock runs for it. A merge must not stop that.
fn assessing(case: &Case) -> bool {
    case.clocks.open().any(|clock| clock.promise.is_statutory())
}
