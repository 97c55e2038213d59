//! A package in force: what was agreed, what became of it.

use super::event::{PackageEnd, PackageReviewed, ReviewThen};
use super::{OutcomeMet, Package};
use crate::event::RequestEvent as E;
use crate::ids::{EventId, PanelId, ServiceSlug};
use crate::request::Happened;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A package in force, or one that was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supported {
    /// What was agreed, as it stands.
    pub package: Package,
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
        panel: PanelId,
        since: Timestamp,
        described_in: EventId,
    ) -> Self {
        Self {
            package,
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
            self.reviewed(it, happened.id);
        } else if let E::PackageEnded(it) = happened.event {
            self.over = Some(it.why);
        } else if let E::DecisionSetAside(_) = happened.event {
            self.over = Some(PackageEnd::SetAside);
        }
    }

    fn reviewed(&mut self, it: &PackageReviewed, id: EventId) {
        self.reviews = it.number;
        self.found = it.results.iter().map(|each| (each.number, each.outcome)).collect();
        (self.review_due_since, self.chased) = (None, 0);
        match &it.then {
            ReviewThen::Continue { review_on } => self.package.review_on = *review_on,
            ReviewThen::Change { package } => {
                self.package = package.clone();
                self.described_in = id;
                self.ended.clear();
            }
            ReviewThen::End | ReviewThen::Refer => {}
        }
    }
}
