//! What a crash left half done is finished when the front door opens.
//!
//! Some things cannot be part of an append: the key of a draft that was submitted goes after
//! it. A crash in between leaves something that the log already says is gone. It is found by
//! reading the log once, before anything is served.

use super::Engine;
use crate::failure::Failure;
use domain::event::{DraftEvent, Event};
use domain::ids::DraftId;
use vault::Subject;

const BATCH: usize = 1_000;

impl Engine {
    /// Shreds the keys of drafts that are over.
    pub async fn tidy(&self) -> Result<(), Failure> {
        for draft in self.drafts_that_are_over().await? {
            if !self.inner.vault.is_shredded(Subject::new(draft.0)) {
                self.inner.vault.shred(Subject::new(draft.0)).await?;
            }
        }
        Ok(())
    }

    async fn drafts_that_are_over(&self) -> Result<Vec<DraftId>, Failure> {
        let mut over = Vec::new();
        let mut position = 0;
        loop {
            let events = self.history(position, BATCH).await?;
            let Some(last) = events.last() else { return Ok(over) };
            position = last.position;
            over.extend(events.iter().filter_map(|recorded| match &recorded.event {
                Some(Event::Draft(DraftEvent::Submitted(_) | DraftEvent::Discarded(_))) => {
                    recorded.draft()
                }
                _ => None,
            }));
        }
    }
}
