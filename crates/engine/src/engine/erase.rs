//! A child's personal data becomes unreadable, everywhere, for good.

use super::children::addition;
use super::{Addition, Appended, Context, Engine, MOST_ATTEMPTS};
use crate::failure::Failure;
use domain::child::{Child, ChildRefusal, ErasureReason, Named};
use domain::event::{ChildEvent, Event};
use domain::ids::ChildId;
use jiff::Timestamp;
use vault::Subject;

/// That a child was erased, as it is on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Every pseudonym of the child: the one that was asked for, and all that a person linked
    /// to it.
    pub children: Vec<ChildId>,
    /// When the keys were shredded.
    pub erased_at: Timestamp,
    /// The position of the log that says so.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

impl Engine {
    /// Shreds the key of the child under every pseudonym that it has, drops the child from the
    /// search index, and records that it was done. The keys go first: if recording fails the
    /// erasure can be asked for again, and does no more harm.
    ///
    /// Whatever a hold keeps is not touched.
    pub async fn erase(
        &self,
        context: &Context,
        child: ChildId,
        reason: Option<ErasureReason>,
    ) -> Result<Erasure, Failure> {
        self.writing(self.keep_erasing(context, child, reason)).await
    }

    async fn keep_erasing(
        &self,
        context: &Context,
        child: ChildId,
        reason: Option<ErasureReason>,
    ) -> Result<Erasure, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if self.receipt(context).await?.is_some() {
                return self.erasure(child, true).await;
            }
            let at = self.moment(context)?;
            let mut additions: Vec<Addition> = Vec::new();
            let records = self.same_child(child).await?;
            let named: Vec<Named<'_>> = records.iter().map(|(id, it)| (*id, &it.child)).collect();
            for (child, changes) in Child::erase(&named, at.recorded_at, reason)? {
                self.inner.vault.shred(Subject::new(child.0)).await?;
                self.inner.search.forget(child);
                if let (false, Some(record)) = (changes.is_empty(), records.get(&child)) {
                    additions.push(addition(child, record, changes));
                }
            }
            if additions.is_empty() {
                return self.erasure(child, false).await;
            }
            match self.append(context, at, &additions).await? {
                Appended::Now(_) => return self.erasure(child, false).await,
                Appended::Before(_) => return self.erasure(child, true).await,
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    /// The erasure that stands in a child's stream.
    async fn erasure(&self, child: ChildId, replayed: bool) -> Result<Erasure, Failure> {
        let children = self.same_child(child).await?.into_keys().collect();
        let history = self.stream(&format!("child-{child}")).await?;
        let erased = history.iter().find_map(|recorded| {
            let Some(Event::Child(ChildEvent::Erased(erased))) = &recorded.event else {
                return None;
            };
            Some((erased.shredded_at, recorded.position))
        });
        // A key that was used for another command has a receipt, but no erasure.
        let (erased_at, position) = erased.ok_or(Failure::ChildRefused(ChildRefusal::Unknown))?;
        Ok(Erasure { children, erased_at, position, replayed })
    }
}
