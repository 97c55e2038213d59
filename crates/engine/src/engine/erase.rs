//! A child's personal data becomes unreadable, everywhere, for good.

use super::{Addition, Appended, Context, Engine, MOST_ATTEMPTS};
use crate::failure::Failure;
use domain::child::Child;
use domain::event::Event;
use domain::ids::ChildId;
use vault::Subject;

impl Engine {
    /// Shreds the child's key, drops the child from the search index, and records that it
    /// was done. The key goes first: if recording fails the erasure can be asked for again,
    /// and does no more harm. Answers the position that knows of it.
    pub async fn erase(&self, context: &Context, child: ChildId) -> Result<u64, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return Ok(receipt.last.get());
            }
            let at = self.moment(context)?;
            let stream = format!("child-{child}");
            let (state, version) = self.child(&stream).await?;
            let changes = state.erase(at.recorded_at)?;
            self.inner.vault.shred(Subject::new(child.0)).await?;
            self.inner.search.forget(child);
            if changes.is_empty() {
                return Ok(self.head());
            }
            let addition = Addition { stream, expected: version, changes, subject: None };
            match self.append(context, at, &[addition]).await? {
                Appended::Now(written) => return Ok(written.receipt.last.get()),
                Appended::Before(receipt) => return Ok(receipt.last.get()),
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
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
