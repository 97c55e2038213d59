//! A child's personal data becomes unreadable, everywhere, for good.
//!
//! In this order: what is decided is written into the erasure ledger, the keys are destroyed,
//! the log says so. A crash in between leaves an erasure that the ledger knows of: its keys are
//! destroyed when the vault is opened again, and the log is told before anything else is done.
//! Never does the log say that a child was erased whose key lives.

use super::children::{Record, addition};
use super::reach::Reached;
use super::{Addition, Appended, Context, Engine, MOST_ATTEMPTS};
use crate::actor::Actor;
use crate::failure::Failure;
use domain::child::{Child, ChildRefusal, ErasureReason, Named};
use domain::event::{Change, ChildEvent, Event};
use domain::ids::{ChildId, DraftId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use vault::{Erased, Erasures, Subject};

/// That a child was erased, as it is on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Every pseudonym of the child: the one that was asked for, and all that a person linked
    /// to it.
    pub children: Vec<ChildId>,
    /// When the keys were shredded.
    pub erased_at: Timestamp,
    /// Why, if it was said.
    pub reason: Option<ErasureReason>,
    /// Who asked for it.
    pub by: Actor,
    /// The position of the log that says so.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

impl Engine {
    /// Gives the engine the ledger into which erasures are written before keys are destroyed.
    /// The first one stays.
    pub fn note_erasures_in(&self, erasures: Erasures) {
        let _first = self.inner.erasures.set(erasures);
    }

    /// Shreds the key of the child under every pseudonym that it has, those of the drafts that
    /// became its requests, and those of the drafts that name it; removes its documents; drops the child from the search index, and records that it was
    /// done. If recording fails the erasure can be asked for again, and does no more harm.
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
        let mut naming = BTreeSet::new();
        for _attempt in 0..MOST_ATTEMPTS {
            if self.receipt(context).await?.is_some() {
                return self.erasure_now(child, true).await;
            }
            let at = self.moment(context)?;
            let records = self.same_child(child).await?;
            let named: Vec<Named<'_>> = records.iter().map(|(id, it)| (*id, &it.child)).collect();
            let decided = Child::erase(&named, at.recorded_at, reason)?;
            // What names the child cannot be found any more once its key is gone.
            let mut found = self.read_for(records.keys().copied()).await?;
            naming.extend(self.drafts_naming(records.keys().copied(), &found.open).await?);
            naming.extend(self.drafts_in_ledger(&records));
            found.reached.drafts.extend(naming.iter().copied());
            self.shred(&decided, &found.reached, at.recorded_at, reason).await?;
            let mut additions = additions(&records, decided);
            additions.extend(self.drafts_ended_with(child, naming.iter().copied()).await?);
            if additions.is_empty() {
                return self.erasure_now(child, false).await;
            }
            match self.append(context, at, &additions).await? {
                Appended::Now(_) => return self.erasure_now(child, false).await,
                Appended::Before(_) => return self.erasure_now(child, true).await,
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    /// The drafts that went with one of these children, as far as that was decided before.
    fn drafts_in_ledger(&self, children: &BTreeMap<ChildId, Record>) -> Vec<DraftId> {
        let known = self.inner.erasures.get().map(Erasures::all).unwrap_or_default();
        let of_these = |erased: &Erased| {
            erased.children.iter().any(|child| children.contains_key(&ChildId(*child)))
        };
        let drafts = known.into_iter().filter(of_these).flat_map(|erased| erased.drafts);
        drafts.map(DraftId).collect()
    }

    /// Writes what was decided into the ledger, then destroys every key, then what only the keys
    /// could open: a crash in between is made good at the next start.
    async fn shred(
        &self,
        decided: &[(ChildId, Vec<Change>)],
        reached: &Reached,
        at: Timestamp,
        reason: Option<ErasureReason>,
    ) -> Result<(), Failure> {
        let erased = Erased {
            children: decided.iter().map(|(child, _)| child.0).collect(),
            drafts: reached.drafts.iter().map(|draft| draft.0).collect(),
            at: at.to_string(),
            reason: reason.map(|reason| reason.code().to_owned()),
            log_size: self.head(),
        };
        let is_news = decided.iter().any(|(_, changes)| !changes.is_empty());
        if let (true, Some(ledger)) = (is_news, self.inner.erasures.get()) {
            ledger.note(erased.clone()).await?;
        }
        for subject in erased.subjects() {
            self.inner.vault.shred(subject).await?;
        }
        for (child, _) in decided {
            self.inner.search.forget(*child);
        }
        if let Some(documents) = self.inner.documents.get() {
            for document in &reached.documents {
                documents.remove(document.0).await?;
            }
        }
        Ok(())
    }

    /// Tells the log of erasures that the ledger knows of and the log does not: a crash, or a
    /// restore from a backup, lost what it said of them. Whatever holds say now, the keys have
    /// gone. Answers how many pseudonyms that were.
    pub async fn catch_up_with_erasures(&self) -> Result<usize, Failure> {
        let known = self.inner.erasures.get().map(Erasures::all).unwrap_or_default();
        let mut told = 0;
        for erased in known {
            for subject in erased.subjects().filter(|it| !self.inner.vault.is_shredded(*it)) {
                self.inner.vault.shred(subject).await?;
            }
            for child in erased.children.iter().copied().map(ChildId) {
                told += usize::from(self.tell_of(&erased, child).await?);
            }
        }
        Ok(told)
    }

    /// Records one pseudonym's erasure, unless it stands there or the log never heard of it.
    async fn tell_of(&self, erased: &Erased, child: ChildId) -> Result<bool, Failure> {
        let command = self.fresh_id()?;
        let context = Context {
            actor: Actor::front_door("erasure-ledger"),
            command,
            fingerprint: self.fingerprint(command.as_bytes()),
            effective_at: None,
            expected_version: None,
        };
        let shredded_at = erased.at.parse().unwrap_or_else(|_| self.now());
        let reason = erased.reason.as_ref().and_then(|code| code.parse().ok());
        for _attempt in 0..MOST_ATTEMPTS {
            let record = self.record(child).await?;
            let changes = record.child.erased(shredded_at, reason);
            let drafts = erased.drafts.iter().copied().map(DraftId);
            let mut additions = self.drafts_ended_with(child, drafts).await?;
            if !changes.is_empty() {
                additions.push(addition(child, &record, changes));
            }
            if additions.is_empty() {
                return Ok(false);
            }
            let at = self.moment(&context)?;
            match self.append(&context, at, &additions).await? {
                Appended::Now(_) | Appended::Before(_) => return Ok(true),
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    async fn erasure_now(&self, child: ChildId, replayed: bool) -> Result<Erasure, Failure> {
        // A key that was used for another command has a receipt, but no erasure.
        let erasure = self.erasure(child).await?.ok_or(ChildRefusal::Unknown)?;
        Ok(Erasure { replayed, ..erasure })
    }

    /// The erasure that stands in a child's stream; `None` when there is none.
    pub async fn erasure(&self, child: ChildId) -> Result<Option<Erasure>, Failure> {
        let children = self.same_child(child).await?.into_keys().collect();
        let history = self.stream(&format!("child-{child}")).await?;
        Ok(history
            .into_iter()
            .find_map(|recorded| {
                let Some(Event::Child(ChildEvent::Erased(erased))) = recorded.event else {
                    return None;
                };
                Some((erased, recorded.actor, recorded.position))
            })
            .map(|(erased, by, position)| Erasure {
                children,
                erased_at: erased.shredded_at,
                reason: erased.reason,
                by,
                position,
                replayed: false,
            }))
    }

    /// The names of the keys that were destroyed.
    pub(super) fn shredded_keys(&self, subjects: impl Iterator<Item = uuid::Uuid>) -> Vec<String> {
        let keys = subjects.filter_map(|it| self.inner.vault.shredded_key(Subject::new(it)));
        keys.map(|key| key.to_string()).collect()
    }
}

fn additions(
    records: &BTreeMap<ChildId, Record>,
    decided: Vec<(ChildId, Vec<Change>)>,
) -> Vec<Addition> {
    let news = decided.into_iter().filter(|(_, changes)| !changes.is_empty());
    news.filter_map(|(child, changes)| Some(addition(child, records.get(&child)?, changes)))
        .collect()
}
