//! What follows when a package is queried, reviewed, changed, or over.
//!
//! What a package commits is what was agreed, up to the day on which it ends: one that is over
//! early, or is changed, says how far each of its contributions went.

use super::super::Refusal;
use super::super::event::Released;
use super::super::review::{Follows, Review};
use super::{Decided, Move, said};
use crate::calendar::london;
use crate::clock::Promise;
use crate::event::{Change, RequestEvent as E};
use crate::ids::ServiceSlug;
use crate::money::Money;
use crate::package::event::{
    PackageEnd, PackageEnded, PackageReviewed, PartQueried, QueryAnswered, ReviewThen,
};
use crate::package::{Contribution, Package, PackageDraft, PackageFault, Supported, totals};
use crate::personal::{Personal, Words};
use crate::request::event::PanelDecision;
use crate::triage::Route;
use jiff::civil::Date;

impl Move<'_> {
    pub(in crate::request) fn query_part(mut self, service: ServiceSlug, words: Words) -> Decided {
        let words = said(words)?;
        let queried = Change::of(E::PartQueried(PartQueried { service }));
        self.unfolding.then(queried.with(words.personal()));
        Ok(self.done())
    }

    pub(in crate::request) fn answer_query(
        mut self,
        service: ServiceSlug,
        words: Words,
    ) -> Decided {
        let words = said(words)?;
        let answered = Change::of(E::QueryAnswered(QueryAnswered { service }));
        self.unfolding.then(answered.with(words.personal()));
        Ok(self.done())
    }

    /// A review says something of everything that is running, and what follows.
    pub(in crate::request) fn review(mut self, support: &Supported, review: Review) -> Decided {
        if review.words.text.trim().is_empty() {
            return Err(Refusal::NothingSaid);
        }
        let faults = support.review_faults(&review.results, &review.words, self.today());
        let then = self.what_follows(support, &review.follows, faults)?;
        let clocks = match &then {
            ReviewThen::Refer => self
                .unfolding
                .moving_to(&Route::Panel { panel: support.panel.clone(), candidates: vec![] }),
            ReviewThen::Continue { .. } | ReviewThen::Change { .. } | ReviewThen::End => vec![],
        };
        let reviewed = E::PackageReviewed(PackageReviewed {
            number: support.reviews.saturating_add(1),
            by: review.by,
            results: review.results,
            then: then.clone(),
        });
        let words = Personal::Review(Box::new(review.words));
        self.unfolding.then(Change::of(reviewed).moving(clocks).with(Some(words)));
        match then {
            ReviewThen::Change { package, .. } => self.give_parts(&support.package, &package),
            ReviewThen::End => self.end_package(PackageEnd::Reviewed),
            ReviewThen::Continue { .. } | ReviewThen::Refer => {}
        }
        Ok(self.done())
    }

    fn what_follows(
        &self,
        support: &Supported,
        follows: &Follows,
        mut faults: Vec<PackageFault>,
    ) -> Result<ReviewThen, Refusal> {
        let then = match follows {
            Follows::Continue(review_on) => {
                let goes_on = support.running_on(*review_on).next().is_some();
                if *review_on <= self.today() || !goes_on {
                    let says = "after today, and while something is still given".to_owned();
                    faults.push(PackageFault { at: "review_on".to_owned(), says });
                }
                ReviewThen::Continue { review_on: *review_on }
            }
            Follows::End => ReviewThen::End,
            Follows::Refer if self.case.panel().is_some() => {
                return Err(Refusal::AlreadyWithPanel);
            }
            Follows::Refer => ReviewThen::Refer,
            Follows::Change(draft) if faults.is_empty() => return self.changed(support, draft),
            Follows::Change(_) => return Err(Refusal::FaultyReview(faults)),
        };
        if faults.is_empty() { Ok(then) } else { Err(Refusal::FaultyReview(faults)) }
    }

    /// Another package from today on, within what the terms let pass without the officer.
    fn changed(&self, support: &Supported, draft: &PackageDraft) -> Result<ReviewThen, Refusal> {
        let Some((terms, _)) = self.desk.terms(&support.panel) else {
            return Err(Refusal::UnknownPanel(support.panel.clone()));
        };
        let today = self.today();
        let early = draft.contributions.iter().enumerate().filter(|(_, it)| it.starts < today);
        let early: Vec<_> = early
            .map(|(place, _)| PackageFault {
                at: format!("contributions/{place}/starts"),
                says: "not before the review: what was given until then stays".to_owned(),
            })
            .collect();
        if !early.is_empty() {
            return Err(Refusal::FaultyPackage(early));
        }
        let last = support.last_number();
        let package = draft.price_after(last, self.desk).map_err(Refusal::FaultyPackage)?;
        Self::may_grant(terms, &package)?;
        let given = self.given_before(support, today);
        let total = [support.past.as_slice(), &given, &package.contributions].concat();
        let total = totals::total(&total);
        let agreed = totals::total(support.committed());
        if total > agreed && !matches!(terms.must_ratify(total), Ok(None)) {
            return Err(Refusal::BeyondTerms(Money { pence: total.pence - agreed.pence }));
        }
        Ok(ReviewThen::Change { package, given })
    }

    /// Before a panel's package comes into force: the one that it replaces is over.
    pub(super) fn make_way_for(&mut self, decision: &PanelDecision) {
        if matches!(decision, PanelDecision::Package { .. }) {
            self.end_package(PackageEnd::Replaced);
        }
    }

    /// Each service of a package has its part, and those that only the package before it had
    /// are let go.
    pub(super) fn give_parts(&mut self, before: &Package, package: &Package) {
        let services = package.services();
        for service in &services {
            self.give_part(service);
        }
        let has_part = |service: &ServiceSlug| {
            self.unfolding.case().is_some_and(|case| case.contributing.contains_key(service))
        };
        let gone: Vec<_> = before.services().into_iter().filter(|it| has_part(it)).collect();
        for service in gone.into_iter().filter(|it| !services.contains(it)) {
            let service = service.clone();
            self.unfolding.then(Change::of(E::Released(Released { service })));
        }
    }

    /// The package in force, if there is one, is over. Where it was all that the request was
    /// open for, the request has ended with it.
    pub(super) fn end_package(&mut self, why: PackageEnd) {
        let Some(case) = self.unfolding.case() else { return };
        let Some(support) = case.package_in_force() else { return };
        let today = self.today();
        let given = match why {
            PackageEnd::Replaced => self.given_before(support, today),
            PackageEnd::RanOut
            | PackageEnd::Reviewed
            | PackageEnd::SetAside
            | PackageEnd::RequestEnded => support.package.given_until(today, &self.desk.calendar),
        };
        let clocks = if case.ends_with_package(why) {
            self.unfolding.keeper().meet_and_lapse_the_rest(Promise::Respond)
        } else {
            vec![]
        };
        let ended = E::PackageEnded(PackageEnded { why, given });
        self.unfolding.then(Change::of(ended).moving(clocks));
    }

    /// What was given of a package before a day.
    fn given_before(&self, support: &Supported, day: Date) -> Vec<Contribution> {
        let last = day.yesterday().unwrap_or(day);
        support.package.given_until(last, &self.desk.calendar)
    }

    /// The day in London on which it happens.
    fn today(&self) -> Date {
        london::wall(self.unfolding.at().effective_at).date()
    }
}
