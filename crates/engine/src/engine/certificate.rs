//! The certificate of an erasure: what was destroyed, and how anybody can see that nothing else
//! was touched. Nothing in it is personal.

use super::proof::{Consistent, Included};
use super::reach::Reached;
use super::{Engine, Erasure};
use crate::failure::Failure;
use domain::ids::{ChildId, HoldId};

/// What proves an erasure.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The erasure as it is on record.
    pub erasure: Erasure,
    /// The keys that were destroyed, by name: those of the pseudonyms, then those of the drafts.
    pub keys: Vec<String>,
    /// What can be read by nobody any more.
    pub reached: Reached,
    /// The holds that there had been, all over by then.
    pub holds: Vec<HoldId>,
    /// That the log says so.
    pub included: Included,
    /// That the log before and the log after begin alike.
    pub consistent: Consistent,
}

impl Engine {
    /// The certificate of a child's erasure; `None` when it was not erased.
    pub async fn certificate(&self, child: ChildId) -> Result<Option<Certificate>, Failure> {
        let Some(erasure) = self.erasure(child).await? else { return Ok(None) };
        let reached = self.reached(erasure.children.iter().copied()).await?;
        let children = erasure.children.iter().map(|child| child.0);
        let keys = self.shredded_keys(children.chain(reached.drafts.iter().map(|draft| draft.0)));
        let holds = self.holds(child).await?.into_iter().map(|read| read.hold.hold).collect();
        let before = erasure.position.saturating_sub(1);
        let Some(included) = self.inclusion(erasure.position, None).await? else { return Ok(None) };
        let consistent = self.consistency(before, Some(included.size)).await?;
        let Some(consistent) = consistent else { return Ok(None) };
        Ok(Some(Certificate { erasure, keys, reached, holds, included, consistent }))
    }
}
