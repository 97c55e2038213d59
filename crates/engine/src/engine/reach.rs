//! What an erasure reaches: everything in the log that is sealed under a child's keys.
//!
//! Found by reading the log once, from the first record on: an erasure is rare, and what it
//! missed would be there for good.

use super::Engine;
use crate::failure::Failure;
use crate::stored::Recorded;
use domain::event::{DraftEvent, Event, RequestEvent};
use domain::ids::{ChildId, DraftId, RequestId};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const BATCH: usize = 1_000;

/// What is sealed under a child's keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// The requests about the child.
    pub requests: BTreeSet<RequestId>,
    /// The drafts that became these requests, each with a key of its own.
    pub drafts: BTreeSet<DraftId>,
    /// How many events have a sealed part.
    pub boxes: u64,
    /// How many documents there are.
    pub documents: u64,
}

/// What was read of the log so far.
#[derive(Default)]
struct Reading {
    children: BTreeSet<Uuid>,
    reached: Reached,
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
        if let Some(Event::Draft(DraftEvent::Submitted(submitted))) = &recorded.event {
            self.became.extend(recorded.draft().map(|draft| (draft, submitted.request)));
        }
        let Some(subject) = subject else { return };
        if let Some(draft) = recorded.draft() {
            *self.draft_boxes.entry(draft).or_default() += 1;
        }
        if self.children.contains(&subject) {
            self.reached.boxes += 1;
            self.reached.requests.extend(recorded.request());
            let document =
                matches!(&recorded.event, Some(Event::Request(RequestEvent::DocumentAdded(_))));
            self.reached.documents += u64::from(document);
        }
    }

    fn done(mut self) -> Reached {
        for (draft, request) in self.became {
            if self.reached.requests.contains(&request) {
                self.reached.drafts.insert(draft);
                self.reached.boxes += self.draft_boxes.get(&draft).copied().unwrap_or(0);
            }
        }
        self.reached
    }
}
