//! A package in force: what was agreed, what became of it.

use super::event::{PackageEnd, PackageEnded, PackageReviewed, ReviewThen};
use super::{Contribution, OutcomeMet, Package, PackageFault, ReviewResult};
use crate::event::RequestEvent as E;
use crate::ids::{EventId, PanelId, ServiceSlug};
use crate::personal::ReviewWords;
use crate::request::Happened;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A package in force, or one that was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supported {
    /// What was agreed, as it stands.
    pub package: Package,
    /// What was given before it: contributions of packages that this one came after, as far
    /// as each went.
    pub past: Vec<Contribution>,
    /// By which panel.
    pub panel: PanelId,
    /// Since when.
    pub since: Timestamp,
    /// The event whose words describe it.
    pub described_in: EventId,
    /// The services that asked about their part and have no answer yet.
    pub queries: BTreeSet<ServiceSlug>,
    /// The contributions whose time is over.
    pub ended: BTreeSet<u16>,
    /// When it is reviewed next; `None`: a review has handed it to the panel.
    pub review_on: Option<Date>,
    /// Since when a review is due that nobody has recorded.
    pub review_due_since: Option<Timestamp>,
    /// How often it was chased since then.
    pub chased: u16,
    /// How many reviews there were.
    pub reviews: u16,
    /// What the last review found, by contribution.
    pub found: BTreeMap<u16, OutcomeMet>,
    /// Why it is over, if it is.
    pub over: Option<PackageEnd>,
}

impl Supported {
    pub(crate) fn begun(
        package: Package,
        past: Vec<Contribution>,
        panel: PanelId,
        since: Timestamp,
        described_in: EventId,
    ) -> Self {
        Self {
            review_on: Some(package.review_on),
            package,
            past,
            panel,
            since,
            described_in,
            queries: BTreeSet::new(),
            ended: BTreeSet::new(),
            review_due_since: None,
            chased: 0,
            reviews: 0,
            found: BTreeMap::new(),
            over: None,
        }
    }

    /// Everything that it commits, packages before it included: while it is in force what was
    /// agreed, once it is over what was given.
    pub fn committed(&self) -> impl Iterator<Item = &Contribution> {
        let agreed = self.package.contributions.iter();
        self.past.iter().chain(agreed.filter(|_| self.over.is_none()))
    }

    /// The contributions that have begun by a day, and are not over.
    pub fn running_on(&self, day: Date) -> impl Iterator<Item = &Contribution> {
        self.package.contributions.iter().filter(move |each| {
            each.starts <= day && day <= each.ends && !self.ended.contains(&each.number)
        })
    }

    /// The highest number that a contribution of it has, or of a package before it.
    pub(crate) fn last_number(&self) -> u16 {
        let all = self.past.iter().chain(&self.package.contributions);
        all.map(|each| each.number).max().unwrap_or_default()
    }

    /// What a review of this day says wrong: it says one thing of each contribution that is
    /// running, and how it was measured.
    pub(crate) fn review_faults(
        &self,
        results: &[ReviewResult],
        words: &ReviewWords,
        today: Date,
    ) -> Vec<PackageFault> {
        let mut faults = Vec::new();
        let mut say = |at: String, says: String| faults.push(PackageFault { at, says });
        let mut said = BTreeSet::new();
        for (place, result) in results.iter().enumerate() {
            let known = |each: &Contribution| each.number == result.number;
            if !self.package.contributions.iter().any(known) {
                let says = format!("the package has no contribution {}", result.number);
                say(format!("results/{place}/number"), says);
            } else if !said.insert(result.number) {
                let says = format!("contribution {} is here already", result.number);
                say(format!("results/{place}/number"), says);
            }
            let measured = words.measured.get(place);
            if measured.is_none_or(|it| it.measure.trim().is_empty()) {
                say(format!("results/{place}/measure"), "how it was measured".to_owned());
            }
        }
        for each in self.running_on(today).filter(|each| !said.contains(&each.number)) {
            let says = format!("contribution {} is running: say what was found", each.number);
            say("results".to_owned(), says);
        }
        faults
    }

    /// Follows one event of its request.
    pub(crate) fn follow(&mut self, happened: &Happened<'_>) {
        if let E::PartQueried(it) = happened.event {
            self.queries.insert(it.service.clone());
        } else if let E::QueryAnswered(it) = happened.event {
            self.queries.remove(&it.service);
        } else if let E::ContributionEnded(it) = happened.event {
            self.ended.insert(it.number);
        } else if let E::ReviewFellDue(_) = happened.event {
            self.review_due_since = Some(happened.effective_at);
        } else if let E::ReviewChased(it) = happened.event {
            self.chased = it.times;
        } else if let E::PackageReviewed(it) = happened.event {
            self.reviewed(it, happened);
        } else if let E::PackageEnded(it) = happened.event {
            self.ended_with(it);
        } else if let E::Released(it) = happened.event {
            self.queries.remove(&it.service);
        }
    }

    fn ended_with(&mut self, it: &PackageEnded) {
        if self.over.is_none() {
            self.over = Some(it.why);
            self.past.extend(it.given.iter().cloned());
            (self.review_on, self.review_due_since) = (None, None);
        }
    }

    fn reviewed(&mut self, it: &PackageReviewed, happened: &Happened<'_>) {
        self.reviews = it.number;
        self.found = it.results.iter().map(|each| (each.number, each.outcome)).collect();
        (self.review_on, self.review_due_since, self.chased) = (None, None, 0);
        match &it.then {
            ReviewThen::Continue { review_on } => self.review_on = Some(*review_on),
            ReviewThen::Change { package, given } => {
                self.past.extend(given.iter().cloned());
                self.package = package.clone();
                self.review_on = Some(package.review_on);
                self.described_in = happened.id;
                self.ended.clear();
            }
            ReviewThen::End | ReviewThen::Refer => {}
        }
    }
}
