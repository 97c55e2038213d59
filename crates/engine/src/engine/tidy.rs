//! What a crash left half done is finished when the front door opens.
//!
//! Some things cannot be part of an append: the key of a draft that was submitted goes after
//! it, the file of a document comes before it. A crash in between leaves what the log does not
//! know, or says is gone. It is found by reading the log once, before anything is served.

use super::Engine;
use crate::failure::Failure;
use crate::stored::Recorded;
use domain::event::{DraftEvent, Event, RequestEvent};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use vault::Subject;

const BATCH: usize = 1_000;

/// What the log says of drafts and documents.
#[derive(Default)]
struct Said {
    drafts_over: BTreeSet<Uuid>,
    /// Each with whose key seals it.
    documents: BTreeMap<Uuid, Option<Subject>>,
}

impl Engine {
    /// Shreds the keys of drafts that are over; removes documents that nobody knows of, and those
    /// of erased children. Nothing may be written meanwhile.
    pub async fn tidy(&self) -> Result<(), Failure> {
        let said = self.said().await?;
        let vault = &self.inner.vault;
        for draft in said.drafts_over.into_iter().map(Subject::new) {
            if !vault.is_shredded(draft) {
                vault.shred(draft).await?;
            }
        }
        let Some(documents) = self.inner.documents.get() else { return Ok(()) };
        for document in documents.all()? {
            let whose = said.documents.get(&document).copied().flatten();
            if whose.is_none_or(|subject| vault.is_shredded(subject)) {
                documents.remove(document).await?;
            }
        }
        Ok(())
    }

    async fn said(&self) -> Result<Said, Failure> {
        let mut said = Said::default();
        let mut position = 0;
        loop {
            let events = self.history(position, BATCH).await?;
            let Some(last) = events.last() else { return Ok(said) };
            position = last.position;
            for recorded in &events {
                said.follow(recorded);
            }
        }
    }
}

impl Said {
    fn follow(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Some(Event::Draft(DraftEvent::Submitted(_) | DraftEvent::Discarded(_))) => {
                self.drafts_over.extend(recorded.draft().map(|draft| draft.0));
            }
            Some(Event::Request(RequestEvent::DocumentAdded(added))) => {
                let whose = recorded.sealed.as_ref().map(|sealed| sealed.subject);
                self.documents.insert(added.document.0, whose);
            }
            _ => {}
        }
    }
}
