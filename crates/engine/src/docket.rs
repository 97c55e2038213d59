//! Every open request as it stands, in memory: followed from the log, for decisions that look
//! beyond their own request, and for timers.
//!
//! Lists that people read come from the read models; what is here is as new as the log and
//! never written down. A request leaves the docket when it is closed and is read back from its
//! stream when it is reopened, so that what is kept grows with the work in hand and not with
//! the years.

use crate::failure::Failure;
use crate::stored::{self, Recorded};
use domain::desk::{Desk, Workload};
use domain::event::RequestEvent;
use domain::ids::{AccountId, RequestId, TeamId};
use domain::policy::Policy;
use domain::request::{Case, Happened, Request, Status};
use jiff::Timestamp;
use log::{Log, Position, Version};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const BATCH: usize = 1_000;

/// The open requests. It is followed while it is held, so two looks at it may differ.
pub struct Docket {
    log: Arc<dyn Log>,
    following: tokio::sync::Mutex<Position>,
    open: Mutex<Open>,
}

/// One open request.
#[derive(Clone, Debug)]
pub struct Docketed {
    /// Where it stands.
    pub case: Arc<Case>,
    /// The version of its stream.
    pub version: u32,
}

#[derive(Default)]
struct Open {
    requests: HashMap<RequestId, Docketed>,
    workload: BTreeMap<AccountId, u32>,
    agenda: Agenda,
}

/// When to look at which request next.
#[derive(Default)]
struct Agenda {
    at: HashMap<RequestId, Timestamp>,
    order: BTreeSet<(Timestamp, RequestId)>,
    /// Those that have moved since their instant was worked out.
    moved: HashSet<RequestId>,
    /// What the instants were worked out by.
    by: Option<WorkedOutBy>,
}

/// Everything of the desk that decides when something is due.
#[derive(PartialEq, Eq)]
struct WorkedOutBy {
    calendar_version: u32,
    policy: Policy,
    managers: Vec<(TeamId, AccountId)>,
}

impl WorkedOutBy {
    fn of(desk: &Desk) -> Self {
        let managers = desk.teams.iter().map(|(id, team)| (id.clone(), team.manager.clone()));
        Self {
            calendar_version: desk.calendar.version,
            policy: desk.policy.clone(),
            managers: managers.collect(),
        }
    }
}

impl Docket {
    pub(crate) fn new(log: Arc<dyn Log>) -> Self {
        Self { log, following: tokio::sync::Mutex::default(), open: Mutex::default() }
    }

    /// Brings the docket to the end of the log as it was at the time of the call.
    pub(crate) async fn follow(&self) -> Result<(), Failure> {
        let head = self.log.head();
        let mut position = self.following.lock().await;
        while *position < head {
            let records = self.log.read(*position, BATCH).await?;
            for record in &records {
                if record.stream.as_str().starts_with("request-") {
                    self.take(stored::read(record)?).await?;
                }
                *position = record.position;
            }
        }
        Ok(())
    }

    /// How many open requests each adviser has.
    #[must_use]
    pub fn workload(&self) -> Workload {
        self.open().workload.iter().map(|(adviser, count)| (adviser.clone(), *count)).collect()
    }

    /// Whether an adviser has any open request.
    #[must_use]
    pub fn has_work(&self, adviser: &AccountId) -> bool {
        self.open().workload.contains_key(adviser)
    }

    /// One open request.
    #[must_use]
    pub fn find(&self, request: RequestId) -> Option<Docketed> {
        self.open().requests.get(&request).cloned()
    }

    /// Every open request, in the order of their ids.
    #[must_use]
    pub fn all(&self) -> Vec<Docketed> {
        let mut all: Vec<_> = self.open().requests.values().cloned().collect();
        all.sort_by_key(|docketed| docketed.case.id);
        all
    }

    /// The requests of which something is due by `now`, the one most overdue first, each with the
    /// version at which that is so.
    #[must_use]
    pub fn due(&self, desk: &Desk, now: Timestamp) -> Vec<(RequestId, u32)> {
        let mut open = self.open();
        open.schedule(desk);
        let due = open.agenda.order.iter().take_while(|(at, _)| *at <= now);
        due.filter_map(|(_, request)| Some((*request, open.requests.get(request)?.version)))
            .collect()
    }

    /// When something will be due next.
    #[must_use]
    pub fn next(&self, desk: &Desk) -> Option<Timestamp> {
        let mut open = self.open();
        open.schedule(desk);
        open.agenda.order.first().map(|(at, _)| *at)
    }

    /// Follows one event of a request.
    async fn take(&self, recorded: Recorded) -> Result<(), Failure> {
        let (Some(id), Some(happened)) = (recorded.request(), recorded.happened()) else {
            return Ok(());
        };
        let known = self.open().take_off(id);
        let state = match (known, happened.event) {
            (Some(known), _) => evolved(Arc::unwrap_or_clone(known.case), &happened),
            (None, RequestEvent::Received(_)) => Request::NotReceived.evolve(&happened),
            // What was closed is read back, up to this event.
            (None, RequestEvent::Reopened(_)) => self.read_back(&recorded).await?,
            (None, _) => return Ok(()),
        };
        if let Request::Received(case) = state
            && case.status() != Status::Closed
        {
            let docketed = Docketed { case: Arc::new(*case), version: recorded.version };
            self.open().put_on(id, docketed);
        }
        Ok(())
    }

    async fn read_back(&self, until: &Recorded) -> Result<Request, Failure> {
        let stream = log::StreamName::try_new(&until.stream).map_err(log::Error::from)?;
        let records = self.log.read_stream(&stream, Version::NONE).await?;
        let mut state = Request::default();
        for record in records.iter().filter(|record| record.position.get() <= until.position) {
            if let Some(happened) = stored::read(record)?.happened() {
                state = state.evolve(&happened);
            }
        }
        Ok(state)
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        // Nothing in here panics half-way through a change.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn evolved(case: Case, happened: &Happened<'_>) -> Request {
    Request::Received(Box::new(case)).evolve(happened)
}

impl Open {
    fn put_on(&mut self, id: RequestId, docketed: Docketed) {
        if let Some(adviser) = &docketed.case.adviser {
            let count = self.workload.entry(adviser.clone()).or_default();
            *count = count.saturating_add(1);
        }
        self.requests.insert(id, docketed);
    }

    fn take_off(&mut self, id: RequestId) -> Option<Docketed> {
        self.agenda.moved.insert(id);
        let docketed = self.requests.remove(&id)?;
        if let Some(adviser) = &docketed.case.adviser
            && let Some(count) = self.workload.get_mut(adviser)
        {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.workload.remove(adviser);
            }
        }
        Some(docketed)
    }

    /// Works out when to look at whatever has moved, or at everything once the council works
    /// by other hours or other settings.
    fn schedule(&mut self, desk: &Desk) {
        let by = Some(WorkedOutBy::of(desk));
        if self.agenda.by != by {
            self.agenda.by = by;
            self.agenda.moved.extend(self.requests.keys());
        }
        for id in std::mem::take(&mut self.agenda.moved) {
            let next = self.requests.get(&id).and_then(|it| it.case.next_check(desk));
            self.agenda.set(id, next);
        }
    }
}

impl Agenda {
    fn set(&mut self, id: RequestId, next: Option<Timestamp>) {
        let before = match next {
            Some(next) => self.at.insert(id, next),
            None => self.at.remove(&id),
        };
        if let Some(before) = before {
            self.order.remove(&(before, id));
        }
        self.order.extend(next.map(|next| (next, id)));
    }
}
