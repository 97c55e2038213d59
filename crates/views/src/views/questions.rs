//! What can be asked. Each answer is of one position, and found off the async threads.

use super::Views;
use crate::behind::{self, Behind, BehindRow, Figure};
use crate::drafts::{self, DraftListed};
use crate::dump::dump;
use crate::escalations::{self, EscalationFilter, EscalationItem};
use crate::feedback::{self, Feedback, FeedbackGroup};
use crate::flow::{self, Flow, FlowPeriod};
use crate::gaps::{self, Gap, Gaps};
use crate::glass::{self, GlassItem};
use crate::listing::{Listing, Page};
use crate::meetings::{self, Attended, MeetingFilter, MeetingItem};
use crate::notices::{self, NoticeFilter, NoticeItem, NoticeState};
use crate::packages::{self, PackageFilter, PackageItem, PackageSort};
use crate::places::{self, Place};
use crate::queue::{self, QueueFilter, Queued, Standing};
use crate::requests::{self, Counts, Detail, Filter, Item, Load, Share, Sort, Work};
use crate::response_times::{self, Group, ResponseTimes};
use crate::spend::{self, Spend, SpendGroup};
use crate::subject_accesses::{self, AccessState, SubjectAccessListed};
use crate::timeline::{self, Entry};
use crate::{Error, Scope};
use domain::ids::{AccountId, ChildId, PanelId, RequestId, SchoolId, ServiceSlug, SubjectAccessId};
use jiff::Timestamp;
use std::collections::BTreeMap;

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

    /// Every pseudonym that a person said is the same child as this one; this one is the first.
    pub async fn same_child(&self, child: ChildId) -> Result<Vec<ChildId>, Error> {
        self.inner.readers.ask(move |rows| requests::same_child(rows, child)).await
    }

    /// Requests for access, that which is due first at the top.
    pub async fn subject_accesses(
        &self,
        state: Option<AccessState>,
    ) -> Result<Vec<SubjectAccessListed>, Error> {
        self.inner.readers.ask(move |rows| subject_accesses::listed(rows, state)).await
    }

    /// One request for access.
    pub async fn one_subject_access(
        &self,
        request: SubjectAccessId,
    ) -> Result<Option<SubjectAccessListed>, Error> {
        self.inner.readers.ask(move |rows| subject_accesses::one(rows, request)).await
    }

    /// The drafts of a school, the last saved first; at most so many.
    pub async fn drafts(&self, school: SchoolId, limit: usize) -> Result<Vec<DraftListed>, Error> {
        self.inner.readers.ask(move |rows| drafts::of_school(rows, school, limit)).await
    }

    /// Drafts that nobody has saved since, the longest untouched first.
    pub async fn drafts_untouched_since(
        &self,
        since: Timestamp,
    ) -> Result<Vec<DraftListed>, Error> {
        self.inner.readers.ask(move |rows| drafts::untouched_since(rows, since)).await
    }

    /// Children who were not erased, with no request that is open, and none received after this
    /// instant.
    pub async fn children_without_open_request(
        &self,
        received_until: Timestamp,
    ) -> Result<Vec<ChildId>, Error> {
        self.inner
            .readers
            .ask(move |rows| requests::without_open_request(rows, received_until))
            .await
    }

    /// Every request about any of these children, the earliest first: for staff only.
    pub async fn requests_of(&self, children: Vec<ChildId>) -> Result<Vec<Item>, Error> {
        self.inner.readers.ask(move |rows| requests::of_children(rows, &children)).await
    }

    /// How many requests a scope has, how many of them wait too long at `now`, and how many are
    /// this adviser's.
    pub async fn counts(
        &self,
        scope: Scope,
        adviser: AccountId,
        now: Timestamp,
    ) -> Result<Counts, Error> {
        self.inner.readers.ask(move |rows| requests::count(rows, &scope, &adviser, now)).await
    }

    /// A page of the requests of a scope that are this far with a service.
    pub async fn of_service(
        &self,
        scope: Scope,
        service: ServiceSlug,
        work: Work,
        page: Page,
    ) -> Result<Listing<Share>, Error> {
        self.inner
            .readers
            .ask(move |rows| requests::of_service(rows, &scope, &service, work, &page))
            .await
    }

    /// How much each service has to do.
    pub async fn loads(&self) -> Result<BTreeMap<ServiceSlug, Load>, Error> {
        self.inner.readers.ask(requests::loads).await
    }

    /// A page of a panel's queue, as far as it is of a scope.
    pub async fn queue(
        &self,
        scope: Scope,
        panel: PanelId,
        filter: QueueFilter,
        page: Page,
    ) -> Result<Listing<Queued>, Error> {
        self.inner.readers.ask(move |rows| queue::list(rows, &scope, &panel, &filter, &page)).await
    }

    /// The whole of a panel's queue, in promise order, as those need it who plan its meetings.
    pub async fn standing_before(&self, panel: PanelId) -> Result<Vec<Standing>, Error> {
        self.inner.readers.ask(move |rows| queue::standing(rows, &panel)).await
    }

    /// A page of panels' meetings, the earliest first. Nothing in it is about a child.
    pub async fn meetings(
        &self,
        filter: MeetingFilter,
        page: Page,
    ) -> Result<Listing<MeetingItem>, Error> {
        self.inner.readers.ask(move |rows| meetings::list(rows, &filter, &page)).await
    }

    /// What the members of a panel did at its meetings that started from one instant on until
    /// before another.
    pub async fn attended(
        &self,
        panel: PanelId,
        within: (Timestamp, Timestamp),
    ) -> Result<Attended, Error> {
        self.inner.readers.ask(move |rows| meetings::attended(rows, &panel, within)).await
    }

    /// A page of the packages of support of a scope that are in force.
    pub async fn packages(
        &self,
        scope: Scope,
        filter: PackageFilter,
        sort: PackageSort,
        page: Page,
    ) -> Result<Listing<PackageItem>, Error> {
        self.inner.readers.ask(move |rows| packages::list(rows, &scope, &filter, sort, &page)).await
    }

    /// What packages of support commit.
    pub async fn spend(&self, scope: Scope, asked: Spend) -> Result<Vec<SpendGroup>, Error> {
        self.inner.readers.ask(move |rows| spend::spend(rows, &scope, asked)).await
    }

    /// A page of the messages of a scope.
    pub async fn notices(
        &self,
        scope: Scope,
        filter: NoticeFilter,
        page: Page,
    ) -> Result<Listing<NoticeItem>, Error> {
        self.inner.readers.ask(move |rows| notices::list(rows, &scope, &filter, &page)).await
    }

    /// How many messages are so far.
    pub async fn count_notices(&self, state: NoticeState) -> Result<u64, Error> {
        self.inner.readers.ask(move |rows| notices::count(rows, state)).await
    }

    /// A page of what was escalated about the requests of a scope.
    pub async fn escalations(
        &self,
        scope: Scope,
        filter: EscalationFilter,
        page: Page,
    ) -> Result<Listing<EscalationItem>, Error> {
        self.inner.readers.ask(move |rows| escalations::list(rows, &scope, &filter, &page)).await
    }

    /// The readings by exception that were begun in this time, the latest first.
    pub async fn broken_glass(
        &self,
        between: (Option<Timestamp>, Option<Timestamp>),
    ) -> Result<Vec<GlassItem>, Error> {
        self.inner.readers.ask(move |rows| glass::list(rows, between)).await
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

    /// What schools said of how it went.
    pub async fn feedback(
        &self,
        scope: Scope,
        asked: Feedback,
    ) -> Result<Vec<FeedbackGroup>, Error> {
        self.inner.readers.ask(move |rows| feedback::feedback(rows, &scope, &asked)).await
    }

    /// Where the criteria of services leave a gap.
    pub async fn gaps(&self, scope: Scope, asked: Gaps) -> Result<Vec<Gap>, Error> {
        self.inner.readers.ask(move |rows| gaps::gaps(rows, &scope, &asked)).await
    }

    /// What came in, what became of it, and where the rest was, period by period.
    pub async fn flow(&self, scope: Scope, asked: Flow) -> Result<Vec<FlowPeriod>, Error> {
        self.inner.readers.ask(move |rows| flow::flow(rows, &scope, &asked)).await
    }

    /// Where the requests of a scope are that are open.
    pub async fn places(&self, scope: Scope, now: Timestamp) -> Result<Vec<Place>, Error> {
        self.inner.readers.ask(move |rows| places::places(rows, &scope, now)).await
    }

    /// How many a row of a figure counts in this scope, how many requests that is about, and of
    /// these `limit` after the first `skip`.
    pub async fn requests_behind(
        &self,
        scope: Scope,
        figure: Figure,
        row: BehindRow,
        (skip, limit): (usize, usize),
    ) -> Result<(usize, usize, Vec<Item>), Error> {
        let page = (skip, limit);
        self.inner
            .readers
            .ask(move |rows| behind::requests_behind(rows, &scope, (&figure, &row), page))
            .await
    }

    /// How many a row of a figure counts in this scope, and of these `limit` after the first
    /// `skip`, with the events that made them count.
    pub async fn behind(
        &self,
        scope: Scope,
        figure: Figure,
        row: BehindRow,
        (skip, limit): (usize, usize),
    ) -> Result<(usize, Vec<Behind>), Error> {
        let page = (skip, limit);
        self.inner
            .readers
            .ask(move |rows| behind::behind(rows, &scope, (&figure, &row), page))
            .await
    }

    /// Every row as text, the same for every fold of the same log.
    pub async fn dump(&self) -> Result<String, Error> {
        self.inner.readers.ask(|rows| Ok(dump(rows)?)).await
    }
}
