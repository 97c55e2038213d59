//! What time does to a package of support: its contributions end, it is over, its review falls
//! due and, where nobody records one, is asked for again and again.

use super::{Case, E, Move};
use crate::calendar::london;
use crate::clock::Allowance;
use crate::desk::Desk;
use crate::event::Change;
use crate::package::event::{ContributionEnded, PackageEnd, ReviewChased, ReviewFellDue};
use crate::request::event::{Escalated, EscalatedAbout};
use jiff::Timestamp;

/// From this chase on the line manager is told too.
const ESCALATED_FROM: u16 = 2;

/// The next thing that time does to a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackageDue {
    /// The time of a contribution is over.
    Ended(u16),
    /// The time of all of them is.
    RanOut,
    /// It is to be reviewed.
    Review,
    /// The review that was due is asked for once more.
    Chase(u16),
}

impl Case {
    /// What time does next to the package in force, and when, of each kind.
    pub(super) fn next_of_package(&self, desk: &Desk) -> Vec<(Timestamp, PackageDue)> {
        let Some(support) = self.package_in_force() else { return vec![] };
        let close = |day: jiff::civil::Date| {
            london::instant(day.to_datetime(desk.calendar.closes.max(desk.calendar.opens)))
        };
        let running = support.package.contributions.iter();
        let running = running.filter(|each| !support.ended.contains(&each.number));
        let ends = running.map(|each| (close(each.ends), PackageDue::Ended(each.number)));
        let mut dues: Vec<_> = ends.min_by_key(|(at, _)| *at).into_iter().collect();
        if dues.is_empty() {
            dues.extend(support.package.ends().map(|last| (close(last), PackageDue::RanOut)));
        } else if let Some(since) = support.review_due_since {
            let times = support.chased.saturating_add(1);
            let days = desk.policy.chase_review_after_working_days;
            let days = days.saturating_mul(u32::from(times));
            let at = Allowance::WorkingDays(days).due(since, &desk.calendar);
            dues.push((at, PackageDue::Chase(times)));
        } else if let Some(day) = support.review_on {
            dues.push((desk.calendar.opening_from(day), PackageDue::Review));
        }
        dues
    }
}

impl Move<'_> {
    pub(super) fn time_of_package(&mut self, due: PackageDue) {
        match due {
            PackageDue::Ended(number) => {
                self.unfolding.then(Change::of(E::ContributionEnded(ContributionEnded { number })));
            }
            PackageDue::RanOut => self.end_package(PackageEnd::RanOut),
            PackageDue::Review => {
                self.unfolding.then(Change::of(E::ReviewFellDue(ReviewFellDue {})));
            }
            PackageDue::Chase(times) => {
                self.unfolding.then(Change::of(E::ReviewChased(ReviewChased { times })));
                let to = self.case.line_manager(self.desk);
                if let Some(to) = to.filter(|_| times >= ESCALATED_FROM) {
                    let about = EscalatedAbout::ReviewOverdue;
                    self.unfolding.then(Change::of(E::Escalated(Escalated { to, about })));
                }
            }
        }
    }
}
