//! What time alone brings about: nobody asks for it, and it is due by an instant.
//!
//! One command looks for all of it, so that a timer need not know what there is to find:
//! [`Case::next_check`] says when to look, and looking when nothing is due adds nothing. So
//! it does no harm to look too often, or from several processes at once.

use super::package_time::PackageDue;
use super::silence::Silence;
use super::{Case, E, Move};
use crate::clock::{Alarm, Clock, just_after};
use crate::desk::Desk;
use crate::event::Change;
use crate::ids::AccountId;
use crate::request::event::{
    Escalated, EscalatedAbout, PromiseBreached, PromiseWarned, PromisesRecalculated,
};
use jiff::Timestamp;

/// More can never be due at once: three steps for each promise, and what else there is. An
/// event that does not take away its own cause would otherwise be found for ever.
const MOST_DUE: usize = 100;

/// Something that falls due by itself, and when.
struct Due {
    at: Timestamp,
    what: What,
}

enum What {
    /// The council goes by another calendar: promises go over to it before anything else.
    Recalculate,
    /// This happens.
    Happens(Box<E>),
    /// The school has not answered.
    Silence(Silence),
    /// Something of a package of support.
    Package(PackageDue),
}

impl Move<'_> {
    /// Everything that is due by the instant at which it happens, in the order in which it
    /// fell due.
    pub(in crate::request) fn check(mut self) -> Vec<Change> {
        let at = self.unfolding.at();
        // What is written down later was done before the calendar changed, for all we know.
        let written_down_later = at.effective_at < at.recorded_at;
        for _ in 0..MOST_DUE {
            let due = self.unfolding.case().and_then(|case| {
                let mut dues = case.dues(self.desk);
                dues.retain(|it| !(written_down_later && matches!(it.what, What::Recalculate)));
                dues.into_iter().min_by_key(|it| it.at)
            });
            match due.filter(|due| due.at <= at.effective_at) {
                Some(Due { what: What::Recalculate, .. }) => self.recalculate(),
                Some(Due { what: What::Happens(event), .. }) => {
                    self.unfolding.then(Change::of(*event));
                }
                Some(Due { what: What::Silence(silence), .. }) => self.after(silence),
                Some(Due { what: What::Package(due), .. }) => self.time_of_package(due),
                None => break,
            }
        }
        self.done()
    }

    fn recalculate(&mut self) {
        let clocks = self.unfolding.keeper().recalculate();
        let calendar_version = self.desk.calendar.version;
        let event = E::PromisesRecalculated(PromisesRecalculated { calendar_version });
        self.unfolding.then(Change::of(event).moving(clocks));
    }
}

impl Case {
    /// When there will be something due if nothing else happens before; `None`: never.
    #[must_use]
    pub fn next_check(&self, desk: &Desk) -> Option<Timestamp> {
        self.dues(desk).iter().map(|due| due.at).min()
    }

    /// Whatever time will bring about next, of each kind.
    fn dues(&self, desk: &Desk) -> Vec<Due> {
        let affected = self.clocks.open().any(|it| it.is_affected_by(&desk.calendar, desk));
        let recalculate = affected.then_some(Due { at: Timestamp::MIN, what: What::Recalculate });
        let alarms = self.clocks.open().filter_map(|clock| self.next_alarm(clock, desk));
        let silence = self.next_silence(desk);
        let silence = silence.map(|(at, what)| Due { at, what: What::Silence(what) });
        let package = self.next_of_package(desk).into_iter();
        let package = package.map(|(at, what)| Due { at, what: What::Package(what) });
        recalculate.into_iter().chain(alarms).chain(silence).chain(package).collect()
    }

    /// The next step of one promise from quiet to escalated.
    fn next_alarm(&self, clock: &Clock, desk: &Desk) -> Option<Due> {
        let promise = clock.promise;
        let (at, event) = match clock.alarm {
            Alarm::Quiet => {
                let at = clock.warn_at(desk.policy.warn_at_percent, desk)?;
                let due_at = clock.due_at?;
                (at, E::PromiseWarned(PromiseWarned { promise, due_at }))
            }
            Alarm::Warned => {
                let due_at = clock.due_at?;
                let breached = E::PromiseBreached(PromiseBreached { promise, due_at });
                (clock.broken_at()?, breached)
            }
            Alarm::Breached { due_at } => {
                let minutes = i64::from(desk.policy.escalate_after_working_minutes);
                let at = desk.calendar.add_working_minutes(due_at, minutes);
                let about = EscalatedAbout::Breached { promise };
                let escalated = Escalated { to: self.line_manager(desk)?, about };
                (at.max(just_after(due_at)), E::Escalated(escalated))
            }
            Alarm::Escalated => return None,
        };
        Some(Due { at, what: What::Happens(Box::new(event)) })
    }

    /// To whom a breach is escalated. Where nobody is named it waits until somebody is.
    pub(super) fn line_manager(&self, desk: &Desk) -> Option<AccountId> {
        let team = desk.teams.get(&self.team).map(|team| team.manager.clone());
        team.or_else(|| desk.policy.escalate_to.clone())
    }
}
