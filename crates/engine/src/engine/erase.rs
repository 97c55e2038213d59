//! A child's personal data becomes unreadable, everywhere, for good.

use super::{Addition, Appended, Context, Engine, MOST_ATTEMPTS};
use crate::failure::Failure;
use domain::child::{Child, ChildRefusal};
use domain::event::{ChildEvent, Event};
use domain::ids::ChildId;
use jiff::Timestamp;
use vault::Subject;

/// That a child was erased, as it is on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// When the key was shredded.
    pub erased_at: Timestamp,
    /// The position of the log that says so.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

impl Engine {
    /// Shreds the child's key, drops the child from the search index, and records that it
    /// was done. The key goes first: if recording fails the erasure can be asked for again,
    /// and does no more harm.
    pub async fn erase(&self, context: &Context, child: ChildId) -> Result<Erasure, Failure> {
        self.writing(self.keep_erasing(context, child)).await
    }

    async fn keep_erasing(&self, context: &Context, child: ChildId) -> Result<Erasure, Failure> {
        let stream = format!("child-{child}");
        for _attempt in 0..MOST_ATTEMPTS {
            if self.receipt(context).await?.is_some() {
                return self.erasure(&stream, true).await;
            }
            let at = self.moment(context)?;
            let (state, version) = self.child(&stream).await?;
            let changes = state.erase(at.recorded_at)?;
            self.inner.vault.shred(Subject::new(child.0)).await?;
            self.inner.search.forget(child);
            if changes.is_empty() {
                return self.erasure(&stream, false).await;
            }
            let stream = stream.clone();
            let addition = Addition { stream, expected: version, changes, subject: None };
            match self.append(context, at, std::slice::from_ref(&addition)).await? {
                Appended::Now(_) => return self.erasure(&addition.stream, false).await,
                Appended::Before(_) => return self.erasure(&addition.stream, true).await,
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    /// The erasure that stands in a child's stream.
    async fn erasure(&self, stream: &str, replayed: bool) -> Result<Erasure, Failure> {
        let history = self.stream(stream).await?;
        let erased = history.iter().find_map(|recorded| {
            let Some(Event::Child(ChildEvent::Erased(erased))) = &recorded.event else {
                return None;
            };
            Some(Erasure { erased_at: erased.shredded_at, position: recorded.position, replayed })
        });
        // A key that was used for another command has a receipt, but no erasure.
        erased.ok_or(Failure::ChildRefused(ChildRefusal::Unknown))
    }

    async fn child(&self, stream: &str) -> Result<(Child, u32), Failure> {
        let mut state = Child::default();
        let mut version = 0;
        for recorded in self.stream(stream).await? {
            version = recorded.version;
            if let Some(Event::Child(event)) = &recorded.event {
                state = state.evolve(event);
            }
        }
        Ok((state, version))
    }
}
