//! What was known at a moment: every moment of the past is a position of the log, and whatever
//! was recorded up to there is what anybody could have known.
//!
//! `recorded_at` says when, `effective_at` does not: what happened on Monday and was logged on
//! Tuesday was not known on Monday (`docs/adr/0016-as-it-was-known.md`).

use super::Engine;
use crate::deskkeeper::Known;
use crate::failure::Failure;
use crate::stored::{self, Recorded};
use domain::desk::Desk;
use jiff::Timestamp;
use log::Position;
use std::sync::Arc;

impl Engine {
    /// The position of the last event that was recorded by an instant; 0 before the first.
    ///
    /// Halves the log until it is found. One writer's clock stamps all events, so they stand in
    /// the order of their instants; where that clock was ever set back, positions are exact and
    /// instants are not.
    pub async fn position_at(&self, at: Timestamp) -> Result<u64, Failure> {
        let (mut known, mut beyond) = (0, self.head() + 1);
        while beyond - known > 1 {
            let middle = known + (beyond - known) / 2;
            match self.event_at(middle).await? {
                Some(event) if event.recorded_at <= at => known = middle,
                Some(_) | None => beyond = middle,
            }
        }
        Ok(known)
    }

    /// The event at a position, if the log has come that far.
    pub async fn event_at(&self, position: u64) -> Result<Option<Recorded>, Failure> {
        let Some(before) = position.checked_sub(1) else { return Ok(None) };
        Ok(self.history(before, 1).await?.into_iter().next())
    }

    /// The events of a stream up to a position, in order.
    pub async fn stream_to(&self, stream: &str, position: u64) -> Result<Vec<Recorded>, Failure> {
        let mut events = self.stream(stream).await?;
        events.retain(|event| event.position <= position);
        Ok(events)
    }

    /// The directory, rules, rota and calendar as they were known at a position.
    pub async fn desk_at(&self, position: u64) -> Result<Arc<Desk>, Failure> {
        let now = self.known().await?;
        if position >= now.position() {
            return Ok(now.desk);
        }
        let mut known = Known::default();
        while known.position() < position {
            let left = usize::try_from(position - known.position()).unwrap_or(usize::MAX);
            let records = self.inner.log.read(Position::new(known.position()), left).await?;
            if records.is_empty() {
                break;
            }
            known.follow(&records)?;
        }
        Ok(known.desk)
    }

    /// A signed statement of the log's first `size` events: the one that is kept, or a new one,
    /// which says the same of a past that cannot have changed.
    pub async fn checkpoint_of(&self, size: u64) -> Result<Vec<u8>, Failure> {
        if size >= self.head() {
            return self.checkpoint().await;
        }
        if let Some(kept) = self.inner.log.checkpoint(size).await? {
            return Ok(kept.note);
        }
        let signer = self.inner.signer.get().ok_or(Failure::NoSigner)?;
        Ok(signer.sign(size, self.inner.log.root(size).await?)?)
    }

    /// Goes through the log up to a position, in order, past what stands in streams that are not
    /// wanted.
    pub(crate) async fn walk(
        &self,
        position: u64,
        wanted: impl Fn(&str) -> bool + Send,
        mut each: impl FnMut(&Recorded) + Send,
    ) -> Result<(), Failure> {
        let mut after = 0;
        while after < position {
            let left = usize::try_from(position - after).unwrap_or(usize::MAX);
            let records = self.inner.log.read(Position::new(after), left).await?;
            let Some(last) = records.last() else { break };
            after = last.position.get();
            for record in records.iter().filter(|record| wanted(record.stream.as_str())) {
                each(&stored::read(record)?);
            }
        }
        Ok(())
    }
}
