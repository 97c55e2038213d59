//! Drafts that name a child who is erased: found, and ended with it.
//!
//! A draft has a key of its own, and what it says stands in no index. So whatever schools have
//! not sent yet is opened, under an access that is on record, when a child is erased. Every
//! version of a draft counts: one that named the child and was saved over names it still, to
//! whoever has the key.

use super::{Addition, Engine, Opened, SealedBox};
use crate::failure::Failure;
use crate::search::Sought;
use domain::ids::{ChildId, DraftId};
use domain::personal::Personal;
use std::collections::{BTreeMap, BTreeSet};

/// How many drafts are opened under one line of the record of accesses.
const BATCH: usize = 50;

impl Engine {
    /// Those of the open drafts that name one of these children.
    pub(super) async fn drafts_naming(
        &self,
        children: impl Iterator<Item = ChildId>,
        open: &BTreeSet<DraftId>,
    ) -> Result<BTreeSet<DraftId>, Failure> {
        self.index().await?;
        let sought = self.search().sought(children);
        let mut naming = BTreeSet::new();
        if sought.is_nobody() {
            return Ok(naming);
        }
        let open: Vec<_> = open.iter().copied().collect();
        for drafts in open.chunks(BATCH) {
            naming.extend(self.naming(&sought, drafts).await?);
        }
        Ok(naming)
    }

    async fn naming(&self, sought: &Sought, drafts: &[DraftId]) -> Result<Vec<DraftId>, Failure> {
        let (mut whose, mut boxes) = (Vec::new(), Vec::new());
        for draft in drafts {
            for recorded in self.stream(&format!("draft-{draft}")).await? {
                let event = recorded.id;
                let sealed = recorded.sealed.map(|sealed| SealedBox { event, sealed });
                whose.extend(sealed.as_ref().map(|_| *draft));
                boxes.extend(sealed);
            }
        }
        let why = ("erase_child", "drafts that name an erased child are erased with it");
        let opened = self.open(("front-door", "system"), why, &boxes).await?;
        let said = whose.into_iter().zip(opened);
        let naming = said.filter(|(_, opened)| {
            matches!(opened, Opened::Personal(Personal::Draft(said)) if sought.are_named_in(said))
        });
        Ok(naming.map(|(draft, _)| draft).collect())
    }

    /// What ends these drafts with a child. Those that are over stay as they are.
    pub(super) async fn drafts_ended_with(
        &self,
        child: ChildId,
        drafts: impl Iterator<Item = DraftId>,
    ) -> Result<Vec<Addition>, Failure> {
        let mut additions = BTreeMap::new();
        for draft in drafts {
            let ended = self.draft(draft).await?.ends_with(child);
            additions.extend(ended.map(|addition| (draft, addition)));
        }
        Ok(additions.into_values().collect())
    }
}
