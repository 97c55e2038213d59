//! What an erasure reaches: everything in the log that is sealed under a child's keys.
//!
//! Found by reading the log once, from the first record on: an erasure is rare, and what it
//! missed would be there for good.

use super::Engine;
use crate::failure::Failure;
use crate::stored::Recorded;
use domain::event::{DraftEvent, Event, RequestEvent};
use domain::ids::{ChildId, DocumentId, DraftId, RequestId};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const BATCH: usize = 1_000;

/// What is sealed under a child's keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// The requests about the child.
    pub requests: BTreeSet<RequestId>,
    /// The drafts that became these requests, and those that named the child when it was erased:
    /// each with a key of its own.
    pub drafts: BTreeSet<DraftId>,
    /// How many events have a sealed part.
    pub boxes: u64,
    /// The documents.
    pub documents: BTreeSet<DocumentId>,
}

/// What was read of the log.
#[derive(Default)]
pub(super) struct Reading {
    children: BTreeSet<Uuid>,
    pub(super) reached: Reached,
    /// The drafts that are not over, whomever they name.
    pub(super) open: BTreeSet<DraftId>,
    /// Which request each draft became.
    became: BTreeMap<DraftId, RequestId>,
    draft_boxes: BTreeMap<DraftId, u64>,
}

impl Engine {
    /// What an erasure of these pseudonyms reaches, or reached.
    pub(super) async fn reached(
        &self,
        children: impl IntoIterator<Item = ChildId>,
    ) -> Result<Reached, Failure> {
        Ok(self.read_for(children).await?.reached)
    }

    /// The same, with the drafts that may name one of them.
    pub(super) async fn read_for(
        &self,
        children: impl IntoIterator<Item = ChildId>,
    ) -> Result<Reading, Failure> {
        let children = children.into_iter().map(|child| child.0).collect();
        let mut reading = Reading { children, ..Reading::default() };
        let mut position = 0;
        loop {
            let events = self.history(position, BATCH).await?;
            let Some(last) = events.last() else { return Ok(reading.done()) };
            position = last.position;
            for recorded in &events {
                reading.follow(recorded);
            }
        }
    }
}

impl Reading {
    fn follow(&mut self, recorded: &Recorded) {
        let subject = recorded.sealed.as_ref().map(|sealed| *sealed.subject.as_uuid());
        if let (Some(Event::Draft(event)), Some(draft)) = (&recorded.event, recorded.draft()) {
            self.follow_draft(draft, event);
        }
        let Some(subject) = subject else { return };
        if let Some(draft) = recorded.draft() {
            *self.draft_boxes.entry(draft).or_default() += 1;
        }
        if self.children.contains(&subject) {
            self.reached.boxes += 1;
            self.reached.requests.extend(recorded.request());
            if let Some(Event::Request(RequestEvent::DocumentAdded(added))) = &recorded.event {
                self.reached.documents.insert(added.document);
            }
        }
    }

    fn follow_draft(&mut self, draft: DraftId, event: &DraftEvent) {
        match event {
            DraftEvent::Saved(_) => {
                self.open.insert(draft);
            }
            DraftEvent::Submitted(submitted) => {
                self.open.remove(&draft);
                self.became.insert(draft, submitted.request);
            }
            DraftEvent::Discarded(discarded) => {
                self.open.remove(&draft);
                let with = discarded.erased_with.map(|child| child.0);
                if with.is_some_and(|child| self.children.contains(&child)) {
                    self.reached.drafts.insert(draft);
                }
            }
        }
    }

    fn done(mut self) -> Self {
        for (draft, request) in std::mem::take(&mut self.became) {
            if self.reached.requests.contains(&request) {
                self.reached.drafts.insert(draft);
            }
        }
        let boxes = self.reached.drafts.iter().filter_map(|draft| self.draft_boxes.get(draft));
        self.reached.boxes += boxes.sum::<u64>();
        self
    }
}
