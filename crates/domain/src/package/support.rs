//! A package in force: what was agreed, what became of it.

use super::event::{PackageEnd, ReviewThen};
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
        match happened.event {
            E::PartQueried(it) => {
                self.queries.insert(it.service.clone());
            }
            E::QueryAnswered(it) => {
                self.queries.remove(&it.service);
            }
            E::ContributionEnded(it) => {
                self.ended.insert(it.number);
            }
            E::ReviewFellDue(_) => self.review_due_since = Some(happened.effective_at),
            E::ReviewChased(it) => self.chased = it.times,
            E::PackageReviewed(it) => {
                self.reviews = it.number;
                self.found = it.results.iter().map(|each| (each.number, each.outcome)).collect();
                (self.review_due_since, self.chased) = (None, 0);
                match &it.then {
                    ReviewThen::Continue { review_on } => self.package.review_on = *review_on,
                    ReviewThen::Change { package } => {
                        self.package = package.clone();
                        self.described_in = happened.id;
                        self.ended.clear();
                    }
                    ReviewThen::End | ReviewThen::Refer => {}
                }
            }
            E::PackageEnded(it) => self.over = Some(it.why),
            E::DecisionSetAside(_) => self.over = Some(PackageEnd::SetAside),
            _ => {}
        }
    }
}
