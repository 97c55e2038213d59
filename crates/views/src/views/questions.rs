//! What can be asked. Each answer is of one position, and found off the async threads.

use super::Views;
use crate::directory::{self, KnownSchool, SchoolFilter};
use crate::dump::dump;
use crate::listing::{Listing, Page};
use crate::requests::{self, Counts, Detail, Filter, Item, Sort};
use crate::response_times::{self, Group, ResponseTimes};
use crate::timeline::{self, Entry};
use crate::{Error, Scope};
use domain::calendar::Calendar;
use domain::ids::RequestId;
use domain::service::Service;
use domain::triage::RuleSetDraft;
use jiff::Timestamp;

impl Views {
    /// A page of the requests of a scope.
    pub async fn requests(
        &self,
        scope: Scope,
        filter: Filter,
        sort: Sort,
        page: Page,
    ) -> Result<Listing<Item>, Error> {
        self.inner.readers.ask(move |rows| requests::list(rows, &scope, &filter, sort, &page)).await
    }

    /// One request; `None` when the scope does not have it.
    pub async fn request(&self, scope: Scope, id: RequestId) -> Result<Option<Detail>, Error> {
        self.inner.readers.ask(move |rows| requests::detail(rows, &scope, id)).await
    }

    /// Everything that happened to a request; `None` when the scope does not have it.
    pub async fn timeline(&self, scope: Scope, id: RequestId) -> Result<Option<Vec<Entry>>, Error> {
        self.inner.readers.ask(move |rows| timeline::timeline(rows, &scope, id)).await
    }

    /// How many requests a scope has, and how many of their answers are overdue at `now`.
    pub async fn counts(&self, scope: Scope, now: Timestamp) -> Result<Counts, Error> {
        self.inner.readers.ask(move |rows| requests::count(rows, &scope, now)).await
    }

    /// How promises were kept.
    pub async fn response_times(
        &self,
        scope: Scope,
        asked: ResponseTimes,
    ) -> Result<Vec<Group>, Error> {
        self.inner
            .readers
            .ask(move |rows| response_times::response_times(rows, &scope, &asked))
            .await
    }

    /// A page of schools, by name.
    pub async fn schools(
        &self,
        filter: SchoolFilter,
        page: Page,
    ) -> Result<Listing<KnownSchool>, Error> {
        self.inner.readers.ask(move |rows| directory::schools(rows, &filter, &page)).await
    }

    /// Every service, by slug.
    pub async fn services(&self) -> Result<Vec<Service>, Error> {
        self.inner.readers.ask(directory::services).await
    }

    /// A rule set as it was drafted; `None` when there was never one of this version.
    pub async fn rule_set(&self, version: u32) -> Result<Option<RuleSetDraft>, Error> {
        self.inner.readers.ask(move |rows| directory::rule_set(rows, version)).await
    }

    /// The versions of the rule set that were ever active, oldest first.
    pub async fn rule_set_versions(&self) -> Result<Vec<u32>, Error> {
        self.inner.readers.ask(directory::rule_set_versions).await
    }

    /// The calendar under which a clock of this `calendar_version` counts.
    pub async fn calendar(&self, version: u32) -> Result<Option<Calendar>, Error> {
        self.inner.readers.ask(move |rows| directory::calendar(rows, version)).await
    }

    /// Every row as text, the same for every fold of the same log.
    pub async fn dump(&self) -> Result<String, Error> {
        self.inner.readers.ask(|rows| Ok(dump(rows)?)).await
    }
}
